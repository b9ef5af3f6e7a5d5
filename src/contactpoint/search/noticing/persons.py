"""Tells questions that may name a person: those are neither counted nor sent to the editors.

Nobody keeps a list of all names, so it is asked the other way round: what is public? A word is
known if the vocabulary of questions has it (the glossary, places, institutions, everyday words) or
if it stands in several public things. Two neighbours of which nobody knows either may be a name,
and so may two with capitals that are no term, whatever texts hold them: authors and ministers stand
in many. A single word passes, since it tells nobody apart. So do two words of a dictionary, such as
`driving licence`: what nobody has written about is what editors want to hear of. A word that is a
name too, *Bakker* or *Rose*, is none of them where the dictionary has it with a capital.
"""

from itertools import pairwise
from typing import Final

from simplemma.strategies import DictionaryLookupStrategy
from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

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
DICTIONARIES: Final = ("en", "fr", "nl")
"""Those of languages that write names with a capital, and little else."""
CAPITALISED_NOUNS: Final = frozenset({"de"})
"""Languages whose capitals say nothing."""

_dictionaries: Final = DictionaryLookupStrategy(LOW_MEMORY_DICTIONARY_FACTORY)


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
        written = [question[each.start : each.end] for each in (one, other)]
        if both <= rare and not all(map(_is_plain, written)):
            return True
        if all(map(_is_capitalised, written)):
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


def _is_plain(word: str) -> bool:
    """Whether a dictionary has it as a word, and none has it as a name.

    The dictionaries are read when they are first needed: 0.4 s, 12 MB.
    """
    has = _dictionaries.is_dictionary_member
    small, capital = word.lower(), word.capitalize()
    return any(has(small, one) for one in DICTIONARIES) and not any(
        has(capital, one) for one in DICTIONARIES
    )


def _is_capitalised(word: str) -> bool:
    """As names are; an acronym is none, nor is a question written in capitals."""
    return word[:1].isupper() and not word.isupper()
