"""Capitals that tell a name from a small word: `US` is no *us*, and `WHO` does not ask who."""

from typing import Final

from contactpoint.vocabulary import fold

SHORTEST: Final = 2
_JOINING: Final = frozenset({"and", "or", "et", "ou", "en", "of", "und", "oder"})
"""Written in capitals by whoever knows other search engines."""


def is_acronym(word: str, question: str) -> bool:
    """Whether capitals say that a word of a question is a name; where all is in capitals, they say
    nothing."""
    return (
        len(word) >= SHORTEST
        and word.isalpha()
        and word.isupper()
        and not question.isupper()
        and fold(word) not in _JOINING
    )
