"""A glossary of three concepts, for tests of versions and drafts."""

from dataclasses import replace
from typing import Any

from contactpoint.glossary.drafting import published_payload, save_draft
from contactpoint.glossary.models import Concept, ConceptDraft
from contactpoint.glossary.payload import from_payload
from contactpoint.glossary.scheme import concept_address
from contactpoint.vocabulary import Definition, Label, Scheme, VocabularyConcept


def concept(slug: str, *labels: Label, **fields: Any) -> VocabularyConcept:
    fields.setdefault("definitions", (Definition(f"What {slug} is.", "en", "A law"),))
    return VocabularyConcept(id=slug, labels=labels or (Label(slug, "en"),), **fields)


def three(version: str = "1.0", **changes: dict[str, Any]) -> Scheme:
    """Asylum with reception and housing below it; `changes` are fields by identifier."""
    concepts = {
        "asylum": concept("asylum", Label("asylum", "en"), Label("asile", "fr")),
        "reception": concept("reception", broader=("asylum",)),
        "housing": concept(
            "housing", Label("housing", "en"), Label("accommodation", "en", "alternative"),
            broader=("reception",),
        ),
    }  # fmt: skip
    for slug, fields in changes.items():
        concepts[slug] = replace(concepts.get(slug) or concept(slug, broader=("asylum",)), **fields)
    return Scheme(id="glossary", version=version, concepts=concepts)


def published(slug: str) -> VocabularyConcept:
    """A concept as readers see it."""
    row = Concept.objects.get(slug=slug)
    return from_payload(slug, published_payload(row), concept_address(slug))


def draft(slug: str, **fields: Any) -> ConceptDraft | None:
    """A change to a published concept; `id` renames it."""
    return save_draft(replace(published(slug), **fields), row=Concept.objects.get(slug=slug))


def draft_new(slug: str, *labels: Label, **fields: Any) -> ConceptDraft | None:
    """A concept that is not there yet."""
    return save_draft(concept(slug, *labels, **fields), row=None)
