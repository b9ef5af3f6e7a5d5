"""The sentences of a thing in which the question is answered, the most telling ones."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from contactpoint.search.asking.needles import Found, Needles, pieces
from contactpoint.search.asking.results import Highlight, Piece

MOST: Final = 2
LOOKED_AT: Final = 8
LONGEST: Final = 240
_SENTENCE: Final = re.compile(r"(?<=[.!?…؟۔።])\s+|\n+")


def sentences(text: str, wanted: Needles) -> tuple[list[Highlight], dict[int, bool]]:
    """At most two sentences in their order, and the units that they and others answer.

    The units map to whether the asker's own words do it.
    """
    candidates: list[tuple[int, int, str, list[Found]]] = []
    answered: dict[int, bool] = {}
    full = 0
    for number, sentence in enumerate(_sentences(text)):
        found = wanted.find(sentence)
        if not found:
            continue
        here = wanted.answered(found)
        for unit, is_own in here.items():
            answered[unit] = answered.get(unit, False) or is_own
        candidates.append((-len(here), number, sentence, found))
        full += candidates[-1][0] == -wanted.units
        if full == MOST or len(candidates) == LOOKED_AT:
            break
    best = sorted(candidates)[:MOST]
    made = [
        Highlight(_short(sentence, found), wanted.language)
        for _units, _number, sentence, found in sorted(best, key=lambda one: one[1])
    ]
    return made, answered


def of_version(
    version: Mapping[str, Any], wanted: Needles
) -> tuple[list[Highlight], dict[int, bool]]:
    """The same for what is stored of a thing in one language."""
    return sentences(f"{version['teaser']}\n{version['text']}", wanted)


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        if sentence and not sentence.isspace():
            yield sentence.strip()


def _short(sentence: str, found: list[Found]) -> list[Piece]:
    """A long sentence is cut around what was found, between words."""
    if len(sentence) <= LONGEST:
        return pieces(sentence, found)
    start = max(0, found[0].start - LONGEST // 3)
    start = sentence.find(" ", start) + 1 if start else 0
    end = min(len(sentence), start + LONGEST)
    end = sentence.rfind(" ", start, end) if end < len(sentence) else end
    end = max(end, found[0].end)
    made = pieces(sentence, found, start, end)
    if start:
        made.insert(0, Piece("… ", False))
    if end < len(sentence):
        made.append(Piece(" …", False))
    return made
