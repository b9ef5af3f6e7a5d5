"""A concept of the glossary for what somebody typed, in whatever language; and the other way."""

from functools import lru_cache

from contactpoint.glossary.finding import find
from contactpoint.glossary.lexicon import Lexicon, Term, lexicon
from contactpoint.glossary.lookup import key

MOST_OFFERED = 6


def is_concept(slug: str) -> bool:
    """Whether the glossary knows it by this identifier."""
    return slug in lexicon().concepts


def named(slug: str, language: str) -> str:
    """What it is called, so that `meant` finds it again; the identifier where it is gone."""
    words = lexicon()
    return words.term(slug, language).label if slug in words.concepts else slug


def named_in(slug: str, language: str) -> tuple[str, str]:
    """The same, and the language that it is in: not every concept has a name in each."""
    words = lexicon()
    if slug not in words.concepts:
        return slug, language
    term = words.term(slug, language)
    return term.label, term.language


def meant(text: str, language: str) -> str:
    """The concept that has this very name, the reader's language first; "" where none has, or
    several have."""
    words = lexicon()
    _total, hits = words.lookup.find(text, language, MOST_OFFERED)
    whole = [hit for hit in hits if hit.is_whole and key(hit.entry.text) == key(text)]
    own = [hit for hit in whole if language in hit.languages] or whole
    return own[0].slug if len(own) == 1 else ""


def offered(text: str, language: str) -> list[Term]:
    """What may have been meant by words that name no concept."""
    found = find(lexicon(), text, language, MOST_OFFERED)
    return [one["term"] for one in (*found.found, *found.guesses)]


def names(language: str) -> tuple[str, ...]:
    """All names in a language, in order, to be offered while one types."""
    return _names(lexicon(), language)


@lru_cache(maxsize=64)
def _names(words: Lexicon, language: str) -> tuple[str, ...]:
    return tuple(term.label for term in words.sorted_terms(words.concepts, language))
