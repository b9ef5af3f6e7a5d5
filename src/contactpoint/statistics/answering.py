"""Answers many questions after figures at once, for texts and sheets that tell some of each.

    answers = answered([Asked("first-time-applicants", "BE", period("2018-Q4"))])
    answers.told(asked).figure

Four queries, whatever the number of questions, places and vintages: the extractions (two, or one
where none is pinned to a day of its own), their lines, and what was printed at the time.
`precedence` decides which of them answers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from contactpoint.figures import (
    Change,
    Figure,
    Indicator,
    Period,
    best,
    on_previous,
    on_year,
)
from contactpoint.figures import Series as FigureSeries
from contactpoint.figures.periods import Frequency
from contactpoint.statistics.configured import Shown, shown
from contactpoint.statistics.known import Known, extractions_until, published_lines
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.precedence import in_order, printed_by_place
from contactpoint.statistics.printed import Printed
from contactpoint.statistics.reading import EU, eu_for, lines_of_pairs, newest_extractions
from contactpoint.statistics.unpacking import Unpacked

ANY_EU = "EU"
"""The group of countries that is the EU today, or the one before it where that has no figure."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure: one of the portal's indicators, in a place and a period. `known` pins a vintage:
    what was extracted by that day."""

    name: str
    geo: str
    period: Period
    known: date | None = None

    @property
    def geos(self) -> tuple[str, ...]:
        """The place, or the groups of countries that have been the EU."""
        return EU if self.geo == ANY_EU else (self.geo,)


@dataclass(frozen=True, slots=True)
class Answer:
    """A figure with its changes; none where nobody said a number."""

    figure: Figure | None = None
    previous: Change | None = None
    year: Change | None = None
    is_of_end: bool = False
    """Whether the figure is that of the end of a longer period, which was asked for."""

    @property
    def is_example(self) -> bool:
        """Whether it is no official figure."""
        return self.figure is not None and self.figure.is_example

    @property
    def changes(self) -> list[Change]:
        """Those that a sentence tells: a year has no other year before it, and who reads of a
        quarter or a year doesn't ask how its last month went."""
        found = [None if self.is_of_end else self.previous]
        if self.figure is not None and self.figure.period.frequency != "A":
            found.append(self.year)
        return [one for one in found if one is not None]


@dataclass(frozen=True, slots=True)
class Held:
    """A line at a place: of a table, and then whether quarters of it are sums of months; or what
    was printed at the time, of the place and of others that it may be compared with in words."""

    geo: str
    line: Unpacked | Printed
    is_added: bool = False
    others: Sequence[Printed] = ()

    @property
    def frequency(self) -> Frequency:
        """Of the figures, as they are told."""
        return "Q" if self.is_added else self.line.frequency

    @property
    def latest(self) -> Period | None:
        """The newest period that has a value; a quarter once all its months have one."""
        last = self.line.latest
        if last is None or not self.is_added:
            return last.period if last else None
        quarter = until_like(last.period, Period(1, 1, "Q"))
        return quarter if last.period == quarter.last_month else quarter.previous

    @property
    def is_course(self) -> bool:
        """Whether it has more than one figure."""
        return sum(one is not None for one in self.line.values) > 1

    @property
    def is_printed(self) -> bool:
        """Whether it was printed at the time, here a figure and there another."""
        return isinstance(self.line, Printed)

    def between(self, first: Period, last: Period) -> FigureSeries:
        """The figures of a span."""
        if self.is_added:
            months = self.line.figures(Period(first.year, first.month, "M"), last.last_month)
            return months.quarters()
        return self.line.figures(first, last)

    def around(self, when: Period) -> FigureSeries:
        """The figures of a period and of the year before it, with what lies between."""
        return self.between(when.year_before, when)

    def answer(self, when: Period) -> Answer:
        """The figure of a period with its changes."""
        if isinstance(self.line, Printed):
            figure = self.line.at(when)
            lines = (self.line, *self.others)
            previous = [base for one in lines for base in one.valued(when.previous)]
            year = [base for one in lines for base in one.valued(when.year_before)]
            return Answer(
                figure,
                best(figure, previous, comparison="previous"),
                best(figure, year, comparison="year"),
            )
        series = self.around(when)
        return Answer(series.at(when), on_previous(series, when), on_year(series, when))


@dataclass(slots=True)
class Answers:
    """What is stored of all that was asked."""

    extractions: dict[Known, Extraction] = field(default_factory=dict)
    lines: dict[tuple[str, int], dict[str, Unpacked]] = field(default_factory=dict)
    printed: dict[str, list[Unpacked]] = field(default_factory=dict)

    def told(self, asked: Asked) -> Answer:
        """The figure, from the table of the newest vintage or of the one that is pinned; else as
        it was printed at the time."""
        one = shown()[asked.name]
        counted = one.counted(asked.period)
        if counted is None:
            return Answer()
        indicator, when = counted
        for found in self._in_order(one, indicator, asked.geos, asked.known):
            lines = {geo: held.around(when) for geo, held in found.items()}
            geo = eu_for(lines, when, "" if asked.geo == ANY_EU else asked.geo)
            if geo:
                answer = found[geo].answer(when)
                return replace(answer, is_of_end=when.frequency != asked.period.frequency)
        return Answer()

    def held(
        self, one: Shown, indicator: Indicator, geo: str, known: date | None = None
    ) -> Held | None:
        """The line of an indicator at a place, as known on a day."""
        found = self._in_order(one, indicator, (geo,), known)
        return next((lines[geo] for lines in found if geo in lines), None)

    def group(
        self,
        one: Shown,
        indicator: Indicator,
        geos: tuple[str, ...],
        when: Period | None,
        known: date | None = None,
    ) -> Held | None:
        """Of several groups of countries the line that tells a period, as `told` chooses it; of
        none the newest that has figures to compare, else any."""
        for found in self._in_order(one, indicator, geos, known):
            if when is not None:
                lines = {geo: held.around(when) for geo, held in found.items()}
                geo = eu_for(lines, when, geos[0] if len(geos) == 1 else "")
                if geo:
                    return found[geo]
            there = [held for held in found.values() if held.latest is not None]
            several = [held for held in there if held.is_course]
            if there:
                return (several or there)[0]
        return None

    def were_printed(self, one: Shown, indicator: Indicator, known: date | None) -> bool:
        """Whether anything of it was printed, wherever."""
        return bool(self._printed(one, indicator, known))

    def _in_order(
        self, one: Shown, indicator: Indicator, geos: tuple[str, ...], known: date | None
    ) -> list[dict[str, Held]]:
        """What may answer, the best first, by place."""
        extraction = self.extractions.get((indicator.dataset.code, known))
        stored = self.lines.get((indicator.name, extraction.pk), {}) if extraction else {}
        is_added = bool(indicator.made_of)
        table = {geo: Held(geo, line, is_added) for geo, line in stored.items() if geo in geos}
        lines = self._printed(one, indicator, known)
        there = [lines[geo] for geo in geos if geo in lines]
        printed = {geo: Held(geo, line, others=there) for geo, line in lines.items()}
        return [
            {geo: each[geo] for geo in geos if geo in each}
            for each in in_order(extraction, table, printed)
        ]

    def _printed(
        self, one: Shown, indicator: Indicator, known: date | None
    ) -> Mapping[str, Printed]:
        lines = self.printed.get(one.published, ())
        frequency = "Q" if indicator.made_of else indicator.dataset.frequency
        return printed_by_place(lines, frequency, known) if lines else {}


def held_of(rows: Sequence[Shown], geos: Collection[str]) -> Answers:
    """All that is stored today of some indicators at some places. Three queries."""
    indicators = [indicator for one in rows for indicator in one.by.values()]
    extractions = newest_extractions({one.dataset.code for one in indicators})
    pairs = [
        (one, extractions[one.dataset.code])
        for one in indicators
        if one.dataset.code in extractions
    ]
    known: dict[Known, Extraction] = {(code, None): one for code, one in extractions.items()}
    measures = [one.published for one in rows if one.published]
    return Answers(known, lines_of_pairs(pairs, geos), published_lines(measures))


def answered(asked: Iterable[Asked]) -> Answers:
    """All that is stored of what is asked."""
    questions = list(asked)
    if not questions:
        return Answers()
    wanted: dict[tuple[str, date | None], Indicator] = {}
    measures: set[str] = set()
    geos: set[str] = set()
    for one in questions:
        row = shown()[one.name]
        geos.update(one.geos)
        counted = row.counted(one.period)
        if counted is None:
            continue
        wanted[counted[0].name, one.known] = counted[0]
        if row.published:
            measures.add(row.published)
    codes = {(one.dataset.code, known) for (_name, known), one in wanted.items()}
    extractions = _extractions(codes)
    pairs = [
        (one, extraction)
        for (_name, known), one in wanted.items()
        if (extraction := extractions.get((one.dataset.code, known))) is not None
    ]
    return Answers(
        extractions,
        lines_of_pairs(pairs, geos),
        published_lines(measures) if measures else {},
    )


def until_like(since: Period, last: Period) -> Period:
    """The period of the kind of `last` in which `since` begins."""
    months = last.months
    month = (since.month - 1) // months * months + 1
    return Period(since.year, month, last.frequency)


def _extractions(codes: Collection[Known]) -> dict[Known, Extraction]:
    """One query where all are known on the same day, else two."""
    days = {known for _code, known in codes}
    if len(days) != 1:
        return extractions_until(codes)
    (known,) = days
    found = newest_extractions({code for code, _known in codes}, until=known)
    return {(code, known): one for code, one in found.items()}
