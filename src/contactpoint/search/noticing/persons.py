"""Tells questions that may name a person: those are neither counted nor sent to the editors.

Nobody keeps a list of all names, so it is asked the other way round: what is public? A word is
known if the vocabulary of questions has it (the glossary, places, institutions, everyday words) or
if it stands in several public things; a dictionary's word is none of them if the dictionary has it
with a capital as well, for *Bakker* and *Rose* are names too. A question may name a person

- by a word beside others that neither has, nor is a slip for a term: *neighbour peeters*
- by two neighbours that are rare, of which the second may be a name, or both: *rose bakker*
- by two neighbours with capitals that are no term, whatever texts hold them: authors and ministers
  stand in many
- by a word in a script that leaves no space between words, where nobody can tell.

A single word passes, since it tells nobody apart. So do words of a dictionary, such as `driving
licence`: what nobody has written about is what editors want to hear of. What is left: a name that
is made of such words (*Grace Hope*), and in German, where all nouns have capitals, one that is a
noun (*Müller*) beside words that are known.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from contactpoint.search.analysis import surfaces
from contactpoint.search.asking.written import in_labels
from contactpoint.search.dictionaries import LANGUAGES, is_word
from contactpoint.search.engines import engine
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.meanings import OF_QUESTIONS, meanings
from contactpoint.vocabulary import fold
from contactpoint.vocabulary.language import function_words
from contactpoint.vocabulary.normalise import Token, tokenise

PUBLIC_FROM: Final = 3
"""In so many documents a word has to stand to be known."""
SHORTEST_PLAIN: Final = 4
"""Letters: dictionaries have nearly all that is shorter, *li* and *wei* too."""
SHORTEST_HEAD: Final = 5
"""Letters of a dictionary's word that is no name behind one that may be."""
SHORTEST_SLIP: Final = 6
LONGEST_ACRONYM: Final = 6
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
_LETTER_BEFORE: Final = re.compile(r"\b[^\W\d_]-$")
"""As in `x-ray`: no name begins so."""
_UNSPACED: Final = (
    *("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ", "THAI ", "LAO ", "MYANMAR ", "KHMER "),
)


def may_name_somebody(question: str, language: str) -> bool:
    """Whether words of a question may be the name of a person.

    Asks the index and the vocabulary (a query) only where two words may be.
    """
    if any(map(_is_unspaced, question)):
        return True
    tokens = tokenise(question)
    words = [
        token
        for token in tokens
        if _is_name_like(token, language) and not _LETTER_BEFORE.search(question[: token.start])
    ]
    terms = _terms(question, language) if words and len(tokens) > 1 else []
    others = [one for one in words if not any(a <= one.start < b for a, b in terms)]
    if len(tokens) < 2 or not others:
        return False
    rare = _rare(others)
    strange = [one for one in others if one.folded in rare and not _is_plain(_raw(question, one))]
    if any(_is_unknown(question, one, language) for one in strange):
        return True
    if any(_leads_a_name(question, one, tokens, language) for one in strange):
        return True
    unknown = set(others)
    return any(
        _is_name(question, one, other, rare, language, strange={*strange})
        for one, other in pairwise(words)
        if {one, other} <= unknown
    )


def _is_unspaced(sign: str) -> bool:
    """A letter of Chinese, Japanese, Korean, Thai, Lao, Burmese or Khmer."""
    return sign.isalpha() and unicodedata.name(sign, "").startswith(_UNSPACED)


def _is_unknown(question: str, word: Token, language: str) -> bool:
    """Whether no dictionary has a strange word but as a name, and it is neither an acronym nor a
    slip for a word of a term."""
    raw = _raw(question, word)
    is_acronym = raw.isupper() and len(raw) <= LONGEST_ACRONYM and not question.isupper()
    is_noun = language in CAPITALISED_NOUNS and is_word(raw.capitalize(), language)
    if is_acronym or is_noun or len(raw) < SHORTEST_PLAIN:
        return False
    if any(is_word(raw.lower(), one) for one in LANGUAGES):
        return False
    return not _is_slip(word.folded, language)


def _is_slip(word: str, language: str) -> bool:
    """Whether it is a word of a name in the glossary but for one letter."""
    return len(word) >= SHORTEST_SLIP and any(
        OSA.distance(word, one, score_cutoff=1) <= 1 for one in in_labels(meanings(), language)
    )


def _is_name(
    question: str, one: Token, other: Token, rare: set[str], language: str, *, strange: set[Token]
) -> bool:
    """Whether two neighbours of which no term is made may be a name.

    A family name stands last as a rule: *rose bakker*, while `cricket players` are none.
    """
    both = {one.folded, other.folded}
    is_headed = one in strange and other not in strange and len(other.folded) >= SHORTEST_HEAD
    if both <= rare and {one, other} & strange and not is_headed:
        return True
    if not all(_is_capitalised(_raw(question, each)) for each in (one, other)):
        return False
    return language not in CAPITALISED_NOUNS or bool(both & rare)


def _raw(question: str, token: Token) -> str:
    return question[token.start : token.end]


def _leads_a_name(question: str, word: Token, tokens: list[Token], language: str) -> bool:
    """*Nguyen van An*: a strange word with a capital before a particle that is no small word of the
    asker's language."""
    if not _is_capitalised(_raw(question, word)):
        return False
    after = tokens[tokens.index(word) + 1 :]
    return bool(after) and (
        after[0].folded in PARTICLES and language not in function_words().get(after[0].plain, ())
    )


def _is_name_like(token: Token, language: str) -> bool:
    """Letters, and neither a small word of the language nor a particle of names: *de Moor*."""
    is_small = language in function_words().get(token.plain, ()) or token.folded in PARTICLES
    return token.folded.isalpha() and len(token.folded) > 1 and not is_small


def _terms(question: str, language: str) -> list[tuple[int, int]]:
    known = meanings()
    notes = known.annotate(question, schemes=OF_QUESTIONS)
    notes += known.annotate(question, language, schemes=OF_QUESTIONS)
    return [(note.start, note.end) for note in notes]


def _rare(words: list[Token]) -> set[str]:
    """Of the folded words, those that stand in few public things; all where nothing is searched.

    A word that folds to a small word of any language stands everywhere and is not known by that:
    the name *علي* is not the preposition *على*.
    """
    small = {word.folded for word in words if word.folded in _small_anywhere()}
    folded = [word for word in dict.fromkeys(word.folded for word in words) if word not in small]
    try:
        found = engine().frequencies(
            [("surface", (surfaces(word) or [word])[0]) for word in folded]
        )
    except UnavailableError:
        return {*folded, *small}
    few = {word for word, number in zip(folded, found, strict=True) if number < PUBLIC_FROM}
    return few | small


@cache
def _small_anywhere() -> frozenset[str]:
    return frozenset(map(fold, function_words()))


def _is_plain(word: str) -> bool:
    """Whether a dictionary has it as a word, and none has it as a name."""
    if len(word) < SHORTEST_PLAIN:
        return False
    small, capital = word.lower(), word.capitalize()
    return any(is_word(small, one) for one in DICTIONARIES) and not any(
        is_word(capital, one) for one in DICTIONARIES
    )


def _is_capitalised(word: str) -> bool:
    """As names are; an acronym is none, nor is a question written in capitals."""
    return word[:1].isupper() and not word.isupper()
