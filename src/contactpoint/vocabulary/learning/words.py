"""What words are compared by when concepts are ranked: generous keys, not for matching.

The matcher asks whether a word *is* a label; ranking asks what it speaks for, and how loudly. So a
word has a key for its uninflected form and keys for its stem and, in languages that write compounds
as one word, for its parts. Endings are the matcher's own (`data/endings.toml`), suffixes that make
one word from another are in `data/derivations.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from contactpoint.vocabulary.inflection import inflections, read_data
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.normalise import APOSTROPHES, cut, fold, normalise, pieces

_APOSTROPHES: Final = frozenset(APOSTROPHES)
_SHORTEST_STEM: Final = 4
_SHORTEST_PART: Final = 3
_SHORTEST_WHOLE: Final = 8
_VOWEL: Final = re.compile(r"[aeiouyаеиоуыэюяіїєαεηιουωáéíóúàèìòùâêîôûäëïöüåæøõ]")
_SENTENCE_END: Final = re.compile(r"[.!?…]+[\s\"')\]»”]+|[\r\n]+")

FORM: Final = "="
STEM: Final = "~"


class Word(NamedTuple):
    """A word that says something: offsets into the text, plain form, and number of its sentence."""

    start: int
    end: int
    plain: str
    sentence: int


@cache
def stopwords(language: str) -> frozenset[str]:
    """Words of titles that speak for nothing."""
    own = read_data("derivations")["stopwords"].get(language, "").split()
    return frozenset(own) | {
        word for word, languages in function_words().items() if language in languages
    }


def words_of(text: str, language: str) -> list[Word]:
    """The words of a text that may speak for a concept, in order."""
    without_meaning = stopwords(language)
    ends = sentence_ends(text)
    found: list[Word] = []
    sentence = 0
    for raw, start, end in zip(*cut(text), strict=True):
        while start >= ends[sentence]:
            sentence += 1
        plain = plain_of(raw)
        if plain not in without_meaning:
            found.append(Word(start, end, plain, sentence))
    return found


def sentence_ends(text: str) -> list[int]:
    """Where the sentences of a text end; the last number is beyond the text."""
    return [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text) + 1]


def plain_of(raw: str) -> str:
    """Plain form of a word as it is written, without an ending behind an apostrophe."""
    return normalise(raw) if _APOSTROPHES.isdisjoint(raw) else pieces(raw)[0].plain


class WordKeys:
    """Keys of the words of one language. `known` are words and forms that may be parts of a
    compound; see `with_parts`."""

    def __init__(self, language: str, known: Iterable[str] = ()) -> None:
        self.language = language
        rules = inflections().get(language)
        self._minimum = rules.minimum if rules else _SHORTEST_STEM
        self._endings = _endings(language)
        self._longest = max(map(len, self._endings), default=0)
        self._suffixes = tuple(
            sorted(read_data("derivations")["suffixes"].get(language, "").split(), key=len)
        )[::-1]
        self._links = rules.compounds if rules else ()
        self.known = frozenset(known) if self._links else frozenset()
        self._memo: dict[str, tuple[str, ...]] = {}
        self._part_stems: dict[str, str] = {}

    @classmethod
    def with_parts(cls, language: str, words: Iterable[str]) -> WordKeys:
        """Where any of these words may be a part of a compound, as it stands or uninflected."""
        bare = cls(language)
        long = [word for word in words if len(word) >= _SHORTEST_PART]
        return cls(language, [*long, *map(bare.form, long)])

    def form(self, word: str) -> str:
        """The word without what inflection adds."""
        endings = self._endings
        for length in range(min(self._longest, len(word) - self._minimum), 0, -1):
            ending = word[-length:]
            plain = endings.get(ending if ending.isascii() else fold(ending))
            if plain is not None:
                return word[:-length] + plain
        return word

    def stem(self, word: str) -> str:
        """What is left when suffixes that derive one word from another are gone as well."""
        return self._stem_of(self.form(word))

    def _stem_of(self, form: str) -> str:
        return self._shorter(self.form(self._shorter(form)))

    def _stem_of_part(self, part: str) -> str:
        """Remembered, because the parts of compounds come again and again."""
        kept = self._part_stems.get(part)
        if kept is None:
            kept = self._part_stems[part] = self.stem(part)
        return kept

    def _shorter(self, form: str) -> str:
        if form.endswith(self._suffixes):
            for suffix in self._suffixes:
                rest = form[: -len(suffix)]
                if form.endswith(suffix) and len(rest) >= _SHORTEST_STEM and _VOWEL.search(rest):
                    form = rest
                    break
        if len(form) >= _SHORTEST_STEM and (form[-1] in "ey" or form[-1] == form[-2]):
            form = form[:-1]
        return form

    def keys(self, word: str) -> tuple[str, ...]:
        """Everything to look the word up by: its form first, its stem second, then its parts."""
        kept = self._memo.get(word)
        if kept is None:
            if len(self._memo) > 1 << 17:
                self._memo, self._part_stems = {}, {}
            form = self.form(word)
            keys = [FORM + form, STEM + self._stem_of(form)]
            if self._links and len(word) >= _SHORTEST_WHOLE:
                keys += sorted(
                    {STEM + self._stem_of_part(part) for part in self._parts(word)} - {keys[1]}
                )
            kept = self._memo[word] = tuple(keys)
        return kept

    def stems(self, word: str) -> tuple[str, ...]:
        """The keys but for the word's own form."""
        return self.keys(word)[1:]

    def _parts(self, word: str) -> Iterable[str]:
        known = self.known
        last_cut = len(word) - _SHORTEST_PART
        for length in range(_SHORTEST_PART, last_cut + 1):
            if word[:length] not in known:
                continue
            yield word[:length]
            for link in self._links:
                cut_at = length + len(link)
                if cut_at <= last_cut and word.startswith(link, length):
                    last = word[cut_at:]
                    if last in known or self.form(last) in known:
                        yield last


@cache
def _endings(language: str) -> dict[str, str]:
    """Each ending of the language with the one that its paradigm names first."""
    found: dict[str, str] = {}
    for paradigm in read_data("endings").get(language, {}).get("paradigms", ()):
        endings = [fold(ending) if ending != "-" else "" for ending in paradigm.split()]
        for ending in endings[1:]:
            if ending != endings[0]:
                found.setdefault(ending, endings[0])
    return found
