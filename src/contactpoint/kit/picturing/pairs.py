"""Two values of each place in one row."""

from __future__ import annotations

from typing import Final

from contactpoint.kit.picturing.axes import lanes
from contactpoint.kit.picturing.drawing import LINE, Drawing
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
from contactpoint.kit.picturing.rows import BESIDE, Span, rows_of
from contactpoint.kit.picturing.scales import scale

_HEAD: Final = LINE + 10
_KINDS: Final = ("p-2", "p-1")
_REACH: Final = 5  # of a sign from its middle


def dumbbell(
    series: tuple[Series, Series],
    *,
    title: str,
    description: str,
    name: str,
    number: Number = str,
    direction: Direction = "ltr",
    words: Words = ENGLISH,
    width: int = WIDE,
) -> str:
    """Two values of each label in one row: two periods, or two places. The second is the one that
    counts, a dot; the first is a diamond. Their names stand above, their values outside. A break in
    series since the first is marked between them."""
    drawing = Drawing(
        "dumbbell", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    laid = lanes(series)
    if not laid.values:
        return drawing.nothing()
    rows = rows_of(drawing, [point.label for point in laid.axis], top=_HEAD)
    points = [point for row in laid.rows for point in row if point is not None]
    most = drawing.width / 5
    across = min(max(measured(said(point, number), bold=True) for point in points), most)
    beyond = across + BESIDE + _REACH
    span = Span.between(
        rows.left + beyond, drawing.width - beyond, scale([0, *laid.values], is_tight=True)
    )
    _head(drawing, series)
    for before, after, row in zip(*laid.rows, rows.rows, strict=True):
        drawing.hair(0, row.y - row.height / 2, drawing.width)
        row.draw(drawing)
        pair = [
            (span.x(value), point, kind, fitted(said(point, number), most)[0])
            for point, kind in zip((before, after), _KINDS, strict=True)
            if point is not None and (value := point.drawn) is not None
        ]
        if pair:
            _draw(drawing, row.y, pair)
        else:
            x = span.x(0) - _REACH
            drawing.text(x, row.y, words.no_figure, "p-note", room=drawing.width - x)
    return drawing.svg(rows.bottom)


def _head(drawing: Drawing, series: tuple[Series, Series]) -> None:
    """The names of both, each with its sign."""
    x = 0.0
    for one, kind in zip(series, _KINDS, strict=True):
        named = fitted(clean(one.name), drawing.width / 2 - 36, bold=True)[0]
        _sign(drawing, x + 6, LINE / 2, kind, is_hollow=False)
        drawing.text(x + 16, LINE / 2, named, f"p-name {kind}")
        x += 16 + measured(named, bold=True) + 20


def _draw(drawing: Drawing, y: float, pair: list[tuple[float, Point, str, str]]) -> None:
    """Both signs and the way between them; equal values are said once."""
    pair = sorted(pair, key=lambda one: one[0])
    (left, _least, low, least), (right, _most, high, most) = pair[0], pair[-1]
    drawing.hair(left, y, right, "p-span")
    if len(pair) > 1 and any(point.is_after_break for _x, point, _kind, _said in pair):
        middle = (left + right) / 2
        drawing.lines([((middle, y - 9), (middle, y + 9))], "p-break")
        drawing.sign("break")
    for x, point, kind, _said in pair:
        _sign(drawing, x, y, kind, is_hollow=point.is_hollow)
        if point.is_hollow:
            drawing.sign("ring")
    away = BESIDE + _REACH - 2
    if len(pair) > 1 and least != most:
        drawing.text(left - away, y, least, _strength(low), anchor="end")
    drawing.text(right + away, y, most, _strength(high))


def _strength(kind: str) -> str:
    return "p-main" if kind == "p-1" else "p-value"


def _sign(drawing: Drawing, x: float, y: float, kind: str, *, is_hollow: bool) -> None:
    shape = f"{'p-ring' if is_hollow else 'p-dot'} {kind}"
    if kind == "p-1":
        drawing.dot(x, y, _REACH - 0.5, shape)
    else:
        corners = ((x - _REACH, y), (x, y - _REACH), (x + _REACH, y), (x, y + _REACH))
        drawing.lines([(*corners, corners[0])], shape)
