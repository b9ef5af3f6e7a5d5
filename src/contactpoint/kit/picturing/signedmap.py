"""Europe as tiles that each say one of a few things: by sign and pattern as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Words
from contactpoint.kit.picturing.tilemap import COLUMNS, GAP, laid_out

_HIGH: Final = 46
_BAND: Final = 10
_INSIDE: Final = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A place by its `code`; `pattern` is 1 to 6, 0 where it says nothing."""

    code: str
    sign: str = ""
    pattern: int = 0


def signed_tiles(
    said: Sequence[Tile],
    *,
    title: str,
    description: str,
    name: str,
    direction: Direction = "ltr",
    words: Words = ENGLISH,
    width: int = WIDE,
) -> str:
    """A tile for each place, with its sign, above a band of its pattern. What signs mean has to
    stand beside it. East stays at the right in any direction."""
    drawing = Drawing(
        "signed-tiles", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    if not said:
        return drawing.nothing()
    placed = laid_out([one.code for one in said])
    across = (drawing.width + GAP) / COLUMNS - GAP
    down = round(min(across, _HIGH))
    for one, (column, row) in zip(said, placed, strict=True):
        east = COLUMNS - 1 - column if drawing.is_mirrored else column
        _draw(drawing, one, (east * (across + GAP), row * (down + GAP), across, down))
    rows = max(row for _column, row in placed) + 1
    return drawing.svg(rows * (down + GAP) - GAP)


def _draw(drawing: Drawing, one: Tile, box: tuple[float, float, float, float]) -> None:
    x, y, across, down = box
    outline = (x + 0.5, y + 0.5, across - 1, down - 1)
    inside = _INSIDE if not drawing.is_narrow else _INSIDE / 2
    if one.pattern:
        drawing.boxes([outline], f"p-frame p-{one.pattern}", "none")
        band = (x, y + down - _BAND, across, _BAND)
        drawing.boxes([band], f"p-fill p-{one.pattern}", drawing.pattern(one.pattern))
    else:
        drawing.boxes([outline], "p-none", "none")
    middle = y + (down - _BAND) / 2 + 1
    drawing.text(x + inside, middle, one.code, "p-name", room=across / 2)
    drawing.text(x + across - inside, middle, one.sign, "p-name", anchor="end", room=across / 2)
