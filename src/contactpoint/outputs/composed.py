"""A publication as a document that can be printed and sent: from a page in memory, draft or not."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from contactpoint.glossary.naming import Named
from contactpoint.kit.composing.document import Document, Fact, Run
from contactpoint.kit.composing.reading import blocks_of
from contactpoint.kit.days import in_words
from contactpoint.kit.locating import address, roots
from contactpoint.outputs.citing import cited
from contactpoint.outputs.facts import day, facts
from contactpoint.outputs.figures import bodies
from contactpoint.outputs.models import Publication
from contactpoint.outputs.relations import About, Kinship, family_url
from contactpoint.outputs.rich_bodies import rich_text_of


def composed(page: Publication, *, is_draft: bool = False) -> Document:
    """The document of a page, in its language; one that nobody may read yet says so.

    Pictures are told by the words that replace them.
    """
    language = page.locale.language_code
    with translation.override(language):
        url = where(page)
        found = _about(page, language)
        one = cited(page, found, language, url)
        closing = [Run(_("On the web:") + " "), Run(url, url=url)]
        return Document(
            title=page.title,
            language=language,
            publisher=", ".join(one.publishers),
            made_at=page.last_published_at or page.latest_revision_created_at or timezone.now(),
            summary=page.teaser,
            kicker=" · ".join(filter(None, (_kind(page), _("Draft") if is_draft else ""))),
            dated=day(page.published_on),
            address=url,
            facts=[
                Fact(
                    fact.label,
                    [
                        Run(("\n" if place else "") + value.text)
                        for place, value in enumerate(fact.values)
                    ],
                )
                for fact in facts(page, found)
            ],
            blocks=blocks_of(expand_db_html(_html(page, language)), url),
            closing=[*closing, *_as_published(page)],
            authors=one.authors,
        )


def where(page: Publication) -> str:
    """Its address on the web, whether or not anybody may read it there yet."""
    language = page.locale.language_code
    return settings.BASE_URL + address(page.url_path, language, roots().get(language, "/"))


def _as_published(page: Publication) -> list[Run]:
    if page.last_published_at is None:
        return []
    local = timezone.localtime(page.last_published_at)
    said = _("The text as it was published on %(day)s.") % {"day": in_words(local)}
    return [Run("\n" + said)]


def _kind(page: Publication) -> str:
    """The type, unless the title begins with it."""
    kind = str(page.get_publication_type_display())
    return "" if page.title.casefold().startswith(kind.casefold()) else kind


def _about(page: Publication, language: str) -> About:
    """What the page in memory says of institutions and series; the database may say less."""
    found = About()
    above = where(page).removesuffix("/").rpartition("/")[0]
    for row in page.institution_links.all():
        one = row.institution
        name = Named(one.slug, one.label, f"{above}/?institution={one.slug}")
        found.institutions[row.role].append(name)
    for row in page.family_links.all():
        one = row.family
        url = settings.BASE_URL + family_url(one.form, one.slug, language)
        found.families.append(Kinship(one.form, one.slug, one.label, row.part, url))
    return found


def _html(page: Publication, language: str) -> str:
    return rich_text_of(page.body, bodies.prepare(page.body, language))
