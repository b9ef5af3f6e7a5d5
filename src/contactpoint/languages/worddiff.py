"""What changed between two versions of a text, word by word."""

import re
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"\s+|\w+|[^\w\s]")
_LONGEST: Final = 4_000
"""Longer texts, in words, are compared as a whole: comparing takes the square of their length."""


class Piece(NamedTuple):
    """A stretch of text: `kind` is `same`, `out` (only before) or `in` (only after)."""

    kind: str
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """The pieces that, read in order, give `before` without `in` and `after` without `out`."""
    then, now = _WORD.findall(before), _WORD.findall(after)
    if max(len(then), len(now)) > _LONGEST:
        return _pieces([("out", before), ("in", after)])
    made: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, then, now, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            made.append(("same", "".join(then[start:end])))
        else:
            made.append(("out", "".join(then[start:end])))
            made.append(("in", "".join(now[first:last])))
    return _pieces(_joined(made))


def _pieces(made: list[tuple[str, str]]) -> list[Piece]:
    return [Piece(kind, text) for kind, text in made if text]


def _joined(made: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Two changes with nothing but a space between are one: easier to read."""
    found: list[tuple[str, str]] = []
    out = put = ""
    for number, (kind, text) in enumerate(made):
        is_gap = kind == "same" and text.isspace() and 0 < number < len(made) - 1
        if kind == "out" or (is_gap and (out or put)):
            out += text
        if kind == "in" or (is_gap and (out or put)):
            put += text
        if kind == "same" and not is_gap:
            found += [("out", out), ("in", put), ("same", text)]
            out = put = ""
    return [*found, ("out", out), ("in", put)]
