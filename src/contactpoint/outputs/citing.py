"""How outputs are cited: what `kit.citing` needs of them. Events and posts are no works."""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.utils.encoding import iri_to_uri

from contactpoint.glossary.naming import label_in
from contactpoint.kit.citing import Cited, Form
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import Family, FamilyLink, Output, OutputInstitution, Publication
from contactpoint.outputs.models.output import Kind
from contactpoint.outputs.relations import About

CITED: Final[dict[str, Form]] = {
    Kind.PUBLICATION: "report",
    Kind.NEWS_ITEM: "webpage",
    Kind.DEVELOPMENT: "webpage",
    Kind.VIDEO: "motion_picture",
}
"""The kinds that are cited, and as what."""
MOST_CITED: Final = 200
"""In one file."""


def cited(page: Output, about: About, language: str, url: str) -> Cited:
    """From a page and what is known of it; asks nothing."""
    roles = OutputInstitution.Role
    series = [one.label for one in about.families if one.form == Family.Form.SERIES]
    authors, publishers = (
        [one.label for one in about.institutions.get(role, ())]
        for role in (roles.AUTHOR, roles.PUBLISHER)
    )
    return Cited(
        key=page.slug,
        title=page.title,
        kind=str(
            page.get_publication_type_display()
            if isinstance(page, Publication)
            else page.get_kind_display()
        ),
        url=iri_to_uri(url),
        language=language,
        people=page.author_names if isinstance(page, Publication) else [],
        institutions=authors,
        publishers=publishers or [settings.SITE_NAME],
        day=page.published_on,
        doi=page.doi if isinstance(page, Publication) else "",
        series=series[0] if series else page.series,
        form=CITED[page.kind],
    )


def cited_entries(shown: Sequence[Entry], language: str) -> list[Cited]:
    """Those of the entries that are cited, in their order; three queries."""
    kept = [one for one in shown if one.kind in CITED][:MOST_CITED]
    pks = [one.pk for one in kept]
    roles = OutputInstitution.Role
    parts: dict[tuple[int, str], list[str]] = {}
    named = OutputInstitution.objects.filter(page__in=pks, role__in=(roles.AUTHOR, roles.PUBLISHER))
    for pk, role, label in named.order_by("sort_order", "pk").values_list(
        "page_id", "role", label_in(language, path="institution__")
    ):
        parts.setdefault((pk, role), []).append(label)
    links = FamilyLink.objects.filter(page__in=pks, family__form=Family.Form.SERIES)
    series: dict[int, str] = dict(
        links.order_by("-sort_order", "-pk").values_list(
            "page_id", label_in(language, path="family__")
        )
    )
    own = {
        pk: rest
        for pk, *rest in Output.objects.filter(pk__in=pks)
        .order_by()
        .values_list("pk", "series", "publication__authors", "publication__doi")
    }
    made = []
    for one in kept:
        named_series, authors, doi = own.get(one.pk, ("", "", ""))
        made.append(
            Cited(
                key=one.url.rstrip("/").rpartition("/")[2],
                title=one.title,
                kind=one.type_label or one.kind_label,
                url=iri_to_uri(settings.BASE_URL + one.url),
                language=one.borrowed_whole or one.borrowed_title or one.language,
                people=[name.strip() for name in (authors or "").split(";") if name.strip()],
                institutions=parts.get((one.pk, roles.AUTHOR), []),
                publishers=parts.get((one.pk, roles.PUBLISHER), []) or [settings.SITE_NAME],
                day=one.published_on,
                doi=doi or "",
                series=series.get(one.pk) or named_series or "",
                form=CITED[one.kind],
            )
        )
    return made
