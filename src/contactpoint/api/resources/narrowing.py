"""By what outputs are narrowed.

Only what may be read is looked at, so no filter tells what is hidden.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet

from contactpoint.api.parameters import Asked, Chosen, Facet, Parameter
from contactpoint.api.resources.resource import missing_in
from contactpoint.api.shapes import DAY, MOMENT, SLUG, choice
from contactpoint.glossary.models import Concept, Theme
from contactpoint.kit.visibility import words_of_its_own
from contactpoint.network.models import Country, Institution
from contactpoint.outputs.models import (
    Classification,
    Output,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
    Publication,
)
from contactpoint.outputs.querysets import readable

LANGUAGES: Final = tuple(code for code, _name in settings.LANGUAGES)
SLUGS: Final = {"type": "string", "pattern": SLUG}
_LINKS: Final[Mapping[str, tuple[Any, str]]] = {
    "theme": (OutputTheme, "theme__slug"),
    "concept": (Classification, "concept__slug"),
    "institution": (OutputInstitution, "institution__slug"),
    "country": (OutputCountry, "country__code"),
}
ABOUT_FACETS: Final = (
    Facet(
        "theme", SLUGS, "themes by their key; a theme counts what stands under it.",
        missing=missing_in(Theme.objects.all(), "slug"), see="/api/v1/themes",
    ),
    Facet(
        "concept", SLUGS, "concepts of the glossary by their key.",
        missing=missing_in(Concept.objects.all(), "slug"), see="/api/v1/concepts",
    ),
    Facet(
        "institution", SLUGS, "institutions by their key.",
        missing=missing_in(Institution.objects.all(), "slug"), see="/api/v1/institutions",
    ),
    Facet(
        "country", {"type": "string", "pattern": "^[A-Z]{2}$"}, "countries by their ISO code.",
        missing=missing_in(Country.objects.all(), "code"), see="/api/v1/countries",
    ),
    Facet("language", choice(LANGUAGES), "languages in which it can be read."),
)  # fmt: skip
SINCE_CHANGED: Final = Parameter(
    "changed_since", MOMENT, "Published again at that moment or later."
)
BETWEEN: Final = (
    Parameter("from", DAY, "Dated that day or later."),
    Parameter("to", DAY, "Dated that day or earlier."),
    SINCE_CHANGED,
)


def narrowed(found: "QuerySet[Output]", asked: Asked) -> "QuerySet[Output]":
    """Those that answer to all filters."""
    for name, chosen in asked.chosen.items():
        for is_wanted, values in needed(chosen):
            condition = _condition(name, values)
            found = found.filter(condition) if is_wanted else found.exclude(condition)
    if since := asked.values.get("from"):
        found = found.filter(published_on__gte=since)
    if until := asked.values.get("to"):
        found = found.filter(published_on__lte=until)
    if changed := asked.values.get("changed_since"):
        found = found.filter(last_published_at__gte=changed)
    return found


def needed(chosen: Chosen) -> list[tuple[bool, tuple[str, ...]]]:
    """What must hold of a facet, one after the other: whether any of some values is wanted."""
    parts: list[tuple[bool, tuple[str, ...]]] = [(True, (one,)) for one in chosen.all]
    if chosen.any:
        parts.append((True, chosen.any))
    if chosen.none:
        parts.append((False, chosen.none))
    return parts


def _condition(name: str, values: Sequence[str]) -> Q:
    if name == "kind":
        return Q(kind__in=values)
    if name == "type":
        return Q(pk__in=Publication.objects.filter(publication_type__in=values).values("pk"))
    if name == "language":
        own = readable().filter(words_of_its_own(), locale__language_code__in=values)
        return Q(translation_key__in=own.order_by().values("translation_key"))
    model, column = _LINKS[name]
    wanted = Q(**{f"{column}__in": values})
    if name == "theme":
        wanted |= Q(theme__parent__slug__in=values)
    if name == "concept":
        wanted &= ~Q(concept__status=Concept.Status.DEPRECATED)
    return Q(pk__in=model.objects.filter(wanted).order_by().values("page"))


def narrowed_by_links(
    found: "QuerySet[Any]", asked: Asked, columns: Mapping[str, str]
) -> "QuerySet[Any]":
    """Rows narrowed by keys of what they are linked to; `columns` are those of the keys, by facet.

    Each condition is asked by itself, since one row may be linked to many.
    """
    own = found.model._default_manager.all().order_by()
    for name, column in columns.items():
        if chosen := asked.chosen.get(name):
            for is_wanted, values in needed(chosen):
                linked = own.filter(**{f"{column}__in": values}).values("pk")
                found = found.filter(pk__in=linked) if is_wanted else found.exclude(pk__in=linked)
    return found
