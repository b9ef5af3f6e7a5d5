"""Concepts (SKOS) and main themes: one row each for all languages."""

from contactpoint.glossary.models.concepts import Concept, ConceptLabel, Theme
from contactpoint.glossary.models.decisions import Decision
from contactpoint.glossary.models.versions import SchemeVersion

__all__ = ["Concept", "ConceptLabel", "Decision", "SchemeVersion", "Theme"]
