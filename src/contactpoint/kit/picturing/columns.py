"""Values over time as columns."""

from __future__ import annotations

from collections.abc import Sequence

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Number, Series, Words


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
) -> str:
    """A column for each point, from zero."""
    drawing = Drawing(
        "columns", title=title, description=description, name=name, direction=direction
    )
    return drawing.svg(width, 280)


def stacked(
    series: Sequence[Series],
    *,
    title: str,
    description: str,
    name: str,
    number: Number = str,
    direction: Direction = "ltr",
    words: Words = ENGLISH,
    width: int = WIDE,
) -> str:
    """A column for each label, of the parts that the series give."""
    drawing = Drawing(
        "stacked", title=title, description=description, name=name, direction=direction
    )
    return drawing.svg(width, 280)
