"""Figures of several places over time, as a table and as a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contactpoint.figures import Figure, Period
from contactpoint.figures.periods import Frequency
from contactpoint.kit.picturing import Frame, Point, Series, Words, bars, for_page, line, post
from contactpoint.outputs.figures.choices import indicator_name
from contactpoint.outputs.figures.telling import Telling
from contactpoint.statistics.addresses import indicator_url
from contactpoint.statistics.answering import Asked, Held
from contactpoint.statistics.configured import shown
from contactpoint.statistics.factsheet import short

MOST_PERIODS: Final = 72
MOST_PLACES: Final = 8
USUAL: Final[dict[str, int]] = {"M": 24, "Q": 12, "S": 8, "A": 8}
"""So many periods are shown where nobody says since when."""


Column = tuple[str, Sequence[Figure | None]]
"""A place, and its figures."""


@dataclass(frozen=True, slots=True)
class Span:
    """An indicator in some places; without `until` up to the newest figure."""

    name: str
    geos: tuple[str, ...]
    frequency: Frequency
    since: Period | None = None
    until: Period | None = None
    known: date | None = None

    @property
    def asked(self) -> list[Asked]:
        """As it is asked of what is stored, where only the kind of period matters."""
        when = self.until or Period(2000, 1, self.frequency)
        return [Asked(self.name, geo, when, self.known) for geo in self.geos]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table; `flags` are told in words by `told`."""

    text: str
    flags: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table, and the picture of the same: all in words of one language."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    picture: SafeString
    sources: tuple[str, ...]
    url: str

    @property
    def plain_rows(self) -> list[list[str]]:
        """The cells as text."""
        return [
            [name, *(f"{one.text} ({one.told})" if one.told else one.text for one in cells)]
            for name, cells in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a picture is drawn of: a function of `kit.picturing`, its series and its words."""

    draw: Any
    series: Any
    options: dict[str, Any]

    def for_page(self, name: str) -> SafeString:
        """For a page, in which `name` is unique."""
        svg = for_page(self.draw, self.series, name=name, **self.options)
        return mark_safe(svg)  # noqa: S308 — drawn by us, its words escaped

    def for_post(self, frame: Frame) -> str:
        """As a file of its own, with heading and source."""
        return post(self.draw, self.series, frame, name="post", **self.options)


def spanned(span: Span, telling: Telling, *, name: str = "", draw: bool = True) -> Shown:
    """What a span shows; `name` is unique in its page. No query."""
    read = _Read(span, telling)
    rows = tuple(
        (tick, tuple(_cell(column[at], telling) for _place, column in read.columns))
        for at, tick in enumerate(read.ticks)
    )
    return Shown(
        read.title,
        ("", *(place for place, _column in read.columns)),
        rows,
        drawn(span, telling).for_page(name) if draw and read.figures else SafeString(),
        tuple(dict.fromkeys(telling.teller.source_of(one) for one in read.figures)),
        indicator_url(span.name, telling.language),
    )


def drawn(span: Span, telling: Telling) -> Drawn:
    """A span over time as lines, a single period as bars."""
    read = _Read(span, telling)
    with translation.override(telling.language):
        words = Words(
            no_figures=_("No figures"),
            no_figure=_("no figure"),
            provisional=_("provisional or estimated"),
            break_in_series=_("break in series"),
        )
        told = "; ".join(_course(place, column, telling) for place, column in read.columns)
    options = {
        "title": read.title,
        "description": told,
        "number": telling.teller.words.number,
        "words": words,
    }
    if len(read.ticks) == 1:
        points = (_point(place, column[0]) for place, column in read.columns)
        return Drawn(bars, Series(read.title, tuple(points)), options)
    is_several = len(read.columns) > 1
    series = [
        Series(place, tuple(map(_point, read.ticks, column)), is_main=at == 0 and is_several)
        for at, (place, column) in enumerate(read.columns)
    ]
    return Drawn(line, series, options)


class _Read:
    """The figures of a span, by place."""

    def __init__(self, span: Span, telling: Telling) -> None:
        teller = telling.teller
        held = [_held(one, span, telling) for one in span.asked]
        periods = _with_figures(span, held, _periods(span, [one for one in held if one]))
        self.columns: list[Column] = [
            (
                teller.words.place(one.geo if one else geo),
                _column(span, one, periods),
            )
            for geo, one in zip(span.geos, held, strict=True)
        ]
        self.ticks = [short(_looked_at(span, when), teller) for when in periods]
        label = indicator_name(span.name, teller.words)
        ends = [self.ticks[0], self.ticks[-1]] if len(self.ticks) > 1 else self.ticks
        # A picture of one place has no key that would name it.
        place = self.columns[0][0] if len(self.columns) == 1 else ""
        self.title = ", ".join(filter(None, (label, place, " – ".join(ends))))
        self.figures = [one for _place, column in self.columns for one in column if one]


def _held(asked: Asked, span: Span, telling: Telling) -> Held | None:
    counted = shown()[asked.name].counted(asked.period)
    if counted is None:
        return None
    row = shown()[asked.name]
    when = counted[1] if span.until else None
    return telling.answers.group(row, counted[0], asked.geos, when, asked.known)


def _periods(span: Span, held: Sequence[Held]) -> list[Period]:
    newest = [latest for one in held if (latest := one.latest) is not None]
    until = span.until
    if until is None and newest:
        last = max(newest)
        month = (last.month - 1) // span_months(span) * span_months(span) + 1
        until = Period(last.year, month, span.frequency)
        if until.last_month > last.last_month:
            until = until.previous
    if until is None:
        return []
    since = span.since or until.shifted(1 - USUAL[span.frequency])
    found = [until]
    while found[-1] > since and len(found) < MOST_PERIODS:
        found.append(found[-1].previous)
    return found[::-1]


def span_months(span: Span) -> int:
    """How many months one of its periods lasts."""
    return Period(2000, 1, span.frequency).months


def _looked_at(span: Span, when: Period) -> Period:
    """What is there at the end of a quarter is told by its last month."""
    counted = shown()[span.name].counted(when)
    return counted[1] if counted else when


def _with_figures(
    span: Span, held: Sequence[Held | None], periods: Sequence[Period]
) -> Sequence[Period]:
    """Those from the first on for which any place has a figure: what was asked for from before
    there were figures would only be empty."""
    columns = [_column(span, one, periods) for one in held]
    first = next((at for at in range(len(periods)) if any(one[at] for one in columns)), 0)
    return periods[first:]


def _column(span: Span, held: Held | None, periods: Sequence[Period]) -> list[Figure | None]:
    if held is None or not periods:
        return [None] * len(periods)
    looked_at = [_looked_at(span, when) for when in periods]
    series = held.between(looked_at[0], looked_at[-1])
    found = [series.at(when) for when in looked_at]
    return [one if one is not None and one.value is not None else None for one in found]


def _cell(figure: Figure | None, telling: Telling) -> Cell:
    if figure is None or figure.value is None:
        return Cell("–")
    told = telling.teller.flags(figure.flags) if figure.flags else ""
    return Cell(telling.teller.words.number(figure.value), figure.flags, told)


def _point(label: str, figure: Figure | None) -> Point:
    if figure is None:
        return Point(label, None)
    return Point(label, figure.value, flags=figure.flags)


def _course(place: str, column: Sequence[Figure | None], telling: Telling) -> str:
    known = [one for one in column if one is not None and one.value is not None]
    if not known:
        return _("%(place)s: no figure") % {"place": place}
    number = telling.teller.words.number
    first, last = known[0], known[-1]
    facts = {
        "place": place,
        "first": number(first.value or 0),
        "since": short(first.period, telling.teller),
        "last": number(last.value or 0),
        "until": short(last.period, telling.teller),
    }
    if first is last:
        return _("%(place)s: %(last)s in %(until)s") % facts
    return _("%(place)s: %(first)s in %(since)s, %(last)s in %(until)s") % facts
