"""Slips of the keyboard, and the nearest labels for what stays unknown.

A slip is one letter missing, doubled, turned round with its neighbour or hit beside its key, never
the first or last one, in a long enough word that is not itself a word we know. In words of twelve
letters there may be two. Anything else is only ever offered as "nearest".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Levenshtein

from contactpoint.vocabulary.index import Entry, LabelIndex
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.matching import Schemes
from contactpoint.vocabulary.normalise import Token

_SHORTEST: Final = 6
_SHORTEST_OTHER_SCRIPT: Final = 9
_TWO_SLIPS_FROM: Final = 12
_NEAR_ENOUGH: Final = 72.0
_LEAST_WORD: Final = 4
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS: Final = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Nearest:
    """A concept that an unknown keyword resembles or contains; `score` is 0 to 1."""

    concept: str
    scheme: str
    label: str
    score: float


def _beside() -> frozenset[frozenset[str]]:
    pairs = {frozenset(pair) for row in _ROWS for pair in pairwise(row)}
    for upper, lower in pairwise(_ROWS):
        for place, key in enumerate(lower):
            pairs.update(frozenset((key, upper[near])) for near in (place, place + 1))
    return frozenset(pairs)


_BESIDE: Final = _beside()


class SlipFinder:
    """Labels by their first letter, for comparison with whole keywords."""

    def __init__(self, index: LabelIndex) -> None:
        self._index = index
        self._by_letter: dict[str, dict[str, list[Entry]]] = defaultdict(dict)
        for compact, entries in index.compact.items():
            self._by_letter[compact[0]][compact] = entries
        self._choices = tuple(index.compact)

    def slips(self, tokens: Sequence[Token]) -> Iterator[Entry]:
        """Entries whose label the words are but for slips."""
        words = [token.folded for token in tokens]
        compact = "".join(words)
        if len(compact) < _SHORTEST:
            return
        near = process.extract(
            compact,
            list(self._by_letter.get(compact[0], ())),
            scorer=OSA.distance,
            score_cutoff=2,
            limit=20,
        )
        for label, _, _ in near:
            for entry in self._index.compact[label]:
                if not entry.capitals and self._are_slips(words, entry.folded):
                    yield entry

    def _are_slips(self, words: Sequence[str], label: Sequence[str]) -> bool:
        if len(words) != len(label):
            return False
        return all(
            word == wanted or self._is_slip(word, wanted)
            for word, wanted in zip(words, label, strict=True)
        )

    def _is_slip(self, word: str, wanted: str) -> bool:
        shortest = _SHORTEST if wanted.isascii() else _SHORTEST_OTHER_SCRIPT
        if min(len(word), len(wanted)) < shortest:
            return False
        if word[0] != wanted[0] or word[-1] != wanted[-1] or word.startswith(wanted):
            return False
        if wanted.startswith(word) or self._is_word(word):
            return False
        allowed = 2 if len(wanted) >= _TWO_SLIPS_FROM else 1
        if OSA.distance(word, wanted) > allowed:
            return False
        return all(
            _easily_confused(word[edit.src_pos], wanted[edit.dest_pos])
            for edit in Levenshtein.editops(word, wanted)
            if edit.tag == "replace" and not _turned_round(word, wanted, edit.src_pos)
        )

    def _is_word(self, word: str) -> bool:
        """A word that we know to be one can't be a slip for another."""
        index = self._index
        return (
            word in index.known
            or word in index.only_as_written
            or word in function_words()
            or bool(index.words.find(word, index.languages))
        )

    def nearest(self, tokens: Sequence[Token], schemes: Schemes, limit: int) -> list[Nearest]:
        """Concepts by likeness of a label to the whole, or by a label that is one of its words."""
        best: dict[str, Nearest] = {}
        compact = "".join(token.folded for token in tokens)
        near = process.extract(
            compact, self._choices, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=5 * limit
        )
        scored = [
            (entry, score / 100) for label, score, _ in near for entry in self._index.compact[label]
        ]
        for token in tokens:
            if len(token.folded) >= _LEAST_WORD:
                share = len(token.folded) / len(compact)
                scored += [
                    (entry, round(0.4 + share / 2, 3))
                    for entry in self._index.compact.get(token.folded, ())
                ]
        for entry, score in scored:
            concept = entry.concept
            if concept is None or (schemes is not None and entry.scheme not in schemes):
                continue
            if concept.id not in best or best[concept.id].score < score:
                best[concept.id] = Nearest(
                    concept.id, entry.scheme, entry.label.text, round(score, 3)
                )
        return sorted(best.values(), key=lambda n: (-n.score, n.concept))[:limit]


def _easily_confused(one: str, other: str) -> bool:
    return frozenset((one, other)) in _BESIDE or {one, other} <= _VOWELS


def _turned_round(word: str, wanted: str, place: int) -> bool:
    """Whether the letter at `place` has only changed places with a neighbour."""
    return any(
        0 <= first < min(len(word), len(wanted)) - 1
        and word[first : first + 2] == wanted[first : first + 2][::-1]
        for first in (place - 1, place)
    )
