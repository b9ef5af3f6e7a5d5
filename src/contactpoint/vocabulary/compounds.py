"""Labels inside words that are written together: `Asylverfahrensrecht`, `asielbeleid`.

The first part says what the whole is about, the last what it is. No dictionary stands behind this,
so a last part counts only behind another word of the labels: `Nordirland` is not in Ireland.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from contactpoint.vocabulary.entries import Entry
from contactpoint.vocabulary.index import LabelIndex, compound_links
from contactpoint.vocabulary.matching import rank

SHORTEST_WHOLE: Final = 9
_SHORTEST_FIRST: Final = 4
_SHORTEST_LAST: Final = 5
_SHORTEST_REST: Final = 4
_MEMO_LIMIT: Final = 50_000
_DERIVING: Final = (
    "isch", "isk", "lich", "lijk", "elijk", "atie", "ie", "ist", "iv", "itat", "iteit", "ling",
)  # fmt: skip
_VOWELS: Final = frozenset("aeiouy")


class CompoundPart(NamedTuple):
    """A label in a folded word, from `start` to `end`; `is_head` where it is the last part."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    is_head: bool


class CompoundSplitter:
    """Looks for one-word labels at the beginning and at the end of a longer word."""

    def __init__(self, index: LabelIndex) -> None:
        self._index = index
        self._memo: dict[tuple[str, str], CompoundPart | None] = {}

    def split(self, word: str, language: str) -> CompoundPart | None:
        """The longest label in a folded word; of two as long, the one at the end."""
        if len(word) < SHORTEST_WHOLE or not compound_links(language):
            return None
        key = (language, word)
        if key not in self._memo:
            if len(self._memo) > _MEMO_LIMIT:
                self._memo = {}
            parts = [*self._last_parts(word, language), *self._first_parts(word, language)]
            self._memo[key] = max(parts, key=lambda p: (p.end - p.start, p.is_head), default=None)
        return self._memo[key]

    def _first_parts(self, word: str, language: str) -> Iterable[CompoundPart]:
        for end in range(_SHORTEST_FIRST, len(word) - _SHORTEST_REST + 1):
            entries = self._index.single(word[:end], language)
            if entries and _may_be_word(word[end:]):
                yield CompoundPart(0, end, _ranked(entries, language), False)

    def _is_word(self, part: str, language: str) -> bool:
        """Whether what stands before a last part is, but for a link, a word of the labels."""
        return any(
            language in self._index.languages_of(part.removesuffix(link))
            for link in compound_links(language)
        )

    def _last_parts(self, word: str, language: str) -> Iterable[CompoundPart]:
        for start in range(_SHORTEST_REST, len(word) - _SHORTEST_LAST + 1):
            entries = self._index.single(word[start:], language)
            if entries and self._is_word(word[:start], language):
                yield CompoundPart(start, len(word), _ranked(entries, language), True)


def _may_be_word(rest: str) -> bool:
    """Long enough and with a vowel, and no ending that derives one word from another."""
    return (
        len(rest) > _SHORTEST_REST
        and any(sign in _VOWELS for sign in rest)
        and not rest.startswith(_DERIVING)
    )


def _ranked(entries: list[Entry], language: str) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: rank(entry, None, language)))
