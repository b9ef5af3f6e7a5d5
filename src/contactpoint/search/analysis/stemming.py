"""From words to the tokens of a language's fields, for the index and for questions."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Final, NamedTuple

import Stemmer

from contactpoint.search.analysis.compounds import parts
from contactpoint.search.analysis.cutting import LONGEST, joined, plain_words, word_of
from contactpoint.search.analysis.languages import LANGUAGES
from contactpoint.search.analysis.reducing import changed, reduced
from contactpoint.search.analysis.rules import rules
from contactpoint.vocabulary.normalise import Cut, cut, fold

_MOST_KEPT: Final = 1 << 15
_LONGEST_KEPT: Final = 40
_SHORTEST_PLURAL: Final = 4
_LETTER: Final = re.compile(r"[^\W\d_]")
_Some = tuple[str, ...]


# Not behind a vowel with which they are another sound: `neue`, `dauer`, `quelle`.
_TWO_LETTERS_FOR_ONE: Final = {
    "aa": re.compile("aa"),
    "ae": re.compile("ae"),
    "oe": re.compile("oe"),
    "ue": re.compile("(?<![aeq])ue"),
}
_plain_of: Final = attrgetter("plain")
_folded_of: Final = attrgetter("folded")


class Analysed(NamedTuple):
    """A word of a text: `text[start:end]`, its folded form, and what is indexed at it."""

    start: int
    end: int
    surface: str
    stems: _Some


class _Tokens(dict[str, _Some]):
    """The tokens of plain words of one language, as questions have them; filled as they come."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.rules = rules(language if language in LANGUAGES else "")
        name = self.rules.snowball
        self._snowball: Callable[[str], str] | None = (
            Stemmer.Stemmer(name, 0).stemWord if name else None
        )

    def __missing__(self, plain: str) -> _Some:
        tokens = tuple(dict.fromkeys(filter(None, self._look(plain)))) or (plain,)
        if len(plain) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[plain] = tokens
        return tokens

    def _look(self, plain: str) -> Iterator[str]:
        for pattern, one in self.rules.spelling:
            plain = pattern.sub(one, plain)
        folded = fold(plain)
        if not _LETTER.search(folded):
            yield folded
            return
        if folded in self.rules.kept:
            yield self.rules.kept[folded]
            return
        stands_for = self.rules.irregular.get(folded)
        for word in dict.fromkeys(filter(None, (plain, folded, stands_for))):
            yield from self._snowballed(word)
        if self.rules.reduced:
            yield from reduced(folded, self.rules)

    def _snowballed(self, word: str) -> Iterator[str]:
        if self._snowball is None:
            return
        plural = self.rules.plural
        bare = word.removesuffix(plural) if plural and len(word) > _SHORTEST_PLURAL else word
        for one in (word,) if bare == word else (word, bare):
            yield changed(fold(self._snowball(one)), self.rules)


class _WithParts(_Tokens):
    """The same as they are indexed: a compound has the tokens of its parts too."""

    def _look(self, plain: str) -> Iterator[str]:
        yield from super()._look(plain)
        for part in parts(fold(plain), self.language):
            yield from super()._look(part)


@cache
def _asked(language: str) -> _Tokens:
    return _Tokens(language)


@cache
def _written(language: str) -> _Tokens:
    return _WithParts(language)


def stems(words: Iterable[str], language: str) -> list[str]:
    """What is indexed for words, plain or folded, in their order; often more than one a word.

    Plain words (`plain_words`) are stemmed better than folded ones.
    """
    known = _written(language)
    return [token for tokens in map(known.__getitem__, words) for token in tokens]


class Indexed(NamedTuple):
    """What is indexed of a text: tokens of the surface fields, and of those of its language."""

    surfaces: list[str]
    stems: list[str]


def indexed(text: str, language: str, words_of_it: Cut | None = None) -> Indexed:
    """Surfaces and stems of a text in one pass; words that hyphens join are also one word.

    With `words_of_it` only of these words: whoever has cut the text spares cutting it again.
    """
    found = cut(text) if words_of_it is None else words_of_it
    words = list(filter(_folded_of, map(word_of, found.raws)))
    tokens = stems(map(_plain_of, words), language)
    for one in joined(text, found):
        tokens += _asked(language)[one.plain]
    return Indexed(list(map(_folded_of, words)), tokens)


def forms(word: str, language: str) -> _Some:
    """Tokens any of which answers a word of a question, as it was typed, in `*_language` fields.

    With hyphens in it, it is one word: `re-admission` is asked as *readmission*. No word, no token.
    """
    plain = "".join(plain_words(word))[:LONGEST]
    if not plain:
        return ()
    known = _asked(language)
    found = dict.fromkeys(known[plain])
    for typed, meant in known.rules.typed:
        if typed in plain and plain.isascii():
            found.update(dict.fromkeys(known[_meant(plain, typed, meant)]))
    return tuple(found)


def _meant(word: str, typed: str, meant: str) -> str:
    """The word with the letters that its writer's keyboard lacks."""
    if typed in _TWO_LETTERS_FOR_ONE:
        return _TWO_LETTERS_FOR_ONE[typed].sub(meant, word)
    return word.removesuffix(typed) + meant if word.endswith(typed) else word


def analysed(text: str, language: str) -> list[Analysed]:
    """The words of a text with offsets, and what is indexed at each."""
    known = _written(language)
    found = []
    for raw, start, end in zip(*cut(text), strict=True):
        word = word_of(raw)
        if word.folded:
            found.append(Analysed(start, end, word.folded, known[word.plain]))
    for one in joined(text):
        last = found[one.last]
        found[one.last] = last._replace(stems=(*last.stems, *_asked(language)[one.plain]))
    return found
