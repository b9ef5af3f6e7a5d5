"""Europe as tiles of equal size, so that a small country is seen as well as a large one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.lettering import clean, measured, said
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Number, Point, Series, Words

PLACES: Final = {
    code: (column, row)
    for row, line in enumerate((
        "IS .. .. .. NO SE FI",
        ".. .. .. .. .. .. EE",
        "IE UK .. .. DK .. LV",
        ".. .. BE NL DE PL LT",
        ".. .. FR LU CZ SK UA",
        ".. .. CH LI AT HU RO",
        "PT ES .. IT SI HR BG",
        ".. .. .. MT .. EL CY",
    ))
    for column, code in enumerate(line.split())
    if code != ".."
}  # fmt: skip
"""Column and row of each country, by Eurostat's code; any other has its place below."""
COLUMNS: Final = 7
GAP: Final = 3
_HIGH: Final = 46
_TWO_LINES: Final = 38
_LEVELS: Final = 5
_DARK: Final = 4


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
    height: int | None = None,
) -> str:
    """A tile for each point, placed by its `code`, darker the more there are (by the root of the
    value). Each says its value; where one has no room, all show by a bar how much they have, so
    give short numbers. `height` makes the tiles lower, with code and value in one line.

    A country without a figure is hatched. East stays at the right in any direction.
    """
    drawing = Drawing(
        "tiles", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    if all(point.drawn is None for point in series.points):
        return drawing.nothing()
    placed = _placed(series)
    rows = max(row for _point, (_column, row) in placed) + 1
    across = (drawing.width + GAP) / COLUMNS - GAP
    down = max((height + GAP) / rows - GAP, 4) if height else round(min(across, _HIGH))
    look = _Look.of(drawing, across, down, series, number)
    for point, (column, row) in placed:
        east = COLUMNS - 1 - column if drawing.is_mirrored else column
        look.draw(drawing, point, east * (across + GAP), row * (down + GAP))
    return drawing.svg(rows * (down + GAP) - GAP)


@dataclass(frozen=True, slots=True)
class _Look:
    """How all tiles of a map look alike."""

    across: float
    down: float
    inside: float
    most: float
    is_flat: bool
    are_said: bool
    number: Number

    @classmethod
    def of(
        cls, drawing: Drawing, across: float, down: float, series: Series, number: Number
    ) -> _Look:
        is_flat = down < _TWO_LINES
        inside = 3 if drawing.is_narrow else 6
        beside = measured("MM", bold=True) + GAP if is_flat else 0
        room = across - 2 * inside - beside
        are_said = all(measured(said(one, number), size=12) <= room for one in series.points)
        most = max(point.drawn or 0.0 for point in series.points)
        return cls(across, down, inside, most, is_flat, are_said, number)

    def draw(self, drawing: Drawing, point: Point, x: float, y: float) -> None:
        code, room = clean(point.code or point.label), self.across - 2 * self.inside
        left, first = x + self.inside, y + (self.down / 2 if self.is_flat else 13)
        value = point.drawn
        if value is None:
            hole = (x + 0.5, y + 0.5, self.across - 1, self.down - 1)
            drawing.boxes([hole], "p-none", drawing.missing())
            drawing.text(left, first, code, "p-name", room=room)
            drawing.sign("none")
            return
        share = max(value, 0.0) / self.most if self.most > 0 else 0.0
        level = max(1, ceil(_LEVELS * sqrt(share)))
        tone = " p-on" if level >= _DARK else ""
        drawing.boxes([(x, y, self.across, self.down)], f"p-fill p-t{level}")
        if point.is_main:
            drawing.boxes([(x + 1, y + 1, self.across - 2, self.down - 2)], f"p-edge{tone}")
        drawing.text(left, first, code, f"p-name{tone}", room=room)
        if point.is_hollow:
            drawing.dot(left + measured(code, bold=True) + 8, first, 3, f"p-mark{tone}")
            drawing.sign("ring")
        self._draw_value(drawing, said(point, self.number), share, (left, y, room), tone)

    def _draw_value(
        self,
        drawing: Drawing,
        shown: str,
        share: float,
        place: tuple[float, float, float],
        tone: str,
    ) -> None:
        left, y, room = place
        if self.are_said and self.is_flat:
            drawing.text(left + room, y + self.down / 2, shown, f"p-said{tone}", anchor="end")
        elif self.are_said:
            drawing.text(left, y + 29, shown, f"p-said{tone}")
        elif share:
            drawing.boxes([(left, y + self.down - 9, room * share, 3)], f"p-fill{tone}")


def _placed(series: Series) -> list[tuple[Point, tuple[int, int]]]:
    """Each point with its column and row."""
    return [*zip(series.points, laid_out([one.code for one in series.points]), strict=True)]


def laid_out(codes: Sequence[str]) -> list[tuple[int, int]]:
    """Column and row of each; what has no place of its own stands below, in order."""
    found = []
    taken: set[tuple[int, int]] = set()
    further = 0
    lowest = max(row for _column, row in PLACES.values()) + 1
    for code in codes:
        place = PLACES.get(code)
        if place is None or place in taken:
            place = (further % COLUMNS, lowest + further // COLUMNS)
            further += 1
        taken.add(place)
        found.append(place)
    return found
