"""Which language a text is in, told by the words that hold sentences together and by the labels.

A trained detector costs megabytes and a second to load and is still unsure of three words; the
labels of the vocabulary are the better witness there, and this asks both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from heapq import nlargest
from typing import Final

from contactpoint.vocabulary.entries import primary
from contactpoint.vocabulary.index import LabelIndex
from contactpoint.vocabulary.inflection import read_data
from contactpoint.vocabulary.normalise import Token, normalise, tokenise

Votes = dict[str, float]
_SCRIPTS: Final = (
    ("\u0370", "\u03ff", "el"), ("\u0530", "\u058f", "hy"), ("\u10a0", "\u10ff", "ka"),
    ("\u1200", "\u137f", "ti"),
)  # fmt: skip
_MOST_WORDS: Final = 300
_LOOK_AGAIN: Final = 60
_MEMO_LIMIT: Final = 50_000
_LABEL_WEIGHT: Final = 0.8
_LETTER_WEIGHT: Final = 0.6
_ENOUGH: Final = 0.45
_LEAD: Final = 1.15
_CLEAR: Final = 8.0
_CLEAR_LEAD: Final = 1.6


@cache
def function_words() -> Mapping[str, frozenset[str]]:
    """Small common words, each with the languages that use it."""
    found: dict[str, set[str]] = defaultdict(set)
    for language, words in read_data("languages")["words"].items():
        for word in words.split():
            found[normalise(word)].add(language)
    return {word: frozenset(languages) for word, languages in found.items()}


@cache
def _letters() -> Mapping[str, str]:
    table: dict[str, str] = read_data("languages")["letters"]
    return {letter: language for language, letters in table.items() for letter in letters}


class LanguageDetector:
    """Detects among the languages of a vocabulary and those it knows function words of."""

    def __init__(self, index: LabelIndex) -> None:
        self._index = index
        self._votes: dict[str, tuple[tuple[str, float], ...]] = {}

    def detect(self, words: Sequence[str]) -> str | None:
        """Language tag for words as they are written, or `None` where no language leads clearly.

        A text whose first words leave no doubt is not read further.
        """
        totals: Votes = defaultdict(float)
        for start in range(0, min(len(words), _MOST_WORDS), _LOOK_AGAIN):
            for word in words[start : start + _LOOK_AGAIN]:
                for language, weight in self._votes_of(word):
                    totals[language] += weight
            if _is_clear(totals):
                break
        return settle(totals)

    def detect_all(self, words: Sequence[str]) -> str | None:
        """As `detect`, but only where most words that tell something speak for that language.

        For keywords: of two words, one that happens to be a label elsewhere proves nothing.
        """
        found = self.detect(words)
        told = [{primary(tag) for tag, _weight in self._votes_of(word)} for word in words]
        speaking = [found in tags for tags in told if tags]
        return found if 2 * sum(speaking) > len(speaking) else None

    def _votes_of(self, raw: str) -> Iterable[tuple[str, float]]:
        votes = self._votes.get(raw)
        if votes is None:
            if len(self._votes) > _MEMO_LIMIT:
                self._votes = {}
            found: Votes = defaultdict(float)
            for token in tokenise(raw):
                for language, weight in self._vote(token).items():
                    found[language] += weight
            votes = self._votes[raw] = tuple(found.items())
        return votes

    def _vote(self, token: Token) -> Votes:
        votes: Votes = defaultdict(float)
        tells = function_words().get(token.plain)
        if tells:
            for language in tells:
                votes[language] += 1 / len(tells) ** 0.5
            return dict(votes)
        if "\u0600" <= token.plain[:1] <= "\u06ff":
            votes["ar"] += _LETTER_WEIGHT / 2
        for letter in set(token.plain):
            for first, last, language in _SCRIPTS:
                if first <= letter <= last:
                    return {language: 1.0}
            if letter in _letters():
                votes[_letters()[letter]] += _LETTER_WEIGHT
        exact = self._index.languages_of(token.folded)
        languages = exact or frozenset().union(
            *self._index.words.find(token.folded, self._index.languages).values()
        )
        for language in languages:
            votes[language] += _LABEL_WEIGHT / len(languages)
        return dict(votes)


def _is_clear(votes: Mapping[str, float]) -> bool:
    """Whether more words could hardly change which language leads."""
    first, second = nlargest(2, (0.0, 0.0, *votes.values()))
    return first >= _CLEAR and first >= second * _CLEAR_LEAD


def settle(votes: Mapping[str, float]) -> str | None:
    """The leading language where it has enough votes and a clear lead."""
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    if len(ranked) > 1 and ranked[0][1] < ranked[1][1] * _LEAD:
        return None
    return primary(ranked[0][0])
