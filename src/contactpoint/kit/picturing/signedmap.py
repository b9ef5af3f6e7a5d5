"""Europe as tiles that each say one of a few things: by sign and pattern as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from contactpoint.kit.picturing.drawing import Drawing
from contactpoint.kit.picturing.points import ENGLISH, WIDE, Direction, Words
from contactpoint.kit.picturing.tilemap import COLUMNS, GAP, PLACES, laid_out

_HIGH: Final = 46
_BAND: Final = 10
_INSIDE: Final = 6
_CODE: Final = 20
"""What two letters take."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A place by its `code`; `pattern` is 1 to 6, `more` are those of a place that says several
    things. One with a sign and no pattern chose none; one with neither says nothing."""

    code: str
    sign: str = ""
    pattern: int = 0
    more: tuple[int, ...] = ()


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
    """A tile for each place, with its sign, above a band of its pattern or patterns, among the
    others, which say nothing. What signs mean has to stand beside it. East stays at the right in
    any direction.
    """
    drawing = Drawing(
        "signed-tiles", title=title, description=description, name=name, direction=direction,
        words=words, width=width,
    )  # fmt: skip
    if not said:
        return drawing.nothing()
    there = {one.code for one in said}
    every = [*said, *(Tile(code) for code in PLACES if code not in there)]
    placed = laid_out([one.code for one in every])
    across = (drawing.width + GAP) / COLUMNS - GAP
    down = round(min(across, _HIGH))
    for one, (column, row) in zip(every, placed, strict=True):
        east = COLUMNS - 1 - column if drawing.is_mirrored else column
        _draw(drawing, one, (east * (across + GAP), row * (down + GAP), across, down))
    rows = max(row for _column, row in placed) + 1
    return drawing.svg(rows * (down + GAP) - GAP)


def _draw(drawing: Drawing, one: Tile, box: tuple[float, float, float, float]) -> None:
    x, y, across, down = box
    outline = (x + 0.5, y + 0.5, across - 1, down - 1)
    inside = _INSIDE / 2 if drawing.is_narrow else _INSIDE
    middle = y + (down - _BAND) / 2 + 1
    if not one.pattern and not one.sign:
        drawing.boxes([outline], "p-grid", "none")
        drawing.text(x + inside, middle, one.code, "p-note", room=across - 2 * inside)
        return
    patterns = (one.pattern, *one.more) if one.pattern else ()
    kind = f"p-frame p-{one.pattern}" if len(patterns) == 1 else "p-grid"
    drawing.boxes([outline], kind, "none")
    part = across / max(len(patterns), 1)
    for at, pattern in enumerate(patterns):
        filled = drawing.pattern(pattern)
        band = (x + at * part, y + down - _BAND, part, _BAND)
        drawing.boxes([band], f"p-{pattern}" if filled else f"p-fill p-{pattern}", filled)
    room = across / 2 if len(patterns) < 2 else across - 2 * inside - _CODE
    drawing.text(x + inside, middle, one.code, "p-name", room=across / 2)
    drawing.text(x + across - inside, middle, one.sign, "p-name", anchor="end", room=room)
