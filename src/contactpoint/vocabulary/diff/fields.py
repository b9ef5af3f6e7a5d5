"""The fields of a concept as a comparison reads them: by name and language, in a set order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from contactpoint.vocabulary.diff.change import FieldChange
from contactpoint.vocabulary.model import Scheme, VocabularyConcept

# In the order in which they are told.
FIELDS: Final[dict[str, str]] = {
    "preferred": "preferred label",
    "alternative": "alternative labels",
    "hidden": "hidden labels",
    "definition": "definition",
    "source": "source of the definition",
    "scope": "scope note",
    "note": "note",
    "example": "example",
    "editorial": "editorial note",
    "history": "history note",
    "change": "change note",
    "broader": "broader",
    "related": "related",
    "exact": "exact matches",
    "close": "close matches",
    "status": "status",
    "successor": "successor",
    "notation": "notation",
    "address": "address",
    "other": "other statements",
}
_ORDER: Final = {field: place for place, field in enumerate(FIELDS)}
Values = Mapping[tuple[str, str], tuple[str, ...]]


def values_of(scheme: Scheme, renamed: Mapping[str, str]) -> dict[str, Values]:
    """The values of every concept by field and language, sorted, so that an order means nothing.

    Narrower is read as broader from the other side, and related as holding both ways. What names a
    concept by an id in `renamed` counts as naming it by its new one."""
    broader: dict[str, set[str]] = defaultdict(set)
    related: dict[str, set[str]] = defaultdict(set)
    for slug, concept in scheme.concepts.items():
        broader[slug].update(concept.broader)
        for target in concept.narrower:
            broader[target].add(slug)
        for target in concept.related:
            related[slug].add(target)
            related[target].add(slug)
    return {
        slug: _values(
            concept,
            {renamed.get(target, target) for target in broader[slug]},
            {renamed.get(target, target) for target in related[slug]},
            renamed.get(concept.replaced_by, concept.replaced_by),
        )
        for slug, concept in scheme.concepts.items()
    }


def _values(
    concept: VocabularyConcept, broader: set[str], related: set[str], successor: str
) -> Values:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for field, language, text in _texts(concept):
        found[field, language].add(text)
    for field, values in (
        ("broader", broader),
        ("related", related),
        ("exact", concept.exact_matches),
        ("close", concept.close_matches),
        ("status", (concept.status,)),
        ("successor", (successor,)),
        ("notation", (concept.notation,)),
        ("address", (concept.uri,)),
        ("other", (" ".join(pair) for pair in concept.other)),
    ):
        found[field, ""].update(value for value in values if value)
    return {key: tuple(sorted(values)) for key, values in found.items() if values}


def _texts(concept: VocabularyConcept) -> Iterator[tuple[str, str, str]]:
    for label in concept.labels:
        yield label.kind, label.language, _marked(label.text, label.variant)
    for definition in concept.definitions:
        yield "definition", definition.language, _marked(definition.text, definition.context)
        if definition.source:
            source = _marked(definition.source, definition.context)
            yield "source", definition.language, source
    for note in concept.notes:
        yield note.kind, note.language, note.text


def _marked(text: str, mark: str) -> str:
    return f"{text} ({mark})" if mark else text


def changed_fields(before: Values, after: Values) -> tuple[FieldChange, ...]:
    """The fields that differ, in their order."""
    keys = sorted({*before, *after}, key=lambda key: (_ORDER[key[0]], key[1]))
    return tuple(
        FieldChange(field, language, before.get((field, language), ()), values)
        for field, language in keys
        if (values := after.get((field, language), ())) != before.get((field, language), ())
    )


def scheme_values(scheme: Scheme) -> Values:
    """What there is to compare about a scheme itself."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for label in scheme.labels:
        found[label.kind, label.language].add(_marked(label.text, label.variant))
    found["address", ""].update([scheme.uri] if scheme.uri else [])
    found["other", ""].update(" ".join(triple) for triple in scheme.other)
    return {key: tuple(sorted(values)) for key, values in found.items() if values}
