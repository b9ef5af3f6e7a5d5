"""Answers many questions after figures at once, for texts and sheets that tell some of each.

    answers = answered([Asked("first-time-applicants", "BE", period("2018-Q4"))])
    answers.told(asked).figure

Four queries, whatever the number of questions, places and vintages: the extractions (two), their
lines, and what was printed at the time.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from contactpoint.figures import (
    Change,
    Figure,
    Indicator,
    Period,
    Vintage,
    best,
    on_previous,
    on_year,
)
from contactpoint.figures import Series as FigureSeries
from contactpoint.figures.periods import Frequency
from contactpoint.statistics.configured import Shown, shown
from contactpoint.statistics.known import Known, extractions_until, published_lines
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.packing import Unpacked
from contactpoint.statistics.reading import EU, eu_for, lines_of_pairs, newest_extractions

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

    @property
    def is_example(self) -> bool:
        """Whether it is no official figure."""
        return self.figure is not None and self.figure.is_example

    @property
    def changes(self) -> list[Change]:
        """Those that a sentence tells: a year has no other year before it."""
        found = [self.previous]
        if self.figure is not None and self.figure.period.frequency != "A":
            found.append(self.year)
        return [one for one in found if one is not None]


@dataclass(frozen=True, slots=True)
class Held:
    """A line, the extraction it stands in, and whether quarters of it are sums of months."""

    line: Unpacked
    extraction: Extraction
    is_added: bool = False

    @property
    def is_example(self) -> bool:
        """Whether it is no official series."""
        return self.extraction.is_example

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

    def between(self, first: Period, last: Period) -> FigureSeries:
        """The figures of a span."""
        if self.is_added:
            months = self.line.figures(Period(first.year, first.month, "M"), last.last_month)
            return months.quarters()
        return self.line.figures(first, last)


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
        found = {
            geo: held
            for geo in asked.geos
            if (held := self.held(indicator, geo, asked.known)) is not None
        }
        # What was really published goes before what is invented.
        is_example = any(one.is_example for one in found.values())
        printed = self.printed_answer(one, asked.geos, when, asked.known)
        if is_example and printed.figure is not None:
            return printed
        lines = {
            geo: around(held.line, when, is_added=held.is_added) for geo, held in found.items()
        }
        geo = eu_for(lines, when, "" if asked.geo == ANY_EU else asked.geo)
        if not geo:
            return printed
        series = lines[geo]
        return Answer(series.at(when), on_previous(series, when), on_year(series, when))

    def held(self, indicator: Indicator, geo: str, known: date | None = None) -> Held | None:
        """The line of an indicator at a place, as known on a day."""
        extraction = self.extractions.get((indicator.dataset.code, known))
        if extraction is None:
            return None
        line = self.lines.get((indicator.name, extraction.pk), {}).get(geo)
        return Held(line, extraction, bool(indicator.made_of)) if line else None

    def printed_answer(
        self, one: Shown, geos: tuple[str, ...], when: Period | None, known: date | None = None
    ) -> Answer:
        """What was printed at the time, of a period or the newest."""
        lines = [
            line
            for line in self.printed.get(one.published, ())
            if line.template.geo in geos
            and (known is None or _is_known(line.template.vintage, known))
        ]
        if when is None:
            newest = [latest.period for line in lines if (latest := line.latest) is not None]
            when = max(newest, key=lambda each: each.last_month) if newest else None
        if when is None:
            return Answer()
        current = _values(lines, when)
        if not current:
            return Answer()
        figure = max(current, key=lambda each: (-geos.index(each.geo), each.vintage))
        return Answer(
            figure,
            best(figure, _values(lines, when.previous), comparison="previous"),
            best(figure, _values(lines, when.year_before), comparison="year"),
        )


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
    return Answers(known, lines_of_pairs(pairs, geos), published_lines(measures, geos))


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
    extractions = extractions_until(codes)
    pairs = [
        (one, extraction)
        for (_name, known), one in wanted.items()
        if (extraction := extractions.get((one.dataset.code, known))) is not None
    ]
    return Answers(
        extractions,
        lines_of_pairs(pairs, geos),
        published_lines(measures, geos) if measures else {},
    )


def around(line: Unpacked, when: Period, *, is_added: bool) -> FigureSeries:
    """The figures of a period and of the year before it, with what lies between; months of it are
    added up where the period is a quarter of them."""
    first, last = when.year_before, when
    if is_added:
        return line.figures(Period(first.year, first.month, "M"), last.last_month).quarters()
    return line.figures(first, last)


def until_like(since: Period, last: Period) -> Period:
    """The period of the kind of `last` in which `since` begins."""
    months = last.months
    month = (since.month - 1) // months * months + 1
    return Period(since.year, month, last.frequency)


def _values(lines: Iterable[Unpacked], when: Period) -> list[Figure]:
    found = (line.at(when) for line in lines)
    return [one for one in found if one is not None and one.value is not None]


def _is_known(vintage: Vintage | None, day: date) -> bool:
    return vintage is not None and vintage.last <= day
