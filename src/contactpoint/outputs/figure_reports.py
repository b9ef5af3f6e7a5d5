"""Reports that the machine writes and an editor finishes: of a quarter, and of a year.

write(period("2018-Q4"))       a draft in each language, of live figures and pictures
write(period("2019"))       the annual infographic, with its cover

Written again, a draft is made anew as long as nobody has touched it; else it is left alone.
"""

from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from contactpoint.figures import FiguresError, Period
from contactpoint.figures.telling import LANGUAGES, Teller
from contactpoint.glossary.models import Concept
from contactpoint.media.models import CustomImage
from contactpoint.network.models import Country
from contactpoint.outputs.figure_report_texts import (
    BEFORE,
    Subject,
    Told,
    blocks,
    make_cover,
    teaser,
    told_of,
)
from contactpoint.outputs.models import Classification, OutputCountry, Publication
from contactpoint.outputs.models.lists import PublicationList
from contactpoint.statistics.configured import shown
from contactpoint.statistics.writers import Written

WRITTEN: Final = "outputs.figures_written"
FIRST: Final = "en"


def lists_by_language() -> dict[str, PublicationList]:
    """Under which publications are written, in each language that figures are told in; the first
    is that from which facts come."""
    found = PublicationList.objects.select_related("locale").order_by("path")
    rows = {each.locale.language_code: each for each in found}
    order = sorted((code for code in rows if code in LANGUAGES), key=lambda code: code != FIRST)
    return {code: rows[code] for code in order}


@transaction.atomic
def write(
    when: Period,
    country: str = settings.COUNTRY,
    *,
    lists: dict[str, PublicationList] | None = None,
    user: Any = None,
) -> list[Written]:
    """A draft in each language. Raises `FiguresError` where there is nothing to tell."""
    subject = _subject(when, country)
    parents = lists_by_language() if lists is None else lists
    if not parents:
        raise FiguresError("There is no list of publications to write under. Set the site up.")
    told = told_of(subject)
    if not told.names:
        raise FiguresError(
            f"There is no figure of {when.code} for {country} or the EU. Load some: contactpoint "
            "statistics load DATASET, or ask for another period."
        )
    cover: CustomImage | None = None
    done = []
    for language, parent in parents.items():
        page = Publication.objects.filter(
            translation_key=subject.key, locale=parent.locale, alias_of=None
        ).first()
        if page is not None and is_touched(page):
            done.append(Written(language, page.pk, page.title, "left"))
            continue
        if subject.is_annual and cover is None:
            cover = (page.cover if page else None) or make_cover(subject, told, language)
        with translation.override(language):
            is_new = page is None
            page = _filled(page or _begun(subject, parent, user), subject, told, language, cover)
        _kept(page, parent, user, is_new=is_new)
        done.append(Written(language, page.pk, page.title, "made" if is_new else "renewed"))
    return done


def is_touched(page: Page) -> bool:
    """Whether somebody has worked on it since it was written here, or published it."""
    if page.live or page.first_published_at is not None:
        return True
    entry = PageLogEntry.objects.filter(page=page.pk, action=WRITTEN).order_by("-pk").first()
    return entry is None or entry.data.get("revision") != page.latest_revision_id


def _subject(when: Period, country: str) -> Subject:
    if when.frequency not in BEFORE:
        raise FiguresError(
            f"{when.code} is neither a quarter nor a year. Ask for 2018Q4, or for 2019."
        )
    if not Teller(FIRST).words.has_place(country):
        raise FiguresError(f"No country is known as {country}. Write its code, such as BE.")
    return Subject(when, country)


def _begun(subject: Subject, parent: PublicationList, user: Any) -> Publication:
    page = Publication(
        translation_key=subject.key, locale=parent.locale, owner=user, live=False,
        slug=find_available_slug(parent, subject.slug), has_unpublished_changes=True,
    )  # fmt: skip
    concepts = Concept.objects.filter(slug__in=[one.concept for one in shown().values()])
    page.classifications = [Classification(concept=one) for one in concepts[:6]]
    countries = Country.objects.filter(code=subject.country)
    page.country_links = [OutputCountry(country=one) for one in countries]
    return page


def _filled(
    page: Publication, subject: Subject, told: Told, language: str, cover: CustomImage | None
) -> Publication:
    teller = Teller(language)
    name = teller.words.period("name", subject.when)
    facts = {"period": name, "place": teller.words.place(subject.country)}
    page.title = (
        _("Asylum and migration in %(period)s: the year in figures") % facts
        if subject.is_annual
        else _("Asylum and migration in figures: %(period)s") % facts
    )
    page.teaser = teaser(subject, told, teller)
    page.publication_type = (
        Publication.Type.COUNTRY_FACTSHEET if subject.is_annual else Publication.Type.QUARTERLY
    )
    page.published_on = subject.last
    page.covers_from, page.covers_until = subject.first, subject.last
    if cover is not None:
        page.cover = cover
    page.body = list(blocks(subject, told, teller))
    return page


def _kept(page: Publication, parent: PublicationList, user: Any, *, is_new: bool) -> None:
    if is_new:
        parent.add_child(instance=page)
    else:
        page.save()
    revision = page.save_revision(user=user)
    log(instance=page, action=WRITTEN, user=user, data={"revision": revision.pk})
