"""Statistics: an indicator by its name and that in the glossary, a country by its own.

Only what has figures is told; an extraction that was set aside has none.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.figures.places import ISO, is_country
from contactpoint.glossary.models import Concept
from contactpoint.search.documents import Document, Version
from contactpoint.search.sources.concepts import themes_of
from contactpoint.search.sources.sources import Source
from contactpoint.search.sources.themes import parents_of
from contactpoint.statistics.addresses import country_slug, country_url, indicator_url
from contactpoint.statistics.choice import known_places
from contactpoint.statistics.configured import Shown, shown
from contactpoint.statistics.naming import names
from contactpoint.statistics.reading import places_of, printed_places
from contactpoint.statistics.showing import label_of

KIND: Final = "statistics"
_INDICATOR: Final = "indicator-"
_COUNTRY: Final = "country-"


class Statistics(Source):
    """A page an indicator and a page a country, in each language of the portal."""

    name: ClassVar[str] = "statistics"

    def keys(self, after: str = "") -> Iterator[str]:
        """Of all that has figures, by name; three queries."""
        there = figures_at()
        places = {geo for geos in there.values() for geo in geos if _is_shown(geo)}
        every = sorted([*map(indicator_key, there), *map(country_key, places)])
        yield from (key for key in every if key > after)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """At most six queries."""
        wanted = set(keys)
        there = figures_at()
        concepts = _concepts([shown()[name] for name in there])
        themes = themes_of(set(concepts))
        parents = parents_of({theme for own in themes.values() for theme in own})
        found = [
            _indicator(shown()[name], concepts, themes, parents, there[name])
            for name in there
            if indicator_key(name) in wanted
        ]
        places = {geo for geos in there.values() for geo in geos if _is_shown(geo)}
        return found + [
            _country(geo, [shown()[name] for name in there if geo in there[name]])
            for geo in sorted(places)
            if country_key(geo) in wanted
        ]


def indicator_key(name: str) -> str:
    """Of the page of an indicator."""
    return f"{Statistics.name}:{_INDICATOR}{name}"


def country_key(geo: str) -> str:
    """Of the page of a country."""
    return f"{Statistics.name}:{_COUNTRY}{country_slug(geo)}"


def all_keys() -> list[str]:
    """Of everything that may have figures, in the order of a walk."""
    countries = (country_key(geo) for geo in known_places() if _is_shown(geo))
    return sorted([*map(indicator_key, shown()), *countries])


def keys_about(concepts: set[str]) -> list[str]:
    """Of the indicators that concepts name, and of the countries, whose pages list them."""
    is_named = any(one.concept in concepts for one in shown().values())
    return all_keys() if is_named else []


def figures_at() -> dict[str, set[str]]:
    """Where each indicator has figures: in the newest extraction, else as printed. Three
    queries."""
    stored = places_of(each for one in shown().values() for each in one.by.values())
    printed = printed_places([one.published for one in shown().values() if one.published])
    found = {}
    for one in shown().values():
        geos = {geo for each in one.by.values() for geo in stored.get(each.name, ())}
        geos = geos or printed.get(one.published, set())
        if geos:
            found[one.name] = geos
    return found


def _is_shown(geo: str) -> bool:
    return is_country(geo) and geo in known_places()


def _indicator(
    one: Shown,
    concepts: Mapping[str, Concept],
    themes: Mapping[str, Sequence[str]],
    parents: Mapping[str, str],
    geos: set[str],
) -> Document:
    concept = concepts.get(one.concept)
    labels = concept.labels if concept is not None else {}
    own = themes.get(one.concept, ())
    above = dict.fromkeys(parents[theme] for theme in own if theme in parents)
    datasets = {each.dataset.code: each.dataset for each in one.by.values()}
    return Document(
        key=indicator_key(one.name),
        kind=KIND,
        versions=[
            Version(
                code,
                label_of(one, code),
                indicator_url(one.name, code),
                teaser=_definition(concept, code),
                text="\n\n".join([
                    *(f"{dataset.title} ({dataset.code})" for dataset in datasets.values()),
                    ", ".join(names(code).place(geo) for geo in names(code).in_order(geos)),
                ]),
            )
            for code, _name in settings.LANGUAGES
        ],
        themes=own,
        parents=[theme for theme in above if theme not in own],
        concepts=[one.concept] if concept is not None else [],
        names={code: [label] for code, label in labels.items()},
    )  # fmt: skip


def _country(geo: str, told: Sequence[Shown]) -> Document:
    versions = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            title = _("Statistics: %(place)s") % {"place": names(code).place(geo)}
        labels = ", ".join(label_of(one, code) for one in told)
        versions.append(Version(code, title, country_url(geo, code), teaser=labels))
    return Document(
        key=country_key(geo), kind=KIND, versions=versions, countries=[ISO.get(geo, geo)]
    )


def _concepts(indicators: Sequence[Shown]) -> dict[str, Concept]:
    living = Concept.objects.exclude(status=Concept.Status.DEPRECATED)
    rows = living.filter(slug__in=[one.concept for one in indicators]).order_by()
    return {one.slug: one for one in rows}


def _definition(concept: Concept | None, language: str) -> str:
    said = (concept.definitions or {}).get(language) if concept is not None else None
    return said.get("text", "") if said else ""
