"""Europe as tiles of equal size, so that a small country is seen as well as a large one."""

from __future__ import annotations

from math import ceil, sqrt
from typing import Final

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.lettering import measured, said
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
_COLUMNS: Final = 7
_GAP: Final = 3
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
) -> str:
    """A tile for each point, placed by its `code`, darker the more there are (by the root of the
    value). Each says its value; where one has no room, all show by a bar how much they have:
    give short numbers. A country without a figure is hatched. East stays right in any direction."""
    drawing = Drawing(
        "tiles", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    if all(point.drawn is None for point in series.points):
        return drawing.nothing()
    across = (drawing.width + _GAP) / _COLUMNS - _GAP
    down = round(min(across, 46))
    placed = _placed(series)
    shown = [said(point, number) for point, _place in placed]
    inside = 3 if drawing.is_narrow else 6
    room = across - 2 * inside
    are_said = all(measured(one, size=12) <= room for one in shown)
    most = max(point.drawn or 0.0 for point, _place in placed)
    for (point, (column, row)), words_ in zip(placed, shown, strict=True):
        east = _COLUMNS - 1 - column if drawing.is_mirrored else column
        x, y = east * (across + _GAP), row * (down + _GAP)
        value = point.drawn
        code = point.code or point.label
        if value is None:
            drawing.boxes([(x + 0.5, y + 0.5, across - 1, down - 1)], "p-none", drawing.missing())
            drawing.text(x + inside, y + 13, code, "p-name", room=room)
            drawing.sign("none")
            continue
        share = max(value, 0.0) / most if most > 0 else 0.0
        level = max(1, ceil(_LEVELS * sqrt(share)))
        tone = " p-on" if level >= _DARK else ""
        drawing.boxes([(x, y, across, down)], f"p-fill p-t{level}")
        if point.is_main:
            drawing.boxes([(x + 1, y + 1, across - 2, down - 2)], f"p-edge{tone}")
        drawing.text(x + inside, y + 13, code, f"p-name{tone}", room=room)
        if are_said:
            drawing.text(x + inside, y + 29, words_, f"p-said{tone}")
        elif share:
            drawing.boxes([(x + inside, y + down - 9, room * share, 3)], f"p-fill{tone}")
        if point.is_hollow:
            drawing.dot(x + across - 8, y + 9, 3, f"p-mark{tone}")
            drawing.sign("ring")
    return drawing.svg((max(place[1] for _point, place in placed) + 1) * (down + _GAP) - _GAP)


def _placed(series: Series) -> list[tuple[Point, tuple[int, int]]]:
    """Each point with its column and row; what has no place of its own stands below, in order."""
    found = []
    taken: set[tuple[int, int]] = set()
    further = 0
    lowest = max(row for _column, row in PLACES.values()) + 1
    for point in series.points:
        place = PLACES.get(point.code)
        if place is None or place in taken:
            place = (further % _COLUMNS, lowest + further // _COLUMNS)
            further += 1
        taken.add(place)
        found.append((point, place))
    return found
