"""What is chosen of the stored figures, for pages, data files, citations and reports alike.

    choice = Choice.read("first-time-applicants", request.GET)
    found = chosen(choice)
    found.lines["BE"].latest, found.periods, found.vintage, found.is_example

A table that is stored goes before what was printed at the time, and that before examples, as
`precedence` decides. Two queries, and one more for each indicator that was printed and has no
table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from contactpoint.figures import Change, Figure, Period, Vintage
from contactpoint.figures import Series as FigureSeries
from contactpoint.figures import flags as flagging
from contactpoint.figures.changes import Comparison, compare
from contactpoint.figures.periods import Frequency
from contactpoint.figures.places import is_country
from contactpoint.statistics.choice import ANY_EU, Choice, ChoiceError, UnknownIndicatorError
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.packing import at_ordinal, ordinal
from contactpoint.statistics.precedence import in_order, printed_by_place
from contactpoint.statistics.printed import Printed
from contactpoint.statistics.reading import EU, lines_of, newest_extractions, printed_lines
from contactpoint.statistics.unpacking import Unpacked

__all__ = [
    "Choice", "ChoiceError", "Chosen", "Line", "UnknownIndicatorError", "chosen", "chosen_of",
]  # fmt: skip
_NEARLY_ALL: Final = 0.75
_LOOKED_AT: Final = 24
"""How many periods back countries may be that have not reported."""


class Line(Protocol):
    """The figures of one place over time."""

    frequency: Frequency
    begins: int
    """The number of the first period, as `packing.ordinal` counts them."""

    def __len__(self) -> int: ...

    @property
    def periods(self) -> list[Period]:
        """From the first to the last, without a hole."""

    @property
    def values(self) -> list[float | None]:
        """Beside them; `None` where there is no number."""

    @property
    def latest(self) -> Figure | None:
        """The newest figure that has a value."""

    def value(self, number: int) -> float | None:
        """Of the period with a number."""

    def flags(self, number: int) -> str:
        """Of the period with a number, as letters."""

    def at(self, when: Period) -> Figure | None:
        """The figure of a period; `None` where nobody said anything."""

    def figures(self, since: Period | None = None, until: Period | None = None) -> FigureSeries:
        """As the library compares them."""


@dataclass(frozen=True)
class Chosen:
    """The figures of one choice. `lines` are by place, the EU first, or in the order asked for;
    they may reach beyond the periods asked for, since changes need what was before. `extraction` is
    the vintage of the table, `None` where there is only what was printed, or nothing."""

    choice: Choice
    lines: Mapping[str, Line]
    extraction: Extraction | None = None

    @property
    def is_printed(self) -> bool:
        """Whether these are figures as they were printed at the time, of several vintages."""
        return bool(self.lines) and self.extraction is None

    @property
    def is_example(self) -> bool:
        """Whether these are no official figures. Whoever shows them says so."""
        return self.extraction is not None and self.extraction.is_example

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Those asked for for which anything is there, without a hole."""
        return tuple(at_ordinal(number, self.choice.frequency) for number in self.numbers)

    @cached_property
    def numbers(self) -> range:
        """The same, as `packing.ordinal` counts them."""
        since, until = self.choice.since, self.choice.until
        first = ordinal(since) if since else self.span.start
        end = ordinal(until) + 1 if until else self.span.stop
        return range(max(self.span.start, first), min(self.span.stop, end))

    @cached_property
    def span(self) -> range:
        """The numbers of all periods for which anything is there, asked for or not."""
        lines = [line for line in self.lines.values() if len(line)]
        return range(
            min((line.begins for line in lines), default=0),
            max((line.begins + len(line) for line in lines), default=0),
        )

    @cached_property
    def newest(self) -> Period | None:
        """The last of the periods for which nearly all countries have a figure, that have one."""
        rivals = [line for place, line in self.lines.items() if is_country(place)]
        counts = {
            number: sum(line.value(number) is not None for line in rivals)
            for number in self.numbers[-_LOOKED_AT:]
        }
        most = max(counts.values(), default=0)
        if not most:
            return self.latest.period if self.latest else None
        number = max(one for one, count in counts.items() if count >= most * _NEARLY_ALL)
        return at_ordinal(number, self.choice.frequency)

    @cached_property
    def latest(self) -> Figure | None:
        """The newest figure with a value among the periods: of the EU, or of the first place."""
        for place in dict.fromkeys((self.eu, *self.lines)):
            found = self.latest_of(place)
            if found is not None:
                return found
        return None

    def latest_of(self, place: str) -> Figure | None:
        """The newest figure of a place with a value among the periods asked for."""
        line = self.lines.get(place)
        if line is None:
            return None
        if self.choice.until is None:
            found = line.latest
        else:
            found = line.figures(self.choice.since, self.choice.until).latest
        since = self.choice.since
        return None if found is None or (since and found.period < since) else found

    @cached_property
    def eu(self) -> str:
        """The group of countries that stands for the EU: the one asked for, else the newest that
        has a figure and one before it to compare with, else the newest that has any. Empty where
        there is none."""
        if self.choice.eu:
            return self.choice.eu if self.choice.eu in self.lines else ""
        there = [code for code in EU if code in self.lines and self.lines[code].latest]
        several = [
            code for code in there if sum(one is not None for one in self.lines[code].values) > 1
        ]
        return next(iter([*several, *there]), "")

    @property
    def source(self) -> str:
        """Who published the figures, and in which table; several are told apart by `; `."""
        lines = self.lines.values()
        found = dict.fromkeys(one.source for line in lines if (one := line.latest))
        return "; ".join(found)

    @property
    def vintage(self) -> Vintage | None:
        """When they were extracted; the newest where there are several."""
        if self.extraction is not None:
            return self.extraction.vintage
        found = [one.vintage for line in self.lines.values() if (one := line.latest)]
        return max((one for one in found if one), default=None)

    @property
    def unit(self) -> str:
        """Its code: PER for persons."""
        return next((one.unit for line in self.lines.values() if (one := line.latest)), "")

    def rows(self) -> Iterator[tuple[str, Period, Figure]]:
        """Place, period and figure of all that is said of the periods asked for, place by place;
        also where it is said that there is no number."""
        periods = self.periods
        for place, line in self.lines.items():
            for when in periods:
                figure = line.at(when)
                if figure is not None:
                    yield place, when, figure

    def change(self, place: str, when: Period, comparison: Comparison) -> Change:
        """On the period before (`previous`), or on the same a year before (`year`)."""
        line = self.lines[place]
        if isinstance(line, Printed):
            return line.change(when, comparison)
        before = when.previous if comparison == "previous" else when.year_before
        between = range(ordinal(before) + 1, ordinal(when) + 1)
        breaks = any(flagging.BREAK in line.flags(number) for number in between)
        return compare(line.at(when), line.at(before), breaks=breaks, comparison=comparison)

    def changes(self, place: str, when: Period) -> tuple[Change, ...]:
        """All that are told of a period: of a year there is only one."""
        asked: tuple[Comparison, ...] = ("previous", "year")
        return tuple(
            self.change(place, when, one) for one in asked[: 1 if when.frequency == "A" else 2]
        )


def chosen(choice: Choice) -> Chosen:
    """The figures of a choice. Two queries."""
    return chosen_of([choice])[0]


def chosen_of(choices: Sequence[Choice]) -> list[Chosen]:
    """The figures of several, which were all known on the same day. Two queries however many; one
    more for each that has no table, but was printed."""
    if len({one.known for one in choices}) > 1:
        raise ValueError("choices of different vintages are read one by one")
    counted = [one.shown.counted(Period(2000, 1, one.frequency)) for one in choices]
    indicators = [found[0] for found in counted if found]
    known = choices[0].known if choices else None
    extractions = newest_extractions({one.dataset.code for one in indicators}, until=known)
    stored = lines_of(indicators, extractions, _places(choices)) if extractions else {}
    answers = []
    for choice, found in zip(choices, counted, strict=True):
        indicator = found[0] if found else None
        extraction = extractions.get(indicator.dataset.code) if indicator else None
        table: dict[str, Line] = {}
        if indicator is not None and extraction is not None:
            by_place = stored.get(indicator.name, {})
            table = {place: _told(line, choice) for place, line in by_place.items()}
        printed: dict[str, Line] = {}
        if not table or extraction is None or extraction.is_example:
            printed = {**_printed(choice)}
        lines = next(iter(in_order(extraction, table, printed)), table)
        if lines is printed:
            extraction = None
        answers.append(Chosen(choice, _ordered(lines, choice), extraction))
    return answers


def _told(line: Unpacked, choice: Choice) -> Unpacked:
    return line.quarters() if choice.frequency == "Q" and line.frequency == "M" else line


def _printed(choice: Choice) -> dict[str, Printed]:
    """What was printed, by place: all of it, since what was printed of one country says that no
    example is told of another. One query."""
    if not choice.shown.published:
        return {}
    lines = printed_lines(choice.shown.published, [choice.frequency])
    return printed_by_place(lines, choice.frequency, choice.known)


def _places(choices: Sequence[Choice]) -> Collection[str] | None:
    """What is asked for in all; `None` is everywhere."""
    if not all(one.places for one in choices):
        return None
    found = {place for one in choices for place in one.places}
    return found | set(EU) if ANY_EU in found else found


def _ordered(lines: Mapping[str, Line], choice: Choice) -> dict[str, Line]:
    """Those asked for, in that order; else the EU and then the countries by their codes."""
    groups = [code for code in EU if not choice.eu or code == choice.eu]
    asked: list[str] = []
    for place in choice.places or (ANY_EU, *sorted(set(lines) - set(EU))):
        asked += groups if place == ANY_EU else [place]
    return {place: lines[place] for place in dict.fromkeys(asked) if place in lines}
