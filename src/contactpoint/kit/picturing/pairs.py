"""Two values of each place in one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from contactpoint.kit.picturing.axes import lanes
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
from contactpoint.kit.picturing.rows import BESIDE, Span, rows_of
from contactpoint.kit.picturing.scales import scale

_HEAD: Final = LINE + 10
_FIRST: Final = "p-2"
_SECOND: Final = "p-1"
_STRENGTH: Final = {_FIRST: "p-value", _SECOND: "p-main"}
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
    said_all = [
        [None if point is None else said(point, number) for point in row] for row in laid.rows
    ]
    rows = rows_of(drawing, [point.label for point in laid.axis], top=_HEAD)
    most = drawing.width / 5
    across = max(measured(one, bold=True) for row in said_all for one in row if one)
    beyond = min(across, most) + BESIDE + _REACH
    around = scale([0, *laid.values], is_tight=True)
    span = Span.between(rows.left + beyond, drawing.width - beyond, around)
    marks = _Marks()
    _head(drawing, marks, series)
    for row, before, after, first, second in zip(rows.rows, *laid.rows, *said_all, strict=True):
        row.draw(drawing)
        pair = [
            _Value(span.x(point.drawn), kind, point, fitted(shown or "", most)[0])
            for kind, point, shown in ((_FIRST, before, first), (_SECOND, after, second))
            if point is not None and point.drawn is not None
        ]
        if pair:
            marks.add(row.y, pair)
            _write(drawing, row.y, pair)
        else:
            x = span.x(0) - _REACH
            drawing.text(x, row.y, words.no_figure, "p-note", room=drawing.width - x)
    tops = [row.y - row.height / 2 for row in rows.rows]
    drawing.lines([((0, y), (drawing.width, y)) for y in tops], "p-grid")
    marks.draw(drawing)
    return drawing.svg(rows.bottom)


@dataclass(frozen=True, slots=True)
class _Value:
    """One of the two of a row: where it stands, and how it is said."""

    x: float
    kind: str
    point: Point
    shown: str


class _Marks:
    """The signs of all rows and the ways between them: those of a kind are one shape."""

    def __init__(self) -> None:
        self._spans: list[tuple[Place, Place]] = []
        self._breaks: list[tuple[Place, Place]] = []
        self._signs: dict[tuple[str, bool], list[Place]] = {}

    def add(self, y: float, pair: Sequence[_Value]) -> None:
        for one in pair:
            self.sign(one.x, y, one.kind, is_hollow=one.point.is_hollow)
        if len(pair) > 1:
            one, other = pair
            self._spans.append(((one.x, y), (other.x, y)))
            if other.point.is_after_break:
                middle = (one.x + other.x) / 2
                self._breaks.append(((middle, y - 9), (middle, y + 9)))

    def sign(self, x: float, y: float, kind: str, *, is_hollow: bool = False) -> None:
        self._signs.setdefault((kind, is_hollow), []).append((x, y))

    def draw(self, drawing: Drawing) -> None:
        drawing.lines(self._spans, "p-span")
        drawing.lines(self._breaks, "p-break")
        if self._breaks:
            drawing.sign("break")
        for (kind, is_hollow), places in self._signs.items():
            if is_hollow:
                drawing.sign("ring")
            if kind == _FIRST:
                drawing.lines(map(_diamond, places), f"{'p-ring' if is_hollow else 'p-dot'} {kind}")
            elif is_hollow:
                for x, y in places:
                    drawing.dot(x, y, _REACH - 0.5, f"p-ring {kind}")
            else:
                drawing.dots(places, f"p-round {kind}")


def _diamond(place: Place) -> list[Place]:
    x, y = place
    return [(x - _REACH, y), (x, y - _REACH), (x + _REACH, y), (x, y + _REACH), (x - _REACH, y)]


def _head(drawing: Drawing, marks: _Marks, series: tuple[Series, Series]) -> None:
    """The names of both, each with its sign."""
    x = 0.0
    for one, kind in zip(series, (_FIRST, _SECOND), strict=True):
        named = fitted(clean(one.name), drawing.width / 2 - 36, bold=True)[0]
        marks.sign(x + 6, LINE / 2, kind)
        drawing.text(x + 16, LINE / 2, named, f"p-name {kind}")
        x += 16 + measured(named, bold=True) + 20


def _write(drawing: Drawing, y: float, pair: Sequence[_Value]) -> None:
    """The values outside of their signs; equal ones are said once."""
    left, right = sorted((pair[0], pair[-1]), key=lambda one: one.x)
    away = BESIDE + _REACH - 2
    if left.shown != right.shown:
        drawing.text(left.x - away, y, left.shown, _STRENGTH[left.kind], anchor="end")
    drawing.text(right.x + away, y, right.shown, _STRENGTH[right.kind])
