"""Official figures: the portal's indicators, and where their values are taken away."""

from collections.abc import Mapping, Sequence, Set
from typing import Any, ClassVar, Final

from django.conf import settings

from contactpoint.api.cursors import taken_apart, written, wrong
from contactpoint.api.parameters import Asked, Facet
from contactpoint.api.resources.narrowing import ABOUT_FACETS, needed
from contactpoint.api.resources.resource import Listed, Resource, Thing, reference, whole, words
from contactpoint.api.shapes import (
    ADDRESS,
    ADDRESSES,
    PAGES,
    REFERENCE,
    TEXT,
    WORDS,
    Field,
    choice,
    of_object,
    perhaps,
    some,
)
from contactpoint.glossary.models import Concept
from contactpoint.search.sources.statistics import figures_at
from contactpoint.statistics.addresses import indicator_url
from contactpoint.statistics.configured import Shown, shown
from contactpoint.statistics.showing import label_of

FORMATS: Final = ("json", "csv", "xlsx", "jsonstat")
_PERIODS: Final = {"M": "month", "Q": "quarter", "A": "year"}


class Figures(Resource):
    """Indicators of which there are figures."""

    name: ClassVar[str] = "figures"
    schema_name: ClassVar[str] = "Indicator"
    about: ClassVar[str] = (
        "Official figures by indicator. Their values stand at the address under “values”, page by "
        "page, and at those under “downloads”, all at once."
    )
    key_example: ClassVar[str] = "first-time-applicants"
    facets: ClassVar[tuple[Facet, ...]] = (
        *(one for one in ABOUT_FACETS if one.name == "concept"),
        Facet(
            "place",
            {"type": "string", "pattern": "^[A-Z]{2}([0-9]{2}_[0-9]{4})?$"},
            "places with values, by the codes of Eurostat.",
        ),
    )
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("fields=label,values,downloads", "What there is, and where its values are."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field("label", WORDS, "Its name.", {"@id": "skos:prefLabel", "@container": "@language"}),
        Field("concept", perhaps(REFERENCE), "What it counts, in the glossary."),
        Field("periods", some(choice(tuple(_PERIODS.values()))), "For what there are values."),
        Field("datasets", some(TEXT), "Codes of the tables that it is from."),
        Field("places", some(TEXT), "Where there are values: codes of Eurostat."),
        Field("url", ADDRESSES, "Its pages.", PAGES),
        Field("values", ADDRESS, "Its values, by place and period."),
        Field(
            "downloads",
            of_object(dict.fromkeys(FORMATS, ADDRESS)),
            "Its values, all places and periods, with names in English.",
        ),
    )

    def listed(self, asked: Asked) -> Listed:
        """Four queries; the portal has few indicators, and they have an order by name."""
        after = ""
        if asked.cursor:
            parts = taken_apart(asked.cursor, asked.sort)
            if len(parts) != 1 or not isinstance(parts[0], str):
                raise wrong()
            after = parts[0]
        there = figures_at()
        names = sorted(name for name in there if name > after and _fits(name, there[name], asked))
        page = names[: asked.limit]
        cursor = written(asked.sort, page[-1]) if len(names) > len(page) else ""
        return Listed(_things(self, page, there, asked), cursor)

    def one(self, key: str, asked: Asked) -> Thing | None:
        there = figures_at()
        return next(iter(_things(self, [key] if key in there else [], there, asked)), None)


def _fits(name: str, places: Set[str], asked: Asked) -> bool:
    own = {"concept": {shown()[name].concept}, "place": places}
    return all(
        bool(own[facet] & set(values)) == is_wanted
        for facet, chosen in asked.chosen.items()
        for is_wanted, values in needed(chosen)
    )


def _things(
    resource: Figures, names: Sequence[str], there: Mapping[str, set[str]], asked: Asked
) -> list[Thing]:
    chosen = [shown()[name] for name in names]
    living = Concept.objects.exclude(status=Concept.Status.DEPRECATED)
    rows = living.filter(slug__in=[one.concept for one in chosen]).order_by()
    labels: dict[str, Any] = dict(rows.values_list("slug", "labels"))
    told = (_told(resource, one, labels, there[one.name]) for one in chosen)
    return [
        Thing({name: value for name, value in values.items() if name in asked.fields})
        for values in told
    ]


def _told(
    resource: Figures, one: Shown, labels: Mapping[str, Any], places: set[str]
) -> dict[str, Any]:
    return {
        "id": one.name,
        "self": resource.url(one.name),
        "label": words({code: label_of(one, code) for code, _name in settings.LANGUAGES}),
        "concept": (
            reference("concepts", one.concept, labels[one.concept])
            if one.concept in labels
            else None
        ),
        "periods": [_PERIODS[each] for each in one.by if each in _PERIODS],
        "datasets": sorted({each.dataset.code for each in one.by.values()}),
        "places": sorted(places),
        "url": {code: whole(indicator_url(one.name, code)) for code, _name in settings.LANGUAGES},
        "values": f"{resource.url(one.name)}/values",
        "downloads": {data: whole(indicator_url(one.name, "en", data)) for data in FORMATS},
    }
