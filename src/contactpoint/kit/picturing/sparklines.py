"""A line as small as a word."""

from __future__ import annotations

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Number, Series, Words


def sparkline(
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
    """The run of a series, without axes; its last point is marked."""
    drawing = Drawing(
        "sparkline", title=title, description=description, name=name, direction=direction
    )
    return drawing.svg(width, 28)
