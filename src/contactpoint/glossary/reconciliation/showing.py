"""How a concept is shown to a client: by its name, with the beginning of its definition."""

from typing import Final

from contactpoint.glossary.lexicon import Lexicon
from contactpoint.vocabulary import VocabularyConcept

_DESCRIBED: Final = 200


def named(words: Lexicon, slug: str, language: str) -> dict[str, str]:
    """A concept as a value."""
    return {"id": slug, "name": words.term(slug, language).label}


def description(concept: VocabularyConcept, language: str) -> str:
    """The beginning of its definition, in the language or in English."""
    by_language = {one.language: one.text for one in reversed(concept.definitions)}
    text = by_language.get(language) or by_language.get("en", "")
    return text if len(text) <= _DESCRIBED else f"{text[: _DESCRIBED - 1].rstrip()}…"
