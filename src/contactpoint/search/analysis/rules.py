"""The rules by which the words of each language are stemmed: `data/stems.toml`, read once."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from contactpoint.vocabulary.inflection import inflections
from contactpoint.vocabulary.normalise import fold

_SHORTEST: Final = 4
_AS_WRITTEN: Final = frozenset(["typed", "spelling"])
_Change = tuple[str, str]


class Rules(NamedTuple):
    """How one language is stemmed; see `data/stems.toml` for the meaning of each field.

    `endings` are not empty and folded, `longest` is the number of letters of the longest;
    `kept` and `irregular` map a folded word to the one that stands for it.
    """

    snowball: str
    reduced: bool
    minimum: int
    short: frozenset[str]
    endings: frozenset[str]
    longest: int
    initial: tuple[_Change, ...]
    final: tuple[_Change, ...]
    plural: str
    typed: tuple[_Change, ...]
    spelling: tuple[tuple[re.Pattern[str], str], ...]
    kept: dict[str, str]
    irregular: dict[str, str]


@cache
def rules(language: str) -> Rules:
    """The rules of a language; of an unknown one, none that change anything."""
    own = _read().get(language, {})
    labels = inflections().get(language)
    endings = {fold(ending) for ending in own.get("endings", "").split()}
    if labels is not None:
        endings |= labels.by_ending.keys()
    endings.discard("")
    known = labels.final if labels is not None else ()
    return Rules(
        snowball=own.get("snowball", ""),
        reduced=own.get("reduced", True),
        minimum=own.get("minimum", labels.minimum if labels is not None else _SHORTEST),
        short=frozenset(fold(ending) for ending in own.get("short", "").split()),
        endings=frozenset(endings),
        longest=max(map(len, endings), default=0),
        initial=(*(labels.initial if labels is not None else ()), *_changes(own, "initial")),
        # A longer change first: `nt` becomes `nn` before its `t` could become `d`.
        final=tuple(sorted((*known, *_changes(own, "final")), key=_length)),
        plural=own.get("plural", ""),
        typed=_changes(own, "typed"),
        spelling=tuple((re.compile(one), two) for one, two in _changes(own, "spelling")),
        kept=_lines(own.get("kept", [])),
        irregular=_lines(own.get("irregular", [])),
    )


@cache
def _read() -> dict[str, Any]:
    source = files("contactpoint.search.analysis") / "data" / "stems.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _changes(table: dict[str, Any], name: str) -> tuple[_Change, ...]:
    pairs = (change.partition(">") for change in table.get(name, []))
    return tuple(
        (one, other) if name in _AS_WRITTEN else (fold(one), fold(other)) for one, _, other in pairs
    )


def _length(change: _Change) -> int:
    return -len(change[0])


def _lines(lines: list[str]) -> dict[str, str]:
    found = {}
    for line in lines:
        words = [fold(word) for word in line.split()]
        found.update(dict.fromkeys(words, words[0]))
    return found
