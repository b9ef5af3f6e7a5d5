"""A concept as JSON and back: what versions and drafts keep.

Values stand in a set order and empty ones are left out, so that two payloads are equal if and only
if the concepts are. Relations are by identifier; addresses of the portal's own concepts follow from
the identifier and are not kept.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any, Final

from contactpoint.vocabulary import Definition, Label, Note, Scheme, VocabularyConcept

Payload = dict[str, Any]
KINDS: Final = ("preferred", "alternative", "hidden")


def to_payload(concept: VocabularyConcept, own_address: str) -> Payload:
    """The concept without its identifier; `own_address` is the one that need not be kept."""
    found: Payload = {
        "labels": [_filled(asdict(label)) for label in sorted(concept.labels, key=_label_order)],
        "definitions": [
            _filled(asdict(one))
            for one in sorted(
                concept.definitions, key=lambda one: (one.language, one.context, one.text)
            )
        ],
        "notes": [
            _filled(asdict(one))
            for one in sorted(concept.notes, key=lambda one: (one.kind, one.language, one.text))
        ],
        "broader": sorted(set(concept.broader)),
        "narrower": sorted(set(concept.narrower)),
        "related": sorted(set(concept.related)),
        "exact_matches": sorted(set(concept.exact_matches)),
        "close_matches": sorted(set(concept.close_matches)),
        "status": concept.status,
        "replaced_by": concept.replaced_by,
        "notation": concept.notation,
        "uri": "" if concept.uri == own_address else concept.uri,
        "other": sorted(list(pair) for pair in concept.other),
    }
    return _filled(found)


def from_payload(slug: str, payload: Mapping[str, Any], own_address: str) -> VocabularyConcept:
    """The concept that `to_payload` was given."""
    return VocabularyConcept(
        id=slug,
        uri=payload.get("uri") or own_address,
        labels=tuple(Label(**one) for one in payload.get("labels", ())),
        definitions=tuple(Definition(**one) for one in payload.get("definitions", ())),
        broader=tuple(payload.get("broader", ())),
        narrower=tuple(payload.get("narrower", ())),
        related=tuple(payload.get("related", ())),
        exact_matches=tuple(payload.get("exact_matches", ())),
        close_matches=tuple(payload.get("close_matches", ())),
        status=payload.get("status", "approved"),
        replaced_by=payload.get("replaced_by", ""),
        notation=payload.get("notation", ""),
        notes=tuple(Note(**one) for one in payload.get("notes", ())),
        other=tuple((one, two) for one, two in payload.get("other", ())),
    )


def completed(scheme: Scheme) -> Scheme:
    """The scheme with each relation on both sides."""
    known = scheme.concepts
    broader: dict[str, set[str]] = defaultdict(set)
    narrower: dict[str, set[str]] = defaultdict(set)
    related: dict[str, set[str]] = defaultdict(set)
    for slug, concept in known.items():
        for parent in concept.broader:
            broader[slug].add(parent)
            narrower[parent].add(slug)
        for child in concept.narrower:
            broader[child].add(slug)
            narrower[slug].add(child)
        for other in concept.related:
            related[slug].add(other)
            related[other].add(slug)
    return replace(
        scheme,
        concepts={
            slug: replace(
                concept,
                broader=tuple(sorted(broader[slug])),
                narrower=tuple(sorted(narrower[slug])),
                related=tuple(sorted(related[slug])),
            )
            for slug, concept in known.items()
        },
    )


def _label_order(label: Label) -> tuple[int, str, str, str]:
    return KINDS.index(label.kind), label.language, label.text, label.variant


def _filled(found: Payload) -> Payload:
    return {key: value for key, value in found.items() if value}
