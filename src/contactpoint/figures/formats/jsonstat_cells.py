"""The long parts of a JSON-stat answer, values and status by position, read without a Python object
for each cell: a million of them take 16 MB instead of 200.

Only what stands written as everybody writes it is read here. Anything else, an error above all, is
left to the `json` of Python, which finds the same or says what is wrong.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed lacks it
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

LONG: Final = ("value", "status")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_PLACE: Final = r'[ \n]?"([0-9]{1,15})":[ ]?'
_NUMBER: Final = r"(-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?|null)"
_TEXT: Final = r'"([^"\\\x00-\x1f]{0,20})"'
_AT_ONCE: Final = 20_000
"""Cells that are held as text and as numbers at the same time."""


def _runs(cell: str) -> re.Pattern[str]:
    """Cells one after the other, with the comma or brace behind them. Nothing is tried twice."""
    plain = cell.replace("([", "(?:[").replace("(-", "(?:-")
    return re.compile(rf"(?:{plain}[,}}]){{1,{_AT_ONCE}}}+")


_RUNS: Final = {"value": _runs(_PLACE + _NUMBER), "status": _runs(_PLACE + _TEXT)}
_PAIRS: Final = {"value": re.compile(_PLACE + _NUMBER), "status": re.compile(_PLACE + _TEXT)}


@dataclass(frozen=True, slots=True)
class Cells:
    """What stands by position, in the order of the file: `kinds[which[n]]` at `places[n]`, or
    `numbers[n]` there, where `null` is not a number."""

    places: NDArray[np.int64]
    numbers: NDArray[np.float64]
    which: NDArray[np.uint16]
    kinds: tuple[str, ...]


def quickly(text: str, decoder: json.JSONDecoder) -> dict[str, Any] | None:
    """The object with its long parts as `Cells`; None where `json` has to look at it."""
    try:
        return _members(text, decoder)
    except (ValueError, IndexError, StopIteration, RecursionError):
        return None


def _members(text: str, decoder: json.JSONDecoder) -> dict[str, Any] | None:
    made: dict[str, Any] = {}
    at = _after(text, 0)
    closing = ""
    if text[at] != "{":
        return None
    while closing != "}":
        at = _after(text, at + 1)
        if text[at] != '"':
            return None
        name, at = scanstring(text, at + 1, True)
        at = _after(text, at)
        if text[at] != ":" or name in made:
            return None
        at = _after(text, at + 1)
        if name in LONG and text[at] == "{" and text[at + 1] != "}":
            found = _cells(text, at + 1, name)
            if found is None:
                return None
            made[name], at = found
        else:
            made[name], at = decoder.raw_decode(text, at)
        at = _after(text, at)
        closing = text[at]
        if closing not in ",}":
            return None
    return made if _after(text, at + 1) == len(text) else None


def _cells(text: str, at: int, name: str) -> tuple[Cells, int] | None:
    """The cells from behind the opening brace, and where the closing one has been passed."""
    places: list[NDArray[np.int64]] = []
    numbers: list[NDArray[np.float64]] = []
    which: list[NDArray[np.uint16]] = []
    kinds: dict[str, int] = {}
    while run := _RUNS[name].match(text, at):
        at = run.end()
        closed = text.find("}", run.start(), at)
        pairs = _PAIRS[name].findall(text, run.start(), at)
        if closed not in (-1, at - 1) or len(kinds) > _AT_ONCE:
            return None  # a brace within a text, or as many texts as cells
        places.append(np.fromiter((int(place) for place, _one in pairs), np.int64, len(pairs)))
        if name == "value":
            said = (float(one) if one != "null" else np.nan for _place, one in pairs)
            numbers.append(np.fromiter(said, np.float64, len(pairs)))
        else:
            seen = (kinds.setdefault(one, len(kinds)) for _place, one in pairs)
            which.append(np.fromiter(seen, np.uint16, len(pairs)))
        if closed == at - 1:
            whole = [_together(one) for one in (places, numbers, which)]
            return Cells(whole[0], whole[1], whole[2], tuple(kinds)), at
    return None


def _together(parts: list[NDArray[Any]]) -> Any:
    return np.concatenate(parts) if parts else np.empty(0)


def _after(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
