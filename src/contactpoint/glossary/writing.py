"""Writes concepts of a `Scheme` into the rows that readers see."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from django.utils import timezone

from contactpoint.glossary.models import Concept, ConceptLabel, FormerSlug
from contactpoint.glossary.signals import concepts_changed
from contactpoint.vocabulary import Scheme, VocabularyConcept, VocabularyError

LONGEST_LABEL: Final = 200
_SLUG: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
_BATCH: Final = 200
FIELDS: Final = (
    *("labels", "definitions", "status", "successor", "exact_matches", "close_matches"),
    *("notation", "notes", "uri", "other", "updated_at"),
)


def write_concepts(
    scheme: Scheme,
    slugs: Collection[str],
    *,
    own_addresses: Mapping[str, str],
    renamed: Mapping[str, str] | None = None,
) -> None:
    """Make the rows of `slugs` what `scheme` says, whose relations stand on both sides.

    `renamed` leads from old identifiers to new ones; `own_addresses` are those that follow from the
    identifier. Call it inside a transaction. Learnt hidden labels stay.
    """
    _rename(renamed or {})
    rows = {row.slug: row for row in Concept.objects.all()}
    for slug in slugs:
        rows[slug] = _filled(
            rows.get(slug) or Concept(slug=slug), scheme.concepts[slug], own_addresses[slug]
        )
    new = [rows[slug] for slug in slugs if rows[slug].pk is None]
    old = [rows[slug] for slug in slugs if rows[slug].pk is not None]
    Concept.objects.bulk_create(new, batch_size=_BATCH)
    for slug in slugs:
        successor = scheme.concepts[slug].replaced_by
        rows[slug].successor = rows[successor] if successor else None
    Concept.objects.bulk_update(old, list(FIELDS), batch_size=_BATCH)
    succeeded = [row for row in new if row.successor_id]
    Concept.objects.bulk_update(succeeded, ["successor"], batch_size=_BATCH)
    FormerSlug.objects.filter(slug__in=[row.slug for row in new]).delete()
    _write_labels(scheme, slugs, rows)
    _write_relations(scheme, slugs, rows)
    concepts_changed.send(sender=Concept, slugs=[*slugs, *(renamed or ())])


def refuse_what_does_not_fit(scheme: Scheme) -> None:
    """A relation to nowhere, or a value that no row can hold, is a `VocabularyError`."""
    for concept in scheme.concepts.values():
        for relation in ("broader", "narrower", "related"):
            for target in getattr(concept, relation):
                if target not in scheme.concepts:
                    raise VocabularyError(
                        f"{concept.id}: {relation} names {target}, which the scheme does not have. "
                        "Add the concept, or remove the relation."
                    )
        if concept.replaced_by and concept.replaced_by not in scheme.concepts:
            raise VocabularyError(
                f"{concept.id}: its successor {concept.replaced_by} is not in the scheme. "
                "Add the concept, or name another."
            )
        if not _SLUG.fullmatch(concept.id):
            raise VocabularyError(
                f"{concept.id}: an identifier has Latin letters, digits, hyphens and underscores, "
                "100 at most. Rename the concept."
            )
        _refuse_labels(concept)


def _refuse_labels(concept: VocabularyConcept) -> None:
    seen: set[tuple[str, str]] = set()
    for label in concept.labels:
        if len(label.text) > LONGEST_LABEL:
            raise VocabularyError(
                f"{concept.id}: its label “{label.text[:40]}…” is longer than {LONGEST_LABEL} "
                "characters. Shorten it, or make it a note."
            )
        if label.kind == "preferred":
            if (label.language, label.variant) in seen:
                raise VocabularyError(
                    f"{concept.id}: it has two preferred labels in {label.language!r}. Make one of "
                    "them an alternative label."
                )
            seen.add((label.language, label.variant))


def _rename(renamed: Mapping[str, str]) -> None:
    for old, new in renamed.items():
        row = Concept.objects.get(slug=old)
        Concept.objects.filter(pk=row.pk).update(slug=new)
        FormerSlug.objects.filter(slug=new).delete()
        FormerSlug.objects.update_or_create(slug=old, defaults={"concept": row})


def _filled(row: Concept, concept: VocabularyConcept, own_address: str) -> Concept:
    row.labels = _names(concept)
    row.definitions = _definitions(concept)
    row.status = concept.status
    row.exact_matches = list(concept.exact_matches)
    row.close_matches = list(concept.close_matches)
    row.notation = concept.notation
    row.notes = [
        {"text": note.text, "language": note.language, "kind": note.kind} for note in concept.notes
    ]
    row.uri = "" if concept.uri == own_address else concept.uri
    row.other = [list(pair) for pair in concept.other]
    row.updated_at = timezone.now()
    return row


def _names(concept: VocabularyConcept) -> dict[str, str]:
    """The preferred label in each language: that of no variant, where there are several."""
    names: dict[str, str] = {}
    for label in sorted(concept.labels, key=lambda label: bool(label.variant)):
        if label.kind == "preferred":
            names.setdefault(label.language, label.text)
    return names


def _definitions(concept: VocabularyConcept) -> dict[str, dict[str, Any]]:
    """One a language, that of no context before others; further ones stand in it as `more`."""
    found: dict[str, dict[str, Any]] = {}
    for definition in sorted(concept.definitions, key=lambda one: (one.language, one.context)):
        entry: dict[str, Any] = {"text": definition.text, "source": definition.source}
        if definition.context:
            entry["context"] = definition.context
        first = found.setdefault(definition.language, entry)
        if first is not entry:
            first.setdefault("more", []).append(entry)
    return found


def _write_labels(scheme: Scheme, slugs: Collection[str], rows: Mapping[str, Concept]) -> None:
    labels: dict[tuple[int, str, str, str], ConceptLabel] = {}
    for slug in slugs:
        pk = rows[slug].pk
        for label in scheme.concepts[slug].labels:
            if label.kind != "preferred" or label.variant:
                labels.setdefault(
                    (pk, label.language, label.text, label.variant),
                    ConceptLabel(
                        concept_id=pk,
                        language=label.language,
                        kind=label.kind,
                        text=label.text,
                        variant=label.variant,
                    ),
                )
    learnt = []
    for batch in _batches(slugs, rows):
        mine = ConceptLabel.objects.filter(concept_id__in=batch)
        # Hidden labels that editors taught the portal are not the scheme's to remove, unless it
        # has come to know them itself.
        mine.filter(learnt=False).delete()
        learnt += [row for row in mine if _key(row) in labels]
    ConceptLabel.objects.filter(pk__in=[row.pk for row in learnt]).delete()
    ConceptLabel.objects.bulk_create(labels.values(), batch_size=500)


def _batches(slugs: Collection[str], rows: Mapping[str, Concept]) -> Iterator[list[int]]:
    """Keys of the rows, few enough for one query."""
    keys = [rows[slug].pk for slug in slugs]
    for start in range(0, len(keys), _BATCH):
        yield keys[start : start + _BATCH]


def _key(row: ConceptLabel) -> tuple[int, str, str, str]:
    return row.concept_id, row.language, row.text, row.variant


def _write_relations(scheme: Scheme, slugs: Collection[str], rows: Mapping[str, Concept]) -> None:
    broader: Any = Concept.broader.through
    related: Any = Concept.related.through
    for batch in _batches(slugs, rows):
        broader.objects.filter(from_concept_id__in=batch).delete()
        related.objects.filter(from_concept_id__in=batch).delete()
        related.objects.filter(to_concept_id__in=batch).delete()
    up, beside = set(), set()
    for slug in slugs:
        mine, concept = rows[slug].pk, scheme.concepts[slug]
        up |= {(mine, rows[target].pk) for target in concept.broader}
        for target in concept.related:
            beside |= {(mine, rows[target].pk), (rows[target].pk, mine)}
    for through, pairs in ((broader, up), (related, beside)):
        through.objects.bulk_create(
            (through(from_concept_id=one, to_concept_id=other) for one, other in sorted(pairs)),
            batch_size=500,
        )
