"""Europe as tiles of equal size."""

from __future__ import annotations

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Number, Series, Words


def tiles(
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
    """A tile for each country, placed by its code, darker where there are more."""
    drawing = Drawing("tiles", title=title, description=description, name=name, direction=direction)
    return drawing.svg(width, 400)
