"""Answers many questions after figures at once, for texts and sheets that tell some of each.

    answers = answered([Asked("first-time-applicants", "BE", period("2018-Q4"))])
    answers.told(asked).figure

Four queries, whatever the number of questions, places and vintages: the extractions (two), their
lines, and what was printed at the time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from contactpoint.figures import Change, Figure, Indicator, Period, best, on_previous, on_year
from contactpoint.figures import Series as FigureSeries
from contactpoint.statistics.configured import Shown, shown
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.packing import Unpacked
from contactpoint.statistics.reading import EU, lines_in
from contactpoint.statistics.vintages import Known, extractions_until, published_lines

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
    is_example: bool = False

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
        return bool(getattr(self.extraction, "is_example", False))


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
        for geo in asked.geos:
            held = self.held(indicator, geo, asked.known)
            if held is None:
                continue
            series = around(held.line, when, is_added=held.is_added)
            figure = series.at(when)
            if figure is not None and figure.value is not None:
                previous, year = on_previous(series, when), on_year(series, when)
                return Answer(figure, previous, year, held.is_example)
        return self._printed(one, asked.geos, when, asked.known)

    def series(self, name: str, geo: str, since: Period, until: Period, known: date | None = None
    ) -> tuple[FigureSeries, bool]:  # fmt: skip
        """The figures of a span, and whether they are of an example. What was printed at the time
        is a single figure a release, and no series."""
        counted = shown()[name].counted(until)
        if counted is None:
            return FigureSeries({}), False
        indicator, last = counted
        first = until_like(since, last)
        for each in Asked(name, geo, until).geos:
            held = self.held(indicator, each, known)
            if held is None:
                continue
            found = _span(held, first, last)
            if any(one.value is not None for one in found.figures.values()):
                return found, held.is_example
        return FigureSeries({}), False

    def held(self, indicator: Indicator, geo: str, known: date | None = None) -> Held | None:
        """The line of an indicator at a place, as known on a day."""
        extraction = self.extractions.get((indicator.dataset.code, known))
        if extraction is None:
            return None
        line = self.lines.get((indicator.name, extraction.pk), {}).get(geo)
        return Held(line, extraction, bool(indicator.made_of)) if line else None

    def _printed(
        self, one: Shown, geos: tuple[str, ...], when: Period, known: date | None
    ) -> Answer:
        figures = [
            figure
            for line in self.printed.get(one.published, ())
            for period in (when, when.previous, when.year_before)
            if (figure := line.at(period)) is not None
            and figure.value is not None
            and figure.geo in geos
            and (known is None or (figure.vintage is not None and figure.vintage.last <= known))
        ]
        current = [figure for figure in figures if figure.period == when]
        if not current:
            return Answer()
        figure = max(current, key=lambda each: (-geos.index(each.geo), each.vintage))
        before = [each for each in figures if each.period == when.previous]
        then = [each for each in figures if each.period == when.year_before]
        return Answer(
            figure,
            best(figure, before, comparison="previous"),
            best(figure, then, comparison="year"),
        )


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
        lines_in(pairs, geos),
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


def _span(held: Held, first: Period, last: Period) -> FigureSeries:
    if held.is_added and first.frequency == "Q":
        return held.line.figures(Period(first.year, first.month, "M"), last.last_month).quarters()
    return held.line.figures(first, last)
