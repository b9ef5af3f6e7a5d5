"""Values over time as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from contactpoint.kit.picturing.axes import AIR, BELOW, Field, draw_time, draw_values, side
from contactpoint.kit.picturing.bands import Bands
from contactpoint.kit.picturing.drawing import LINE, Box, Drawing
from contactpoint.kit.picturing.lettering import fitted, measured, said
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Number, Point, Series, Words
from contactpoint.kit.picturing.scales import scale

_TOP: Final = 20


def columns(
    series: Series,
    *,
    title: str,
    description: str,
    name: str,
    number: Number = str,
    direction: Direction = "ltr",
    words: Words = ENGLISH,
    width: int = WIDE,
    height: int | None = None,
) -> str:
    """A column for each point, from zero. Values stand on the columns where all have room, and at
    the side where they haven't; the last one is always said."""
    drawing = Drawing(
        "columns", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    points = series.points
    values = [value for point in points if (value := point.drawn) is not None]
    if not values:
        return drawing.nothing()
    shown = [said(point, number) for point in points]
    are_said = max(map(measured, shown)) + AIR <= drawing.width / len(points)
    around = scale(values, is_tight=are_said)
    left = 0.0 if are_said else min(side(around, number), drawing.width / 3)
    up = height or (180 if drawing.is_narrow else 220)
    field = Field(left, drawing.width, _TOP, _TOP + up, around)
    foot = field.bottom + (LINE if around.low < 0 else 0)  # a value may stand below its column
    bands = Bands(len(points), field)
    if are_said:
        drawing.hair(left, round(field.y(0)) + 0.5, field.right, "p-zero")
    else:
        draw_values(drawing, field, number)
    draw_time(drawing, foot, points, bands.xs)
    _draw(drawing, bands, series)
    last = max(index for index, point in enumerate(points) if point.drawn is not None)
    for index, point in enumerate(points):
        if point.drawn is not None and (are_said or index == last):
            _say(drawing, bands, points, index, shown[index], is_last=index == last)
    return drawing.svg(foot + BELOW)


def _draw(drawing: Drawing, bands: Bands, series: Series) -> None:
    """All columns of a kind are one shape."""
    has_main = any(point.is_main for point in series.points)
    full: dict[int, list[Box]] = {}
    hollow: dict[int, list[Box]] = {}
    for index, point in enumerate(series.points):
        if point.is_after_break:
            bands.mark_break(drawing, index)
        value = point.drawn
        if value is None:
            bands.mark_missing(drawing, index)
            continue
        colour = 1 if point.is_main or not has_main else 0
        kind = hollow if point.is_hollow else full
        kind.setdefault(colour, []).append(bands.box(index, 0, value))
    for colour, boxes in full.items():
        drawing.boxes(boxes, f"p-fill p-{colour}")
    for colour, boxes in hollow.items():
        drawing.boxes(boxes, f"p-frame p-{colour}", drawing.hollow(colour))
        drawing.sign("frame")


def _say(
    drawing: Drawing,
    bands: Bands,
    points: Sequence[Point],
    index: int,
    shown: str,
    *,
    is_last: bool,
) -> None:
    """The value beyond the end of its column, and of those beside it that the words reach."""
    shown = fitted(shown, drawing.width / 2, bold=True)[0]
    half = measured(shown, bold=is_last) / 2
    x = max(half, min(bands.xs[index], drawing.width - half))
    value = points[index].drawn or 0.0
    near = [
        point.drawn or 0.0
        for middle, point in zip(bands.xs, points, strict=True)
        if abs(middle - x) < half + bands.across / 2
    ]
    y = bands.field.y(max(near)) - 10 if value >= 0 else bands.field.y(min(near)) + 10
    drawing.text(x, y, shown, "p-main" if is_last else "p-value", anchor="middle")
