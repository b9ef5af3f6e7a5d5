"""Which concept is this? One matcher for keywords, texts and questions, in all languages at once.

A pure library: no web framework. Read a scheme with `read_turtle`, compile a `Vocabulary`, then
`harmonise`, `annotate` and `suggest`. See `docs/decisions/0007-vocabulary-matching.md`.
"""

from __future__ import annotations

from pathlib import Path

from contactpoint.vocabulary.annotate import Annotation
from contactpoint.vocabulary.harmonise import Harmonised
from contactpoint.vocabulary.model import (
    Definition,
    Label,
    Note,
    Scheme,
    VocabularyConcept,
    VocabularyError,
)
from contactpoint.vocabulary.normalise import fold, normalise
from contactpoint.vocabulary.reasons import describe
from contactpoint.vocabulary.slips import Nearest
from contactpoint.vocabulary.suggest import Span, Suggestion
from contactpoint.vocabulary.vocabulary import Vocabulary

__all__ = [
    "Annotation",
    "Definition",
    "Harmonised",
    "Label",
    "Nearest",
    "Note",
    "Scheme",
    "Span",
    "Suggestion",
    "Vocabulary",
    "VocabularyConcept",
    "VocabularyError",
    "describe",
    "fold",
    "normalise",
    "read_turtle",
]


def read_turtle(source: Path | str | bytes, *, scheme_id: str | None = None) -> Scheme:
    """One SKOS concept scheme from Turtle; see `contactpoint.vocabulary.formats.read`."""
    from contactpoint.vocabulary.formats import read  # noqa: PLC0415  (rdflib is slow to import)

    return read(source, format="turtle", scheme_id=scheme_id)
