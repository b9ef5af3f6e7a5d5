"""How wide words are, before any browser has set them: what fits, and what would meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final

from contactpoint.kit.picturing.points import Number, Point

SIZE: Final = 13
"""Of all letters of a picture but those of the axis of time, in units of the drawing."""
_BOLDER: Final = 1.045
_SPARE: Final = 1.02  # of kerning left out, and of letters set a little wider by a substitute face
_MOST_LETTERS: Final = 200

# Advances of Source Sans 3, in hundredths of its size, rounded up.
_ADVANCES: Final = {
    10: "\u202f", 20: " \u00a0", 25: "',.:;ij|·’ı", 26: "Il", 28: "!", 30: "()[]f{}ł", 32: "-",
    34: "rt", 36: "/\\", 42: '*"?sz', 44: "x“”«»", 46: "cvy", 48: "JLY–",
    50: "#$+0123456789<=>F^_aegk~−×€", 52: "EVX", 54: "ASTZ`hnou", 56: "PRbdpqđþøð", 58: "BCKß",
    60: "&", 62: "DG", 64: "NU", 66: "HOQØ‰", 72: "Mw", 78: "Wæ", 82: "%mÆ", 84: "@œ", 96: "…—",
}  # fmt: skip
_KNOWN: Final = {letter: width / 100 for width, letters in _ADVANCES.items() for letter in letters}
# Means of the other scripts, a little above: from, to, width.
_SCRIPTS: Final = (
    (0x0300, 0x036F, 0.0), (0x200B, 0x200F, 0.0), (0x061C, 0x061C, 0.0),
    (0x0370, 0x03FF, 0.57), (0x0400, 0x052F, 0.58), (0x0530, 0x058F, 0.70),
    (0x0600, 0x06FF, 0.46), (0x10A0, 0x10FF, 0.66), (0x1200, 0x139F, 0.66), (0x2E80, 0x9FFF, 1.0),
    (0xAC00, 0xD7AF, 1.0), (0xF900, 0xFAFF, 1.0), (0xFF00, 0xFF60, 1.0),
)  # fmt: skip
_OTHER: Final = 0.62
# What XML can't hold, and marks that turn the direction of all that comes after them.
_UNFIT: Final = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
    "|[\\u202a-\\u202e\\u2066-\\u2069\\ufeff]"
)
_SPACES: Final = re.compile(r"[ \t\n\r]+")


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """A label as it can stand in a picture: in one line, without what acts unseen."""
    return _SPACES.sub(" ", _UNFIT.sub("", text)).strip()


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """As it stands in XML."""
    return escape(text)


def said(point: Point, number: Number) -> str:
    """The value of a point in the reader's language; nothing where it has none."""
    if point.value is None or point.drawn is None:
        return ""
    return clean(number(point.value))


@lru_cache(maxsize=4096)
def measured(text: str, *, bold: bool = False, size: int = SIZE) -> float:
    """About how wide a text is set, in units of the drawing; rather more than less."""
    if len(text) > _MOST_LETTERS:
        return len(text) * size * _OTHER
    advances = sum(map(_ADVANCE_OF, text))
    return advances * size * _SPARE * (_BOLDER if bold else 1)


def fitted(text: str, room: float, *, lines: int = 1, bold: bool = False) -> list[str]:
    """A text in so many lines at most; what finds no place gives way to an ellipsis."""
    if measured(text, bold=bold) <= room or not text:
        return [text]
    found: list[str] = []
    rest = text.split(" ")
    while rest and len(found) < lines - 1:
        count = 1
        while count < len(rest) and measured(" ".join(rest[: count + 1]), bold=bold) <= room:
            count += 1
        found.append(_cut(" ".join(rest[:count]), room, bold=bold))
        rest = rest[count:]
    if rest:
        found.append(_cut(" ".join(rest), room, bold=bold))
    return found


def parted(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Where things of those heights stand, as near as can be to where they want to (their middle),
    between `low` and `high`, and none on another. They keep their order.

    Things that would meet move as one: the middle of a group is the mean of what its members want,
    which is the nearest in squares (as in isotonic regression). What is too much for the place
    runs over at its end.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    groups: list[tuple[float, float, list[int]]] = []  # sum of wished starts, height, members
    for index in order:
        wish, height, members = wanted[index] - heights[index] / 2, heights[index], [index]
        while groups and _start(groups[-1], low, high) + groups[-1][1] > _start(
            (wish, height, members), low, high
        ):
            before = groups.pop()
            wish += before[0] - before[1] * len(members)
            height += before[1]
            members = before[2] + members
        groups.append((wish, height, members))
    places = [0.0] * len(wanted)
    for group in groups:
        top = _start(group, low, high)
        for index in group[2]:
            places[index] = top + heights[index] / 2
            top += heights[index]
    return places


def _start(group: tuple[float, float, list[int]], low: float, high: float) -> float:
    wish, height, members = group
    return max(low, min(wish / len(members), high - height))


def _cut(text: str, room: float, *, bold: bool) -> str:
    if measured(text, bold=bold) <= room:
        return text
    letters = text[:_MOST_LETTERS]
    while letters and measured(f"{letters}…", bold=bold) > room:
        letters = letters[:-1]
    return f"{letters.rstrip()}…"


@lru_cache(maxsize=4096)
def isolated(text: str) -> str:
    """A text by itself on a sheet that is read from right to left: one with letters of such a
    script runs that way, and a bare number or a code doesn't."""
    is_leftward = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    return ("\u2067" if is_leftward else "\u2066") + text + "\u2069"


def _advance(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    code = ord(base)
    if base in _KNOWN:
        return _KNOWN[base]
    return next((wide for first, last, wide in _SCRIPTS if first <= code <= last), _OTHER)


class _Advances(dict[str, float]):
    """Letters that were met, none of which is forgotten: there are not that many."""

    def __missing__(self, letter: str) -> float:
        found = self[letter] = _advance(letter)
        return found


_ADVANCE_OF: Final = _Advances(_KNOWN).__getitem__
