"""Values over time as columns."""

from __future__ import annotations

from typing import Final

from contactpoint.kit.picturing.axes import AIR, BELOW, Field, draw_time, draw_values, side
from contactpoint.kit.picturing.bands import Bands
from contactpoint.kit.picturing.drawing import Box, Drawing
from contactpoint.kit.picturing.lettering import fitted, measured, said
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Number, Series, Words
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
    foot = _TOP + up + (_TOP if are_said and around.low < 0 else 0)
    field = Field(left, drawing.width, _TOP, foot, around)
    bands = Bands(len(points), field)
    if are_said:
        drawing.hair(left, round(field.y(0)) + 0.5, field.right, "p-zero")
    else:
        draw_values(drawing, field, number)
    draw_time(drawing, field, points, bands.xs)
    _draw(drawing, bands, series)
    last = max(index for index, point in enumerate(points) if point.drawn is not None)
    for index, point in enumerate(points):
        value = point.drawn
        if value is not None and (are_said or index == last):
            _say(drawing, bands, index, value, shown[index], is_strong=index == last)
    return drawing.svg(field.bottom + BELOW)


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
    drawing: Drawing, bands: Bands, index: int, value: float, shown: str, *, is_strong: bool
) -> None:
    shown = fitted(shown, drawing.width / 2, bold=True)[0]
    half = measured(shown, bold=is_strong) / 2
    x = max(half, min(bands.xs[index], drawing.width - half))
    y = bands.field.y(value) + (-10 if value >= 0 else 10)
    drawing.text(x, y, shown, "p-main" if is_strong else "p-value", anchor="middle")
