"""What editors prepare for the next version: one row a concept, unseen by readers.

Whoever proposes something (a form, a file, a reader whose proposal was accepted) calls `save_draft`
with the whole concept as it shall be.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from contactpoint.accounts.models import User
from contactpoint.glossary.models import Concept, ConceptDraft
from contactpoint.glossary.payload import Payload, completed, from_payload, to_payload
from contactpoint.glossary.scheme import concept_address, concept_of, scheme_from_rows
from contactpoint.vocabulary import Label, Scheme, VocabularyConcept


def published_scheme() -> Scheme:
    """What readers see, with deprecated concepts and without learnt labels, relations both ways."""
    return completed(scheme_from_rows(with_deprecated=True, with_learnt=False))


def drafts(*, locked: bool = False) -> list[ConceptDraft]:
    """All changes that wait, by identifier; `locked`, nobody changes them until the transaction
    ends."""
    rows = ConceptDraft.objects.select_related("concept", "edited_by").order_by("slug")
    return list(rows.select_for_update(of=("self",)) if locked else rows)


def draft_scheme(published: Scheme, waiting: Iterable[ConceptDraft]) -> Scheme:
    """`published` with the changes that wait; a relation may then lead to nowhere."""
    waiting = list(waiting)
    renamed = renames(waiting)
    drafted = {draft.concept.slug if draft.concept else draft.slug for draft in waiting}
    concepts: dict[str, VocabularyConcept] = {}
    for slug, concept in published.concepts.items():
        if slug not in drafted:
            # What a draft says of its relations holds, so nobody else says it too. Narrower is
            # told by the narrower concept.
            related = tuple(target for target in concept.related if target not in drafted)
            concepts[slug] = _renamed(replace(concept, related=related, narrower=()), renamed)
    for draft in waiting:
        concept = from_payload(draft.slug, draft.payload, concept_address(draft.slug))
        concepts[draft.slug] = _renamed(replace(concept, narrower=()), renamed)
    return completed(replace(published, concepts=dict(sorted(concepts.items()))))


def renames(waiting: Iterable[ConceptDraft]) -> dict[str, str]:
    """Old to new identifier of the concepts that are to be renamed."""
    return {
        draft.concept.slug: draft.slug
        for draft in waiting
        if draft.concept is not None and draft.concept.slug != draft.slug
    }


@transaction.atomic
def save_draft(
    concept: VocabularyConcept,
    *,
    row: Concept | None,
    by: User | None = None,
    forgotten: Iterable[tuple[str, str]] | None = None,
) -> ConceptDraft | None:
    """Keep `concept` for the next version; `row` is the one that it changes, None for a new one.

    `forgotten` are learnt labels to be taken out; None leaves those of the draft that there is.
    Nothing is kept, and None returned, where it is what readers see already. Drafts of concepts
    that it is related to are brought into line, so that two of them never say different things.
    """
    payload = to_payload(
        replace(concept, narrower=()), concept_address(row.slug if row else concept.id)
    )
    payload.pop("uri", None)
    waiting = ConceptDraft.objects.filter(concept=row) if row else ConceptDraft.objects.none()
    former = waiting.first()
    if forgotten is None:
        taken_out = former.forgotten if former else []
    else:
        taken_out = [list(pair) for pair in sorted(forgotten)]
    if row is not None:
        if row.uri:
            payload["uri"] = row.uri
        if concept.id == row.slug and not taken_out and payload == published_payload(row):
            waiting.delete()
            return None
    found = {"slug": concept.id} if row is None else {"concept": row}
    draft, _made = ConceptDraft.objects.update_or_create(
        **found,
        defaults={
            "slug": concept.id,
            "payload": payload,
            "forgotten": taken_out,
            "edited_by": by,
        },
    )
    _align(draft)
    return draft


def published_payload(row: Concept) -> Payload:
    """What readers see of a concept, as a draft would say it. Costs three queries."""
    labels = [
        Label(text, language, kind, variant)  # type: ignore[arg-type]
        for text, language, kind, variant in row.other_labels.filter(learnt=False).values_list(
            "text", "language", "kind", "variant"
        )
    ]
    concept = concept_of(
        row,
        labels,
        broader=row.broader.values_list("slug", flat=True),
        narrower=(),
        related=row.related.values_list("slug", flat=True),
        successor=row.successor.slug if row.successor else "",
    )
    return to_payload(concept, concept_address(row.slug))


def prepared(row: Concept) -> VocabularyConcept:
    """A concept as the next version has it so far: its draft, else what readers see."""
    draft = ConceptDraft.objects.filter(concept=row).first()
    slug, payload = (draft.slug, draft.payload) if draft else (row.slug, published_payload(row))
    return from_payload(slug, payload, concept_address(slug))


def digest(content: Any) -> str:
    """Tells whether two people started from the same."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _align(draft: ConceptDraft) -> None:
    """What two drafts say of their relation is what the newer one says."""
    mine, names = set(draft.payload.get("related", ())), _names(draft)
    for other in ConceptDraft.objects.exclude(pk=draft.pk).select_related("concept"):
        theirs = set(other.payload.get("related", ()))
        wanted = theirs - names | ({draft.slug} if mine & _names(other) else set())
        if wanted != theirs - names | ({draft.slug} if theirs & names else set()):
            payload = {**other.payload, "related": sorted(wanted)}
            if not wanted:
                del payload["related"]
            ConceptDraft.objects.filter(pk=other.pk).update(payload=payload)


def _names(draft: ConceptDraft) -> set[str]:
    return {draft.slug, draft.concept.slug} if draft.concept else {draft.slug}


def _renamed(concept: VocabularyConcept, renamed: Mapping[str, str]) -> VocabularyConcept:
    if not renamed:
        return concept
    return replace(
        concept,
        broader=tuple(renamed.get(target, target) for target in concept.broader),
        related=tuple(renamed.get(target, target) for target in concept.related),
        replaced_by=renamed.get(concept.replaced_by, concept.replaced_by),
    )
