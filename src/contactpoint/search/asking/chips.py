"""What a reader is told of how a question was understood, and may switch off."""

from typing import Final

from contactpoint.glossary.naming import concept_url
from contactpoint.glossary.remembering import PortalVocabulary
from contactpoint.search.analysis import forms, surfaces
from contactpoint.search.asking.loose import are_alike
from contactpoint.search.asking.meant import Meant
from contactpoint.search.asking.results import Chip
from contactpoint.search.institutions import INSTITUTIONS
from contactpoint.search.meanings import GLOSSARY, KINDS, PLACES
from contactpoint.vocabulary import fold

SHOWN: Final = (GLOSSARY, PLACES, INSTITUTIONS, KINDS)
"""What a reader is told of and may switch off. Of everyday words only those that mean something
else than they say: a chip for each word of a sentence would hide the ones that matter."""


def is_told(words: PortalVocabulary, meant: Meant, language: str) -> bool:
    """Whether there is a chip for it."""
    return meant.scheme in SHOWN or not _is_plain(words, meant, language)


def chip(words: PortalVocabulary, meant: Meant, language: str, is_on: bool) -> Chip:
    label = words.label(meant.slug, language, meant.scheme)
    if meant.scheme != GLOSSARY:
        # An acronym is of no language.
        spoken = "" if meant.scheme == INSTITUTIONS else meant.language
        return Chip(meant.token, label, "", meant.text, spoken, is_on)
    below = len(_narrower(words, meant.slug))
    url = concept_url(meant.slug, language)
    return Chip(meant.token, label, url, meant.text, meant.language, is_on, below)


def _is_plain(words: PortalVocabulary, meant: Meant, language: str) -> bool:
    """Whether an everyday word is, in the asker's language, a form of what it is taken for."""
    if meant.language != language:
        return False
    label = fold(words.label(meant.slug, language, meant.scheme))
    written, named = (
        {form for word in surfaces(text) for form in forms(word, language)}
        for text in (meant.text, label)
    )
    return are_alike(fold(meant.text), label) or not written.isdisjoint(named)


def _narrower(words: PortalVocabulary, slug: str) -> set[str]:
    found: set[str] = set()
    front = {slug}
    while front:
        below = {
            child
            for parent in front
            for child in words.concept(parent, GLOSSARY).narrower
            if child in words.schemes[GLOSSARY].concepts
        }
        front = below - found - {slug}
        found |= front
    return found
