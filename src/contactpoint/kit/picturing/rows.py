"""Values by place, a row for each."""

from __future__ import annotations

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Number, Series, Words


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
    """A bar for each point, from zero, with its value at the end."""
    drawing = Drawing("bars", title=title, description=description, name=name, direction=direction)
    return drawing.svg(width, 280)


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
    """Two values of each label in one row: two periods, or two places."""
    drawing = Drawing(
        "dumbbell", title=title, description=description, name=name, direction=direction
    )
    return drawing.svg(width, 280)
