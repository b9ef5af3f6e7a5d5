"""Brings what editors taught the portal into the next version, as hidden labels of its draft."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db import transaction

from contactpoint.accounts.models import User
from contactpoint.glossary.drafting import prepared, published_payload, save_draft
from contactpoint.glossary.models import Concept, ConceptDraft
from contactpoint.glossary.models.decisions import key_of
from contactpoint.vocabulary import Label


@transaction.atomic
def carry(concept: Concept, texts: Iterable[str], language: str, *, by: User) -> list[str]:
    """Let the next version have these as hidden labels; returns those that it did not have yet."""
    row = Concept.objects.select_for_update(of=("self",)).get(pk=concept.pk)
    planned = prepared(row)
    there = {(label.language, key_of(label.text)) for label in planned.labels}
    new = [text for text in texts if (language, key_of(text)) not in there]
    if new:
        labels = [Label(text, language, "hidden") for text in new]
        save_draft(replace(planned, labels=(*planned.labels, *labels)), row=row, by=by)
    return new


@transaction.atomic
def leave_out(concept: int, keys: Collection[str], languages: Collection[str]) -> None:
    """Take hidden labels out of the draft again; what a version has already stays."""
    draft = ConceptDraft.objects.filter(concept=concept).select_related("concept").first()
    if draft is None or draft.concept is None:
        return
    published = {
        (label["language"], label["text"])
        for label in published_payload(draft.concept).get("labels", ())
    }
    planned = prepared(draft.concept)
    kept = tuple(
        label
        for label in planned.labels
        if label.kind != "hidden"
        or label.language not in languages
        or key_of(label.text) not in keys
        or (label.language, label.text) in published
    )
    if kept != planned.labels:
        save_draft(replace(planned, labels=kept), row=draft.concept, by=draft.edited_by)
