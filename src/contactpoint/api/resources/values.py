"""The values of an indicator: by place and period, with flags, changes, and what is known when."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from django.http import QueryDict
from django.utils.translation import override

from contactpoint.api.cursors import taken_apart, written, wrong
from contactpoint.api.parameters import Asked, Parameter
from contactpoint.api.problems import Fault, ProblemError
from contactpoint.api.resources.resource import Listed, Resource, Thing, whole
from contactpoint.api.shapes import (
    ADDRESS,
    DAY,
    TEXT,
    TRUTH,
    Field,
    Schema,
    choice,
    of_object,
    perhaps,
    some,
)
from contactpoint.figures import Change, Figure, Period
from contactpoint.search.sources.statistics import figures_at
from contactpoint.statistics.choosing import Choice, ChoiceError, Chosen, chosen
from contactpoint.statistics.packing import at_ordinal, ordinal

PERIODS: Final = {"month": "M", "quarter": "Q", "year": "A"}
_PERIOD: Final[Schema] = {"type": "string", "pattern": "^[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$"}
_PLACE: Final[Schema] = {"type": "string", "pattern": "^[A-Z]{2}([0-9]{2}_[0-9]{4})?$"}
_A_CHANGE: Final = perhaps(
    of_object(
        {
            "value": {"type": ["number", "null"]},
            "reason": perhaps(TEXT),
            "caveats": some(TEXT),
        }
    )
)


class Values(Resource):
    """Of one indicator; place by place and then by period."""

    name: ClassVar[str] = "values"
    below: ClassVar[str] = "figures"
    schema_name: ClassVar[str] = "FigureValue"
    about: ClassVar[str] = (
        "The values of an indicator by place and period, as they are known now or were known on a "
        "day. What is not there nobody said; a value that is null the source says it hasn't."
    )
    has_items: ClassVar[bool] = False
    sorts: ClassVar[tuple[str, ...]] = ()
    further: ClassVar[tuple[Parameter, ...]] = (
        Parameter("place", _PLACE, "Places by the codes of Eurostat: BE, EL, EU27_2020.", True),
        Parameter("by", choice(tuple(PERIODS)), "The kind of period; the finest unless said."),
        Parameter("since", _PERIOD, "From that period on: 2018, 2018-Q4 or 2018-12."),
        Parameter("until", _PERIOD, "Up to that period."),
        Parameter("known", DAY, "As it was known on that day."),
    )
    more: ClassVar[Mapping[str, Schema]] = {
        "indicator": TEXT,
        "by": choice(tuple(PERIODS)),
        "unit": TEXT,
        "source": TEXT,
        "vintage": {**perhaps(TEXT), "description": "When the newest of it was extracted."},
        "is_example": {**TRUTH, "description": "Whether these are no official figures."},
        "csv": {**ADDRESS, "description": "All of it in one file."},
    }
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("place=BE,NL&by=year&since=2015", "Two countries, year by year."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field("place", TEXT, "Where: a code of Eurostat."),
        Field("period", TEXT, "When: 2018, 2018-Q4 or 2018-12."),
        Field("value", {"type": ["number", "null"]}, "How many.", "schema:value"),
        Field("flags", TEXT, "What the source says of it, letter by letter: b is a break."),
        Field(
            "change_previous", _A_CHANGE,
            "On the period before: 0.03 is three per cent more; without a value, why.",
        ),
        Field("change_year", _A_CHANGE, "On the same period a year before; none of years."),
        Field("vintage", perhaps(TEXT), "When it was extracted."),
        Field("source", TEXT, "Who published it, and in which table."),
    )  # fmt: skip

    def listed(self, asked: Asked) -> Listed | None:
        """Two or three queries, whatever the number of values."""
        if asked.under not in figures_at():
            return None
        after = _after(asked)
        with override("en"):
            try:
                found = chosen(Choice.read(asked.under, _query(asked)))
            except ChoiceError as error:
                raise _problem(asked, str(error)) from error
            rows = list(_page(found, after, asked.limit + 1))
            page = rows[: asked.limit]
            cursor = ""
            if len(rows) > len(page):
                place, when, _figure = page[-1]
                cursor = written(asked.sort, place, ordinal(when))
            things = [self._thing(found, row, asked) for row in page]
            return Listed(things, cursor, _about(found))

    def _thing(self, found: Chosen, row: tuple[str, Period, Figure], asked: Asked) -> Thing:
        place, when, figure = row
        by = found.choice.frequency
        word = next(word for word, one in PERIODS.items() if one == by)
        query = f"place={place}&by={word}&since={when.code}&until={when.code}"
        values: dict[str, Any] = {
            "id": f"{place}-{when.code}",
            "self": f"{self.list_url(asked.under)}?{query}",
            "place": place,
            "period": when.code,
            "value": figure.value,
            "flags": figure.flags,
            "vintage": str(figure.vintage) if figure.vintage else None,
            "source": figure.source,
        }
        for name, comparison in (("change_previous", "previous"), ("change_year", "year")):
            if name in asked.fields:
                has_one = comparison == "previous" or by != "A"
                values[name] = (
                    _change(found.change(place, when, comparison)) if has_one else None  # type: ignore[arg-type]
                )
        return Thing({name: value for name, value in values.items() if name in asked.fields})


def _change(change: Change) -> dict[str, Any]:
    return {
        "value": None if change.value is None else round(change.value, 6),
        "reason": change.reason.value if change.reason else None,
        "caveats": [one.value for one in change.caveats],
    }


def _about(found: Chosen) -> dict[str, Any]:
    name = found.choice.shown.name
    by = next(word for word, one in PERIODS.items() if one == found.choice.frequency)
    return {
        "indicator": name,
        "by": by,
        "unit": found.unit,
        "source": found.source,
        "vintage": str(found.vintage) if found.vintage else None,
        "is_example": found.is_example,
        "csv": whole(found.choice.address("csv", "en")),
    }


def _query(asked: Asked) -> QueryDict:
    """As the pages of statistics are asked."""
    query = QueryDict(mutable=True)
    for name in ("by", "since", "until"):
        if name in asked.values:
            query[name] = asked.values[name]
    if "known" in asked.values:
        query["known"] = asked.values["known"].isoformat()
    query.setlist("place", list(asked.values.get("place", ())))
    return query


def _problem(asked: Asked, said: str) -> ProblemError:
    """The pages say what can't be; which parameter it was is told by what is left without it."""
    given = [name for name in ("by", "place", "since", "until", "known") if name in asked.values]
    faults = [Fault(name, said, "Change it, or leave it out.") for name in given]
    return ProblemError("unknown-value", said, faults)


def _page(
    found: Chosen, after: tuple[str, int] | None, most: int
) -> Iterator[tuple[str, Period, Figure]]:
    """What stands behind a place in the order, by code and period."""
    numbers = found.numbers
    left = most
    for place in sorted(found.lines):
        if after and place < after[0]:
            continue
        first = after[1] + 1 if after and place == after[0] else numbers.start
        line = found.lines[place]
        for number in range(max(first, numbers.start), numbers.stop):
            when = at_ordinal(number, found.choice.frequency)
            figure = line.at(when)
            if figure is not None:
                yield place, when, figure
                left -= 1
                if not left:
                    return


def _after(asked: Asked) -> tuple[str, int] | None:
    if not asked.cursor:
        return None
    parts: Sequence[Any] = taken_apart(asked.cursor, asked.sort)
    if len(parts) != 2 or not isinstance(parts[0], str) or type(parts[1]) is not int:
        raise wrong()
    if not abs(parts[1]) < 10**6:
        raise wrong()
    return parts[0], parts[1]
