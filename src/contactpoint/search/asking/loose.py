"""Which words of a concept's name say something of it where the whole name is not there.

*Family* says something of family reunification; the *19* of COVID-19, the *and* of a long name and
a word of which a small one has the stem say nothing, nor does the only word of a name.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from contactpoint.search.analysis import forms, plain_words
from contactpoint.search.asking.small_words import is_small, small_forms
from contactpoint.vocabulary import fold

SHORTEST: Final = 4
_ENDING: Final = 2
"""So many last letters may differ: `national` is no `nationality`."""


class LooseWord(NamedTuple):
    """A word of a name, with its accents, and as what it stands in texts."""

    name: str
    word: str
    forms: tuple[str, ...]

    def is_written(self, word: str) -> bool:
        """Whether a word of a text, with its accents, is this one."""
        pairs = zip(self.word, word, strict=False)
        is_other = any(one != other and fold(one) == fold(other) for one, other in pairs)
        return not is_other and are_alike(self.word, word)


def are_alike(one: str, other: str) -> bool:
    """Whether two words that share a stem are one in two forms."""
    least = max(len(one), len(other)) - _ENDING
    return one[:least] == other[:least]


def says_something(word: str, languages: Iterable[str]) -> bool:
    """Whether a folded word says something apart from the others of its name."""
    is_word = len(word) >= SHORTEST and any(map(str.isalpha, word))
    return is_word and not _is_small(word, tuple(languages))


def loose_words(names: Iterable[tuple[str, str]], language: str) -> Iterator[LooseWord]:
    """The telling words of those names, given with their languages, that have several."""
    for spoken, name in names:
        if spoken == language:
            yield from _telling(name, language)


@lru_cache(maxsize=1024)
def _telling(name: str, language: str) -> tuple[LooseWord, ...]:
    words = tuple(
        LooseWord(name, word, forms(word, language))
        for word in plain_words(name)
        if says_something(fold(word), [language])
    )
    return words if len(words) > 1 else ()


@lru_cache(maxsize=4096)
def _is_small(word: str, languages: tuple[str, ...]) -> bool:
    return is_small(word, languages) or any(
        not small_forms(language).isdisjoint(forms(word, language)) for language in languages
    )
