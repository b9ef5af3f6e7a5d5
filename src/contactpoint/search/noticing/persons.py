"""Tells questions that may name a person: those are neither counted nor sent to the editors.

Nobody keeps a list of all names, so it is asked the other way round: what is public? A word is
known if the vocabulary of questions has it (the glossary, places, institutions, everyday words) or
if it stands in several public things. Two neighbours of which nobody knows either may be a name,
and so may two with capitals that are no term, whatever texts hold them: authors and ministers stand
in many. A single word passes, since it tells nobody apart.
"""

from itertools import pairwise
from typing import Final

from contactpoint.search.analysis import surfaces
from contactpoint.search.engines import engine
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.meanings import OF_QUESTIONS, meanings
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.normalise import Token, tokenise

PUBLIC_FROM: Final = 3
"""In so many documents a word has to stand to be known."""
PARTICLES: Final = frozenset(
    {
        *("al", "el", "bin", "ben", "ibn", "abu", "da", "de", "del", "della", "den", "der", "di"),
        *("do", "dos", "du", "la", "le", "ter", "van", "von", "y", "zu"),
    }
)
CAPITALISED_NOUNS: Final = frozenset({"de"})
"""Languages whose capitals say nothing."""


def may_name_somebody(question: str, language: str) -> bool:
    """Whether two neighbouring words may be the name of a person.

    Asks the index and the vocabulary (a query) only where two words may be.
    """
    words = [token for token in tokenise(question) if _is_name_like(token, language)]
    if len(words) < 2:
        return False
    terms = _terms(question, language)
    others = [one for one in words if not any(a <= one.start < b for a, b in terms)]
    if len(others) < 2:
        return False
    rare = _rare(others)
    for one, other in pairwise(words):
        if one not in others or other not in others:
            continue
        both = {one.folded, other.folded}
        if both <= rare:
            return True
        if all(_is_capitalised(question[each.start : each.end]) for each in (one, other)):
            return language not in CAPITALISED_NOUNS or bool(both & rare)
    return False


def _is_name_like(token: Token, language: str) -> bool:
    """Letters, and neither a small word of the language nor a particle of names: *de Moor*."""
    is_small = language in function_words().get(token.plain, ()) or token.folded in PARTICLES
    return token.folded.isalpha() and not is_small


def _terms(question: str, language: str) -> list[tuple[int, int]]:
    known = meanings()
    notes = known.annotate(question, schemes=OF_QUESTIONS)
    notes += known.annotate(question, language, schemes=OF_QUESTIONS)
    return [(note.start, note.end) for note in notes]


def _rare(words: list[Token]) -> set[str]:
    """Of the folded words, those that stand in few public things; all where nothing is searched."""
    folded = list(dict.fromkeys(word.folded for word in words))
    try:
        found = engine().frequencies(
            [("surface", (surfaces(word) or [word])[0]) for word in folded]
        )
    except UnavailableError:
        return set(folded)
    return {word for word, number in zip(folded, found, strict=True) if number < PUBLIC_FROM}


def _is_capitalised(word: str) -> bool:
    """As names are; an acronym is none, nor is a question written in capitals."""
    return word[:1].isupper() and not word.isupper()
