"""Names found while they are typed: in every language at once, from the beginning or within.

All names stand in one long text, a line each, folded once; a search is a search in that text. So a
key pressed costs no query, and for seven thousand names at most 3 ms of CPU.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, NamedTuple

from contactpoint.vocabulary import fold

LONGEST_QUERY: Final = 100
_WITHIN_A_WORD: Final = 2
"""From so many letters on, a query is also found in the middle of words."""
_SIGNS: Final = re.compile(r"[\W_]+")
_KINDS: Final = ("preferred", "alternative", "hidden")


class Entry(NamedTuple):
    """One name of a concept."""

    slug: str
    text: str
    language: str
    kind: str


class Marked(NamedTuple):
    """A text in three parts; `hit` is what was typed, empty where it can't be shown."""

    before: str
    hit: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that was found, and by which name; `languages` are all that share that name.

    `is_whole` where the whole name is what was looked for; `rank` says how well the name answers,
    how far its language is and of which kind it is; of names with the same the shortest are first.
    """

    slug: str
    entry: Entry
    languages: tuple[str, ...]
    is_whole: bool = False
    rank: tuple[int, int, int] = (0, 0, 0)


class _Candidate(NamedTuple):
    quality: int
    distance: int
    kind: int
    length: int
    line: int


class Lookup:
    """All names, ready to be searched; `near` are the languages that most readers know."""

    def __init__(self, entries: Iterable[Entry], near: Collection[str] = ()) -> None:
        self._near = frozenset(near)
        self._entries = list(entries)
        self._keys = [key(entry.text) for entry in self._entries]
        self._text = "".join(f"\n {folded}" for folded in self._keys)
        self._starts = list(accumulate((len(folded) + 2 for folded in self._keys), initial=0))

    def find(self, query: str, language: str, limit: int) -> tuple[int, list[Hit]]:
        """How many concepts match, and the best `limit` of them.

        Whole names go before beginnings of names, these before beginnings of words, before the
        middle of words, before words in another order; then names in the reader's `language`, in
        languages that are near, preferred names and short ones.
        """
        wanted = key(query[:LONGEST_QUERY])
        if not wanted:
            return 0, []
        found: dict[str, list[_Candidate]] = {}
        for line, quality in self._lines(wanted):
            entry = self._entries[line]
            found.setdefault(entry.slug, []).append(
                _Candidate(
                    quality,
                    self._distance(entry.language, language),
                    _KINDS.index(entry.kind),
                    len(entry.text),
                    line,
                )
            )
        best = sorted((min(candidates), slug) for slug, candidates in found.items())
        return len(best), [self._hit(slug, one, found[slug]) for one, slug in best[:limit]]

    def _distance(self, language: str, own: str) -> int:
        return 0 if language == own else 1 if language in self._near else 2

    def _lines(self, wanted: str) -> Iterator[tuple[int, int]]:
        """The number of each line that matches, and how well."""
        words = wanted.split()
        sought = max(words, key=len)
        if len(wanted) < _WITHIN_A_WORD:
            sought = f"\n {wanted}"
        place = self._text.find(sought)
        while place >= 0:
            line = bisect_right(self._starts, place) - 1
            quality = _quality(self._keys[line], wanted, words)
            if quality is not None:
                yield line, quality
            place = self._text.find(sought, self._starts[line + 1])

    def _hit(self, slug: str, best: _Candidate, candidates: list[_Candidate]) -> Hit:
        shared = self._keys[best.line]
        same = [
            self._entries[one.line].language
            for one in sorted(candidates)
            if self._keys[one.line] == shared and one.kind != _KINDS.index("hidden")
        ]
        languages = tuple(dict.fromkeys(same))
        rank = (best.quality, best.distance, best.kind)
        return Hit(slug, self._entries[best.line], languages, best.quality == 0, rank)


def key(text: str) -> str:
    """Words without accents, capitals or signs between them, parted by one space."""
    return _SIGNS.sub(" ", fold(text)).strip()


def mark(text: str, query: str) -> Marked:
    """Where in `text` the query stands, at the beginning of a word if possible."""
    wanted = key(query[:LONGEST_QUERY])
    # Sign by sign, so that each place in the folded text is known in the original.
    folded = [_SIGNS.sub(" ", fold(sign)) for sign in text]
    ends = list(accumulate(map(len, folded)))
    whole = "".join(folded)
    start = f" {whole}".find(f" {wanted}")
    if start < 0:
        start = whole.find(wanted)
    if start < 0 or not wanted:
        return Marked(text, "", "")
    first = bisect_right(ends, start)
    last = bisect_right(ends, start + len(wanted) - 1)
    return Marked(text[:first], text[first : last + 1], text[last + 1 :])


def _quality(name: str, wanted: str, words: list[str]) -> int | None:
    """0 for the best; None where the name holds the word looked for, but not all of the query."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    padded = f" {name}"
    if f" {wanted}" in padded:
        return 2
    if wanted in name:
        return 3
    return 4 if all(f" {word}" in padded for word in words) else None
