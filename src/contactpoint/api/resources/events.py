"""Events: outputs with a beginning and a place."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import Min, QuerySet, Value
from django.db.models.functions import Coalesce

from contactpoint.api.cursors import Order
from contactpoint.api.parameters import Asked, Facet, Parameter
from contactpoint.api.resources.narrowing import ABOUT_FACETS, SINCE_CHANGED
from contactpoint.api.resources.outputs import COLUMNS, Outputs, in_own_words, iso
from contactpoint.api.shapes import MOMENT, TEXT, TRUTH, WORDS, Field, perhaps
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.output import Kind

_START: Final = Coalesce(Min("starts_at"), Value(datetime(1900, 1, 1, tzinfo=UTC)))
_OF_PUBLICATIONS: Final = frozenset(
    {"kind", "type", "effective", "legal_reference", "closes", "authors", "doi"}
)


class Events(Outputs):
    """Conferences, webinars and meetings."""

    name: ClassVar[str] = "events"
    schema_name: ClassVar[str] = "Event"
    about: ClassVar[str] = "Conferences, webinars and meetings, those of the past included."
    facets: ClassVar[tuple[Facet, ...]] = ABOUT_FACETS
    further: ClassVar[tuple[Parameter, ...]] = (
        Parameter("starts_from", MOMENT, "That begin at that moment or later."),
        Parameter("starts_until", MOMENT, "That begin at that moment or earlier."),
        SINCE_CHANGED,
    )
    sorts: ClassVar[tuple[str, ...]] = ("-starts", "starts", "-changed", "changed")
    orders: ClassVar[Mapping[str, Order]] = {
        "starts": Order("starts", _START, datetime),
        "-starts": Order("-starts", _START, datetime),
        **{name: Outputs.orders[name] for name in ("changed", "-changed")},
    }
    columns: ClassVar[tuple[str, ...]] = (
        *COLUMNS,
        "starts_at",
        "ends_at",
        "event__time_zone",
        "event__whole_day",
        "event__online",
        "event__called_off",
        "event__place",
    )
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("sort=starts&starts_from=2026-01-01T00:00:00Z", "From a day on, the first one first."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        *(one for one in Outputs.fields if one.name not in _OF_PUBLICATIONS),
        Field(
            "starts", perhaps(MOMENT), "When it begins.",
            {"@id": "schema:startDate", "@type": "xsd:dateTime"},
        ),
        Field(
            "ends", perhaps(MOMENT), "When it ends.",
            {"@id": "schema:endDate", "@type": "xsd:dateTime"},
        ),
        Field("time_zone", TEXT, "By whose clock its hours are told."),
        Field("whole_day", TRUTH, "Whether only the days count, not the hours."),
        Field("online", TRUTH, "Whether one may take part from elsewhere."),
        Field("called_off", TRUTH, "Whether it won't take place."),
        Field(
            "place", WORDS, "Where it is.",
            {"@id": "schema:location", "@container": "@language"},
        ),
    )  # fmt: skip

    def base(self, outputs: "QuerySet[Output]") -> "QuerySet[Output]":
        """Only events."""
        return super().base(outputs.filter(kind=Kind.EVENT))

    def narrowed(self, found: "QuerySet[Output]", asked: Asked) -> "QuerySet[Output]":
        """By when they begin, too."""
        if since := asked.values.get("starts_from"):
            found = found.filter(starts_at__gte=since)
        if until := asked.values.get("starts_until"):
            found = found.filter(starts_at__lte=until)
        return super().narrowed(found, asked)

    def told(
        self, key: UUID, rows: Sequence[dict[str, Any]], known: Mapping[str, str]
    ) -> dict[str, Any]:
        """With what only events have; never how to join them."""
        first = rows[0]
        return {
            **super().told(key, rows, known),
            "starts": iso(first["starts_at"]),
            "ends": iso(first["ends_at"]),
            "time_zone": first["event__time_zone"] or "",
            "whole_day": bool(first["event__whole_day"]),
            "online": bool(first["event__online"]),
            "called_off": bool(first["event__called_off"]),
            "place": in_own_words(rows, "event__place", "borrowed__whole"),
        }
