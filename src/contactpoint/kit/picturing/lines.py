"""Values over time as lines."""

from __future__ import annotations

from collections.abc import Sequence

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Number, Series, Words


def line(
    series: Sequence[Series],
    *,
    title: str,
    description: str,
    name: str,
    number: Number = str,
    direction: Direction = "ltr",
    words: Words = ENGLISH,
    width: int = WIDE,
    from_zero: bool = True,
) -> str:
    """Values over time, a line for each series, named at its end."""
    drawing = Drawing("line", title=title, description=description, name=name, direction=direction)
    return drawing.svg(width, 280)
