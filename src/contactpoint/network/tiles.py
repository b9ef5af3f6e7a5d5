"""The map of the network: one square a state, laid out as the states lie to one another.

Drawn by us: no boundary is shown, so none can be wrong, every state is as large as any other, and
it reads on a telephone. The table beside it says the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SIDE: Final = 40
"""Units of the drawing from one square to the next."""
PLACES: Final[dict[str, tuple[int, int]]] = {
    "IS": (1, 0), "NO": (4, 0), "SE": (5, 0), "FI": (6, 0),
    "EE": (6, 1),
    "IE": (0, 2), "GB": (1, 2), "DK": (4, 2), "LV": (6, 2),
    "NL": (3, 3), "DE": (4, 3), "PL": (5, 3), "LT": (6, 3),
    "BE": (2, 4), "LU": (3, 4), "CZ": (4, 4), "SK": (5, 4), "UA": (7, 4),
    "FR": (2, 5), "CH": (3, 5), "AT": (4, 5), "HU": (5, 5), "RO": (6, 5), "MD": (7, 5),
    "PT": (0, 6), "ES": (1, 6), "IT": (3, 6), "SI": (4, 6), "HR": (5, 6), "RS": (6, 6),
    "BG": (7, 6), "GE": (9, 6),
    "BA": (4, 7), "ME": (5, 7), "XK": (6, 7), "MK": (7, 7), "TR": (8, 7), "AM": (9, 7),
    "MT": (3, 8), "AL": (5, 8), "GR": (6, 8), "CY": (8, 8),
}  # fmt: skip
"""Column and row of each square; a state without a place stands in the table only."""
ALWAYS: Final = frozenset({"DK"})
"""Drawn though outside: of the states of the Union the one that does not take part."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A square; `x` and `y` are the units of its upper left corner."""

    code: str
    status: str
    year: str
    says: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The squares and the size of the drawing that holds them."""

    tiles: list[Tile]
    width: int
    height: int


def grid(states: Iterable[tuple[str, str, str, str]]) -> Grid:
    """The map from code, status, day or year of joining, and a sentence for each state."""
    tiles = [
        Tile(code, status, joined[:4], says, PLACES[code][0] * SIDE, PLACES[code][1] * SIDE)
        for code, status, joined, says in states
        if code in PLACES and (status != "none" or code in ALWAYS)
    ]
    width = max((tile.x for tile in tiles), default=0) + SIDE
    height = max((tile.y for tile in tiles), default=0) + SIDE
    return Grid(sorted(tiles, key=lambda tile: (tile.y, tile.x)), width, height)
