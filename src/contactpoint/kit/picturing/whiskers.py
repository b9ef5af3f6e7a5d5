"""Shares with how sure they are, a row for each, one or several series beneath each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from contactpoint.kit.picturing.axes import COLOURS, lanes
from contactpoint.kit.picturing.drawing import LINE, Drawing, Place
from contactpoint.kit.picturing.lettering import clean, fitted, measured, said
from contactpoint.kit.picturing.points import (
    ENGLISH,
    WIDE,
    Direction,
    Number,
    Point,
    Series,
    Words,
)
from contactpoint.kit.picturing.rows import BESIDE, Row, Span
from contactpoint.kit.picturing.scales import scale

_EACH: Final = 18
_AIR: Final = 12
_HEAD: Final = LINE + 10
_END: Final = 3.5
_REACH: Final = 5


def whiskers(
    series: Sequence[Series],
    *,
    title: str,
    description: str,
    name: str,
    number: Number = str,
    direction: Direction = "ltr",
    words: Words = ENGLISH,
    width: int = WIDE,
) -> str:
    """For each label and series a sign at the value, and a line from its point's `low` to its
    `high`; the value stands at the end. The last series is the one that counts, a dot; those before
    are diamonds. Their names stand above where there are several."""
    drawing = Drawing(
        "whiskers", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    laid = lanes(series)
    if not laid.values:
        return drawing.nothing()
    top = _head(drawing, series) if len(series) > 1 else 0.0
    rows = _rows(drawing, [point.label for point in laid.axis], len(series), top)
    left = max(measured(line, bold=True) for row in rows for line in row.lines) + BESIDE + _REACH
    points = [point for row in laid.rows for point in row if point is not None]
    shown = [fitted(said(point, number), drawing.width / 4)[0] for point in points]
    right = drawing.width - max(map(measured, shown)) - 2 * BESIDE
    ends = [end for point in points for end in _ends(point)]
    span = Span.between(left, right, scale([0, *laid.values, *ends], is_tight=True))
    zero, bottom = span.x(0), rows[-1].y + rows[-1].height / 2
    drawing.lines([((zero, top), (zero, bottom))], "p-zero")
    for at, row in enumerate(rows):
        row.draw(drawing)
        if at:
            edge = row.y - row.height / 2
            drawing.hair(0, round(edge) + 0.5, drawing.width)
        first = row.y - _EACH * (len(series) - 1) / 2
        for number_of, line in enumerate(laid.rows):
            y, colour = first + number_of * _EACH, _colour(number_of, len(series))
            _draw(drawing, line[at], y, colour=colour, span=span, number=number)
    return drawing.svg(bottom)


def _colour(at: int, count: int) -> int:
    """The last is the first colour, the one before it the second."""
    return (count - 1 - at) % COLOURS + 1


def _head(drawing: Drawing, series: Sequence[Series]) -> float:
    """The names of all, each with its sign, in as many lines as they need."""
    x, y = 0.0, LINE / 2
    for at, one in enumerate(series):
        named = fitted(clean(one.name), drawing.width - 24, bold=True)[0]
        across = 16 + measured(named, bold=True)
        if x and x + across > drawing.width:
            x, y = 0.0, y + LINE
        _sign(drawing, (x + 6, y), _colour(at, len(series)))
        drawing.text(x + 16, y, named, f"p-name p-{_colour(at, len(series))}")
        x += across + 20
    return y - LINE / 2 + _HEAD


def _rows(drawing: Drawing, labels: Sequence[str], count: int, top: float) -> list[Row]:
    most = drawing.width * (0.38 if drawing.is_narrow else 0.34)
    rows, y = [], top
    for label in labels:
        lines = fitted(clean(label), most, lines=3, bold=True)
        height = max(LINE * len(lines), _EACH * count) + _AIR
        rows.append(Row(lines, y + height / 2, height))
        y += height
    return rows


def _ends(point: Point) -> list[float]:
    """Of its line; none where it has no value."""
    if point.drawn is None:
        return []
    return [end for end in (point.low, point.high) if end is not None]


def _draw(
    drawing: Drawing, point: Point | None, y: float, *, colour: int, span: Span, number: Number
) -> None:
    if point is None:
        return
    zero = span.x(0)
    if point.drawn is None:
        room = drawing.width - zero - BESIDE
        drawing.text(zero + BESIDE, y, drawing.words.no_figure, "p-note", room=room)
        return
    x = span.x(point.drawn)
    low, high = (span.x(end) for end in (min(_ends(point), default=point.drawn),
                                         max(_ends(point), default=point.drawn)))  # fmt: skip
    if high > low:
        ends = [[(end, y - _END), (end, y + _END)] for end in (low, high)]
        drawing.lines([[(low, y), (high, y)], *ends], "p-span")
    _sign(drawing, (x, y), colour, is_hollow=point.is_hollow)
    if point.is_hollow:
        drawing.sign("ring")
    kind = "p-main" if colour == 1 else "p-value"
    drawing.text(max(high, x + _REACH) + BESIDE, y, said(point, number), kind,
                 room=drawing.width - max(high, x + _REACH) - BESIDE)  # fmt: skip


def _sign(drawing: Drawing, place: Place, colour: int, *, is_hollow: bool = False) -> None:
    x, y = place
    if is_hollow:
        drawing.dot(x, y, _REACH - 0.5, f"p-ring p-{colour}")
        return
    if colour == 1:
        drawing.dots([place], "p-round p-1")
        return
    diamond = [(x - _REACH, y), (x, y - _REACH), (x + _REACH, y), (x, y + _REACH), (x - _REACH, y)]
    drawing.lines([diamond], f"p-dot p-{colour}")
