"""Slips of the keyboard, and the nearest labels for what stays unknown.

A slip is a letter doubled or turned round with its neighbour, in a longer word also one missing, or
one hit beside its key; never the first or last letter, and never in a word that we know to be one.
In words of twelve letters there may be two. Anything else is only ever offered as "nearest".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from contactpoint.vocabulary.compounds import CompoundSplitter
from contactpoint.vocabulary.entries import Entry
from contactpoint.vocabulary.index import LabelIndex
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.matching import Schemes
from contactpoint.vocabulary.normalise import Token

_SHORTEST: Final = 6
_SHORTEST_OTHER_SCRIPT: Final = 9
_TWO_SLIPS_FROM: Final = 12
_LETTER_MORE_FROM: Final = 8
_OTHER_LETTER_FROM: Final = 10
_TAIL: Final = 4
_NEAR_ENOUGH: Final = 72.0
_COMPOUND: Final = 0.6
_LEAST_WORD: Final = 4
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


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
    """Compares whole keywords with the labels that begin with the same letter."""

    def __init__(self, index: LabelIndex) -> None:
        self._index = index
        self._compounds = CompoundSplitter(index)

    def slips(self, tokens: Sequence[Token]) -> Iterator[Entry]:
        """Entries whose label the words are but for slips."""
        words = [token.folded for token in tokens]
        compact = "".join(words)
        if len(compact) < _SHORTEST:
            return
        near = process.extract(
            compact,
            self._index.compacts_from(compact[0]),
            scorer=OSA.distance,
            score_cutoff=2,
            limit=20,
        )
        for label, _, _ in near:
            for entry in self._index.compact(label):
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
        shorter = min(len(word), len(wanted))
        is_short = shorter < (_SHORTEST if wanted.isascii() else _SHORTEST_OTHER_SCRIPT)
        same_ends = word[0] == wanted[0] and word[-1] == wanted[-1]
        is_cut_off = word.startswith(wanted) or wanted.startswith(word)
        if is_short or not same_ends or is_cut_off or self._is_word(word):
            return False
        slips = OSA.distance(word, wanted)
        if slips > 1:
            same_tail = word[-_TAIL:] == wanted[-_TAIL:]
            return slips == 2 and shorter >= _TWO_SLIPS_FROM and same_tail
        return _is_one_slip(word, wanted, shorter)

    def _is_word(self, word: str) -> bool:
        """A word that we know to be one can't be a slip for another."""
        index = self._index
        return (
            index.is_known(word)
            or word in index.only_as_written
            or word in function_words()
            or bool(index.words.find(word, index.languages))
        )

    def nearest(self, tokens: Sequence[Token], schemes: Schemes, limit: int) -> list[Nearest]:
        """Concepts by likeness of a label to the whole, or by a label that is one of its words."""
        best: dict[str, Nearest] = {}
        compact = "".join(token.folded for token in tokens)
        near = process.extract(
            compact,
            self._index.tables.compacts,
            scorer=fuzz.ratio,
            score_cutoff=_NEAR_ENOUGH,
            limit=5 * limit,
        )
        scored = [
            (entry, score / 100) for label, score, _ in near for entry in self._index.compact(label)
        ]
        if len(tokens) == 1:
            for language in self._index.languages:
                part = self._compounds.split(compact, language)
                scored += [(entry, _COMPOUND) for entry in part.entries] if part else []
        for token in tokens:
            if len(token.folded) >= _LEAST_WORD:
                share = len(token.folded) / len(compact)
                scored += [
                    (entry, round(0.4 + share / 2, 3))
                    for entry in self._index.compact(token.folded)
                ]
        for entry, score in scored:
            if entry.concept is None or (schemes is not None and entry.scheme not in schemes):
                continue
            concept = self._index.successor(entry)
            if concept not in best or best[concept].score < score:
                best[concept] = Nearest(concept, entry.scheme, entry.label.text, round(score, 3))
        return sorted(best.values(), key=lambda n: (-n.score, n.concept))[:limit]


def _is_one_slip(word: str, wanted: str, shorter: int) -> bool:
    if _is_turned_round(word, wanted):
        return True
    if len(word) == len(wanted):
        same_tail = word[-_TAIL:] == wanted[-_TAIL:]
        return shorter >= _OTHER_LETTER_FROM and same_tail and _has_key_beside(word, wanted)
    longer, other = (word, wanted) if len(word) > len(wanted) else (wanted, word)
    return shorter >= _LETTER_MORE_FROM or _is_doubled(longer, other)


def _is_turned_round(word: str, wanted: str) -> bool:
    """Whether two neighbouring letters have only changed places."""
    return len(word) == len(wanted) and sorted(word) == sorted(wanted)


def _has_key_beside(word: str, wanted: str) -> bool:
    """Whether the letters that differ lie side by side on the keyboard."""
    return all(
        one == other or frozenset((one, other)) in _BESIDE
        for one, other in zip(word, wanted, strict=True)
    )


def _is_doubled(longer: str, shorter: str) -> bool:
    """Whether the letter that one has more repeats its neighbour."""
    return any(
        longer[place] == longer[place - 1] and longer[:place] + longer[place + 1 :] == shorter
        for place in range(1, len(longer))
    )
