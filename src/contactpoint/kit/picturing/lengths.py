"""Values by place as bars, a row for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from contactpoint.kit.picturing.drawing import Anchor, Box, Drawing
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
from contactpoint.kit.picturing.rows import BESIDE, Rows, Span, rows_of
from contactpoint.kit.picturing.scales import scale

_THICK: Final = 14
_NOTE: Final = 120
_BEFORE_NOTE: Final = 6


def bars(
    series: Series,
    *,
    title: str,
    description: str,
    name: str,
    number: Number = str,
    direction: Direction = "ltr",
    words: Words = ENGLISH,
    width: int = WIDE,
) -> str:
    """A bar for each point, from zero, with its value at the end, in the order that is given.

    Rows that are main are strong, and the others step back; provisional ones are hatched; a row
    without a figure says so.
    """
    drawing = Drawing(
        "bars", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    points = series.points
    if all(point.drawn is None for point in points):
        return drawing.nothing()
    shown = [fitted(said(point, number), drawing.width / 3)[0] for point in points]
    rows = rows_of(drawing, [point.label for point in points])
    span = _span(drawing, rows, points, shown)
    zero = span.x(0)
    drawing.lines([((zero, 0), (zero, rows.bottom))], "p-zero")
    has_main = any(point.is_main for point in points)
    full: dict[int, list[Box]] = {}
    hollow: dict[int, list[Box]] = {}
    for point, value_said, row in zip(points, shown, rows.rows, strict=True):
        row.draw(drawing, is_main=point.is_main)
        value = point.drawn
        if value is None:
            _say_missing(drawing, zero, row.y, rows.left)
            continue
        end = span.x(value)
        box = (min(zero, end), row.y - _THICK / 2, max(abs(end - zero), 0.5), _THICK)
        colour = 1 if point.is_main or not has_main else 0
        (hollow if point.is_hollow else full).setdefault(colour, []).append(box)
        _write(drawing, point, value_said, end, row.y)
    for colour, boxes in full.items():
        drawing.boxes(boxes, f"p-fill p-{colour}")
    for colour, boxes in hollow.items():
        drawing.boxes(boxes, f"p-frame p-{colour}", drawing.hollow(colour))
        drawing.sign("frame")
    return drawing.svg(rows.bottom)


def _span(drawing: Drawing, rows: Rows, points: Sequence[Point], shown: Sequence[str]) -> Span:
    """What is left beside the names for the longest bars and the values beyond their ends."""
    values = [point.drawn or 0.0 for point in points]
    beyond = [
        measured(one, bold=point.is_main) + BESIDE + _note(drawing, point)
        for point, one in zip(points, shown, strict=True)
    ]
    before = [room for value, room in zip(values, beyond, strict=True) if value < 0]
    after = [room for value, room in zip(values, beyond, strict=True) if value >= 0]
    left = rows.left + max(before, default=0)
    right = drawing.width - max(after, default=0)
    return Span.between(left, right, scale(values, is_tight=True))


def _say_missing(drawing: Drawing, zero: float, y: float, left: float) -> None:
    """On the side of zero that has more room."""
    before, after = zero - left - BESIDE, drawing.width - zero - BESIDE
    x = zero + BESIDE if after >= before else zero - BESIDE
    anchor: Anchor = "start" if after >= before else "end"
    room = max(before, after)
    drawing.text(x, y, drawing.words.no_figure, "p-note", anchor=anchor, room=room)


def _note(drawing: Drawing, point: Point) -> float:
    """The room of a note; there is none for notes in a narrow picture."""
    note = clean(point.note)
    return 0 if drawing.is_narrow or not note else min(measured(note), _NOTE) + _BEFORE_NOTE


def _write(drawing: Drawing, point: Point, shown: str, end: float, y: float) -> None:
    """A value beyond the end of its bar, and its note after it."""
    across = measured(shown, bold=point.is_main)
    is_before = (point.drawn or 0) < 0
    x = end - BESIDE - across if is_before else end + BESIDE
    drawing.text(x, y, shown, "p-main" if point.is_main else "p-value")
    if _note(drawing, point):
        x = x - _BEFORE_NOTE if is_before else x + across + _BEFORE_NOTE
        drawing.text(x, y, point.note, "p-note", anchor="end" if is_before else "start", room=_NOTE)
