"""From words to the tokens of a language's fields, for the index and for questions."""

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import Final, NamedTuple

import Stemmer

from contactpoint.search.analysis.cutting import Word, joined, word_of
from contactpoint.search.analysis.languages import LANGUAGES, SNOWBALL
from contactpoint.search.analysis.reducing import reduction
from contactpoint.vocabulary.normalise import cut, fold

_MOST_KEPT: Final = 1 << 16
_LONGEST_KEPT: Final = 40
_Tokens = tuple[str, ...]


_plain_of: Final = attrgetter("plain")
_folded_of: Final = attrgetter("folded")


class Analysed(NamedTuple):
    """A word of a text: `text[start:end]`, its folded form, and what is indexed at it."""

    start: int
    end: int
    surface: str
    stems: _Tokens


class _Stems(dict[str, _Tokens]):
    """The tokens of plain words of one language; filled as they come."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stem = _stemmer(language)

    def __missing__(self, plain: str) -> _Tokens:
        tokens = tuple(dict.fromkeys(self._stem(Word(plain, fold(plain)))))
        if len(plain) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[plain] = tokens
        return tokens


def _stemmer(language: str) -> Callable[[Word], Iterable[str]]:
    if language in SNOWBALL:
        snowball = Stemmer.Stemmer(SNOWBALL[language], 0).stemWord

        def both(word: Word) -> Iterable[str]:
            yield fold(snowball(word.plain)) or word.folded
            if word.folded != word.plain:
                yield fold(snowball(word.folded)) or word.folded

        return both
    reduce = reduction(language)
    return lambda word: (reduce(word.folded),)


@cache
def _of(language: str) -> _Stems:
    return _Stems(language if language in LANGUAGES else "en")


def stems(words: Iterable[str], language: str) -> list[str]:
    """What is indexed for words, plain or folded, in their order; often more than one a word.

    Plain words (`plain_words`) are stemmed better than folded ones.
    """
    known = _of(language)
    return [token for tokens in map(known.__getitem__, words) for token in tokens]


class Indexed(NamedTuple):
    """What is indexed of a text: tokens of the surface fields, and of those of its language."""

    surfaces: list[str]
    stems: list[str]


def indexed(text: str, language: str) -> Indexed:
    """Surfaces and stems of a text in one pass; words that hyphens join are also one word."""
    words = list(filter(_folded_of, map(word_of, cut(text).raws)))
    tokens = stems(map(_plain_of, words), language)
    tokens += stems([one.plain for one in joined(text)], language)
    return Indexed(list(map(_folded_of, words)), tokens)


def forms(word: str, language: str) -> _Tokens:
    """Tokens any of which answers a word of a question, as it was typed, in `*_language` fields."""
    plain = word_of(word).plain
    return _of(language)[plain] if plain else ()


def analysed(text: str, language: str) -> list[Analysed]:
    """The words of a text with offsets, and what is indexed at each."""
    known = _of(language)
    found = []
    for raw, start, end in zip(*cut(text), strict=True):
        word = word_of(raw)
        if word.folded:
            found.append(Analysed(start, end, word.folded, known[word.plain]))
    for one in joined(text):
        last = found[one.last]
        found[one.last] = last._replace(stems=(*last.stems, *known[one.plain]))
    return found
