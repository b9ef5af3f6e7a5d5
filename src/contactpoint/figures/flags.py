"""Flags that a statistical office puts beside a value, one letter each; several may stand together.

In memory a set of flags is a number with a bit for each letter, so that a million cells take two
megabytes. Outside it is a text of letters in alphabetical order. `:` is no flag: it says that there
is no value, as an empty value does.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from contactpoint.figures.errors import FiguresError

MEANINGS: Final = {
    "b": "break in time series",
    "c": "confidential",
    "d": "definition differs",
    "e": "estimated",
    "f": "forecast",
    "n": "not significant",
    "p": "provisional",
    "r": "revised",
    "s": "Eurostat estimate",
    "u": "low reliability",
    "z": "not applicable",
}
BREAK: Final = "b"
FORECAST: Final = "f"
CONFIDENTIAL: Final = "c"
NOT_APPLICABLE: Final = "z"
_BITS: Final = {letter: 1 << place for place, letter in enumerate(MEANINGS)}
EVERY: Final = (1 << len(_BITS)) - 1


@lru_cache(maxsize=4096)
def packed(text: str) -> int:
    """Letters as a number; spaces, commas and `:` are passed over. Raises `FiguresError`."""
    bits = 0
    for letter in text:
        if letter in _BITS:
            bits |= _BITS[letter]
        elif letter not in " ,:":
            raise FiguresError(
                f"the flag {text[:20]!r} is unknown; there are {' '.join(MEANINGS)}. If the source "
                "has a new one, add it to contactpoint.figures.flags."
            )
    return bits


@lru_cache(maxsize=4096)
def letters(bits: int) -> str:
    """The flags in a number, as letters."""
    return "".join(letter for letter, bit in _BITS.items() if bits & bit)


def merged(*flags: str) -> str:
    """All flags of several figures, each once.

    >>> merged("p", "bp")
    'bp'
    """
    bits = 0
    for text in flags:
        bits |= packed(text)
    return letters(bits)
