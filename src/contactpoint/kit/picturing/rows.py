"""Rows with their names: what bars and dumbbells have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from contactpoint.kit.picturing.drawing import LINE, Drawing
from contactpoint.kit.picturing.lettering import clean, fitted, measured
from contactpoint.kit.picturing.scales import Scale

BESIDE: Final = 8
"""From a bar or a dot to its value."""
_AIR: Final = 10
_LEAST: Final = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A name, in up to two lines, around the height `y`."""

    lines: Sequence[str]
    y: float
    height: float

    def draw(self, drawing: Drawing, *, is_main: bool = False) -> None:
        top = self.y - LINE * (len(self.lines) - 1) / 2
        for number, words in enumerate(self.lines):
            drawing.text(0, top + number * LINE, words, "p-name" if is_main else "p-label")


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows, where their names end, and where the last one does."""

    rows: Sequence[Row]
    left: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Span:
    """Where values are drawn, from side to side."""

    left: float
    right: float
    scale: Scale

    @classmethod
    def between(cls, left: float, right: float, scale: Scale) -> Span:
        """Never without width, however long names and values are."""
        return cls(left, max(right, left + _LEAST), scale)

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * self.scale.share(value)


def rows_of(drawing: Drawing, labels: Sequence[str], top: float = 0) -> Rows:
    """From `top` down; a name that needs two lines makes its row higher."""
    most = drawing.width * (0.38 if drawing.is_narrow else 0.34)
    rows, y = [], top
    for label in labels:
        lines = fitted(clean(label), most, lines=2, bold=True)
        height = LINE * len(lines) + _AIR
        rows.append(Row(lines, y + height / 2, height))
        y += height
    left = max(measured(line, bold=True) for row in rows for line in row.lines)
    return Rows(rows, left + _AIR, y)
