"""The vocabulary that texts and questions are read with: the portal's own, and everyday words.

A report about families and a question about *gezinnen* are about no concept of the glossary, yet
about the same. So a few hundred words that such texts are made of stand in a small scheme of their
own (`data/words.ttl`), matched like all others, here only: no editor meets them as keywords. So do
the institutions, which have another acronym in each language (`search.institutions`), and what
people ask in words of their own (`search.asked`).
"""

import threading
from functools import cache
from pathlib import Path
from typing import Final

from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.glossary.scheme import SCHEME_ID
from contactpoint.glossary.terms import vocabulary
from contactpoint.search.asked import ASKED, asked
from contactpoint.search.institutions import INSTITUTIONS, institutions, without_those_of
from contactpoint.vocabulary import Scheme, read_turtle

GLOSSARY: Final = SCHEME_ID
PLACES: Final = "places"
KINDS: Final = "kinds"
WORDS: Final = "words"
OF_TEXTS: Final = (GLOSSARY, PLACES, INSTITUTIONS, WORDS)
OF_QUESTIONS: Final = (GLOSSARY, PLACES, INSTITUTIONS, KINDS, WORDS, ASKED)
BESIDE: Final = (PLACES, INSTITUTIONS, KINDS, WORDS)
"""What questions mean that is no term of the glossary."""
WORDS_FILE: Final = Path(__file__).parent / "data" / "words.ttl"

_lock = threading.Lock()
_made: tuple[PortalVocabulary, PortalVocabulary] | None = None


def meanings() -> PortalVocabulary:
    """Compiled again when the portal's vocabulary is; one query, as that costs."""
    global _made  # noqa: PLW0603 — one vocabulary a process is the point
    base = vocabulary()
    made = _made
    if made is None or made[0] is not base:
        with _lock:
            if _made is None or _made[0] is not base:
                named = without_those_of(institutions(), base.schemes.values())
                _made = (base, base.beside(named, _words(), asked()))
            made = _made
    made[1].tell_as(base)
    return made[1]


def token(scheme: str, concept: str) -> str:
    """As what a concept stands in the index: one of the glossary by its slug, others with their
    scheme before it."""
    return concept if scheme == GLOSSARY else f"{scheme}/{concept}"


@cache
def _words() -> Scheme:
    return read_turtle(WORDS_FILE, scheme_id=WORDS)
