"""Columns side by side: where each stands, and the marks that belong to one."""

from __future__ import annotations

from typing import Final

from contactpoint.kit.picturing.axes import Field
from contactpoint.kit.picturing.drawing import Box, Drawing

_SHARE: Final = 0.74
_WIDEST: Final = 56
_LOW: Final = 6  # the sign of a missing figure, which must not look like a column


class Bands:
    """So many columns over the width of a field."""

    def __init__(self, count: int, field: Field) -> None:
        self.field = field
        self.step = (field.right - field.left) / count
        self.xs = [field.left + self.step * (index + 0.5) for index in range(count)]
        self.across = min(max(self.step * _SHARE, 0.5), _WIDEST)

    def box(self, index: int, start: float, end: float) -> Box:
        """The column, or the part of one, from one value to another; never too thin to be seen."""
        top, foot = sorted((self.field.y(start), self.field.y(end)))
        return self.xs[index] - self.across / 2, top, self.across, max(foot - top, 0.5)

    def mark_missing(self, drawing: Drawing, index: int) -> None:
        foot = self.field.y(0)
        place = (self.xs[index] - self.across / 2, foot - _LOW, self.across, _LOW)
        drawing.boxes([place], "p-none", drawing.missing())
        drawing.sign("none")

    def mark_break(self, drawing: Drawing, index: int) -> None:
        x = self.xs[index] - self.step / 2
        drawing.lines([((x, self.field.top), (x, self.field.bottom))], "p-break")
        drawing.sign("break")
