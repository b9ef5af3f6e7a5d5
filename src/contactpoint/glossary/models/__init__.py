"""Concepts (SKOS) and main themes: one row each for all languages."""

from contactpoint.glossary.models.concepts import Concept, ConceptLabel, Theme
from contactpoint.glossary.models.versions import (
    ConceptDraft,
    ConceptVersion,
    FormerSlug,
    SchemeVersion,
)

__all__ = [
    "Concept",
    "ConceptDraft",
    "ConceptLabel",
    "ConceptVersion",
    "FormerSlug",
    "SchemeVersion",
    "Theme",
]
