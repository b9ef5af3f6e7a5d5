"""Concepts (SKOS) and main themes: one row each for all languages."""

from contactpoint.glossary.models.concepts import Concept, ConceptLabel, Theme
from contactpoint.glossary.models.decisions import Decision
from contactpoint.glossary.models.explained import explains_terms_field
from contactpoint.glossary.models.proposals import Proposal, ProposalAddress, ProposalStep
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
    "Decision",
    "FormerSlug",
    "Proposal",
    "ProposalAddress",
    "ProposalStep",
    "SchemeVersion",
    "Theme",
    "explains_terms_field",
]
