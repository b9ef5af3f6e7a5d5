"""What stands around lines and columns: round values at the side, time below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.lettering import clean, measured
from contactpoint.kit.picturing.points import Number, Point, Series
from contactpoint.kit.picturing.scales import Scale

COLOURS: Final = 6
"""Of series, after which they begin again."""
AIR: Final = 12
"""Between two words of an axis, at least."""
BELOW: Final = 24
"""The height that the axis of time takes."""


class Field:
    """Where values are drawn: from left to right and from top to bottom."""

    def __init__(self, left: float, right: float, top: float, bottom: float, scale: Scale) -> None:
        self.left, self.right = left, right
        self.top, self.bottom = top, bottom
        self.scale = scale
        self._low = scale.low
        self._unit = (bottom - top) / (scale.high - scale.low)

    def y(self, value: float) -> float:
        return self.bottom - (value - self._low) * self._unit


@dataclass(frozen=True, slots=True)
class Lanes:
    """Several series over the same labels: for each label a point of the axis, and for each series
    what it has there."""

    axis: Sequence[Point]
    rows: Sequence[Sequence[Point | None]]

    @property
    def values(self) -> list[float]:
        return [
            point.drawn
            for row in self.rows
            for point in row
            if point is not None and point.drawn is not None
        ]


def lanes(series: Sequence[Series]) -> Lanes:
    """Laid beside each other by label, in the order in which labels come first."""
    first = series[0].points if series else ()
    labels = [point.label for point in first]
    if all([point.label for point in one.points] == labels for one in series[1:]):
        return Lanes(first, [one.points for one in series])
    axis: dict[str, Point] = {}
    for one in series:
        for point in one.points:
            axis.setdefault(point.label, point)
    found = [{point.label: point for point in reversed(one.points)} for one in series]
    return Lanes(list(axis.values()), [[row.get(label) for label in axis] for row in found])


def side(scale: Scale, number: Number) -> float:
    """The room that the values at the side take."""
    return max(measured(clean(number(tick))) for tick in scale.ticks) + 10


def draw_values(drawing: Drawing, field: Field, number: Number) -> None:
    """Hairlines with their values; zero is stronger."""
    for tick in field.scale.ticks:
        y = round(field.y(tick)) + 0.5
        drawing.hair(field.left, y, field.right, "p-zero" if tick == 0 else "p-grid")
        drawing.text(field.left - 10, y, number(tick), "p-tick", anchor="end", room=field.left)


def draw_time(drawing: Drawing, y: float, axis: Sequence[Point], xs: Sequence[float]) -> None:
    """From the height `y` down, as many labels as have room, evenly, and always the last."""
    ticked = [index for index, point in enumerate(axis) if clean(point.tick)]
    chosen = ticked or list(range(len(axis)))
    said = [clean(axis[index].tick or axis[index].label) for index in chosen]
    spans = [
        _inside(xs[index], measured(one), drawing.width)
        for index, one in zip(chosen, said, strict=True)
    ]
    y += 0.5
    for place in _even(spans):
        index, (start, end) = chosen[place], spans[place]
        drawing.lines([((xs[index], y), (xs[index], y + 5))], "p-grid")
        drawing.text(
            (start + end) / 2, y + 15, said[place], "p-tick", anchor="middle", room=drawing.width
        )


def _inside(x: float, across: float, most: float) -> tuple[float, float]:
    start = max(0.0, min(x - across / 2, most - across))
    return start, start + across


def _even(spans: Sequence[tuple[float, float]]) -> list[int]:
    """Every so-manieth from the last back, so that none comes near another."""
    last = len(spans) - 1
    for step in range(1, len(spans) + 1):
        kept = list(range(last, -1, -step))[::-1]
        if all(spans[one][1] + AIR <= spans[next_][0] for one, next_ in pairwise(kept)):
            return kept
    return []
