"""Writes the glossary and the main themes: the only functions that change many concepts."""

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from contactpoint.glossary.models import Concept, ConceptLabel, SchemeVersion, Theme
from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.vocabulary import Scheme, VocabularyConcept, VocabularyError, read_turtle

THEMES_FILE: Final = Path(__file__).parent / "data" / "themes.toml"


def load_shipped() -> tuple[int, int]:
    """Write the shipped glossary and themes where there are none; returns how many were written.

    A portal that has concepts keeps them as they are: a newer glossary comes in by `load_scheme`.
    """
    with transaction.atomic():
        concepts = 0
        if not Concept.objects.exists():
            concepts = load_scheme(read_turtle(GLOSSARY_FILE, scheme_id="glossary"))
        return concepts, load_themes()


@transaction.atomic
def load_scheme(scheme: Scheme) -> int:
    """Write every concept of `scheme`, by its id; returns how many.

    Concepts that exist are replaced field by field; concepts that the scheme lacks stay as they
    are. A relation to a concept that the scheme lacks is a `VocabularyError`, and nothing is kept.
    """
    for concept in scheme.concepts.values():
        _refuse_unknown_relations(concept, scheme)
    rows = {row.slug: row for row in Concept.objects.filter(slug__in=scheme.concepts)}
    new: list[Concept] = []
    for concept in scheme.concepts.values():
        row = rows.get(concept.id) or Concept(slug=concept.id)
        row.labels = {
            label.language: label.text for label in concept.labels if label.kind == "preferred"
        }
        row.definitions = {
            definition.language: {"text": definition.text, "source": definition.source}
            for definition in concept.definitions
        }
        row.status = concept.status
        row.exact_matches = list(concept.exact_matches)
        row.updated_at = timezone.now()
        if row.pk is None:
            new.append(row)
    fields = ["labels", "definitions", "status", "exact_matches", "updated_at"]
    Concept.objects.bulk_update(rows.values(), fields, batch_size=200)
    Concept.objects.bulk_create(new, batch_size=200)
    rows = {row.slug: row for row in Concept.objects.filter(slug__in=scheme.concepts)}
    _write_labels(scheme, rows)
    _write_relations(scheme, rows)
    _write_version(scheme)
    return len(scheme.concepts)


def _refuse_unknown_relations(concept: VocabularyConcept, scheme: Scheme) -> None:
    for relation in ("broader", "narrower", "related"):
        for target in getattr(concept, relation):
            if target not in scheme.concepts:
                raise VocabularyError(
                    f"{concept.id}: {relation} names {target}, which the scheme does not have. "
                    "Add the concept, or remove the relation."
                )


def _write_labels(scheme: Scheme, rows: Mapping[str, Concept]) -> None:
    ids = [row.pk for row in rows.values()]
    # Hidden labels that editors taught the portal are not the file's to remove.
    ConceptLabel.objects.filter(concept_id__in=ids, learnt=False).delete()
    kept = set(
        ConceptLabel.objects.filter(concept_id__in=ids).values_list(
            "concept_id", "language", "text"
        )
    )
    labels: dict[tuple[int, str, str], ConceptLabel] = {}
    for concept in scheme.concepts.values():
        row = rows[concept.id]
        for label in concept.labels:
            key = (row.pk, label.language, label.text)
            if label.kind != "preferred" and key not in kept:
                labels.setdefault(
                    key,
                    ConceptLabel(
                        concept=row, language=label.language, kind=label.kind, text=label.text
                    ),
                )
    ConceptLabel.objects.bulk_create(labels.values(), batch_size=500)


def _write_relations(scheme: Scheme, rows: Mapping[str, Concept]) -> None:
    ids = [row.pk for row in rows.values()]
    broader: Any = Concept.broader.through
    related: Any = Concept.related.through
    broader.objects.filter(from_concept_id__in=ids).delete()
    related.objects.filter(from_concept_id__in=ids).delete()
    up, beside = set(), set()
    for concept in scheme.concepts.values():
        mine = rows[concept.id].pk
        up |= {(mine, rows[target].pk) for target in concept.broader}
        up |= {(rows[target].pk, mine) for target in concept.narrower}
        beside |= {(mine, rows[target].pk) for target in concept.related}
        beside |= {(rows[target].pk, mine) for target in concept.related}
    for through, pairs in ((broader, up), (related, beside)):
        through.objects.bulk_create(
            through(from_concept_id=one, to_concept_id=other) for one, other in sorted(pairs)
        )


def _write_version(scheme: Scheme) -> None:
    digest = hashlib.sha256(repr(sorted(scheme.concepts.items())).encode()).hexdigest()
    SchemeVersion.objects.update_or_create(
        number=scheme.version or "0",
        defaults={"digest": digest},
        create_defaults={"digest": digest, "published_on": timezone.localdate()},
    )


@transaction.atomic
def load_themes(path: Path = THEMES_FILE) -> int:
    """Write the themes of a TOML file that are not there yet, parents first; returns how many."""
    with path.open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["theme"]
    themes: dict[str, Theme] = {}
    written = 0
    concepts = {concept.slug: concept for concept in Concept.objects.all()}
    for row in sorted(rows, key=lambda row: "parent" in row):
        parent = themes.get(row.get("parent", ""))
        themes[row["slug"]], is_new = Theme.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "parent": parent,
                "position": row["position"],
                "hue": row.get("hue") or (parent.hue if parent else 1),
                "labels": row["labels"],
                "alternatives": row.get("alternatives", {}),
            },
        )
        if is_new:
            written += 1
            themes[row["slug"]].concepts.set(
                concepts[slug] for slug in row.get("concepts", []) if slug in concepts
            )
    return written
