"""The glossary of the database as a `Scheme`, for whoever matches, writes or compares it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.glossary.models import Concept, ConceptLabel, SchemeVersion
from contactpoint.glossary.payload import KINDS
from contactpoint.glossary.remembering import is_for_texts
from contactpoint.vocabulary import Definition, Label, Note, Scheme, VocabularyConcept, fold

SCHEME_ID: Final = "glossary"


def scheme_from_rows(
    *, with_deprecated: bool = False, with_learnt: bool = True, with_replaced: bool = False
) -> Scheme:
    """The glossary as the database has it now, with the number of its newest version.

    Without `with_deprecated` withdrawn concepts are left out, and so are relations to them;
    `with_replaced` keeps the words of those that lead to a concept in use, see `_replaced`; without
    `with_learnt` hidden labels that editors taught, which belong to no version; with it those that
    are looked for in texts, see `contactpoint.glossary.remembering`. Labels and relations stand in
    the order in which a file is read. Costs five queries.
    """
    rows = everything = list(Concept.objects.order_by("slug"))
    every_slug = {row.pk: row.slug for row in rows}
    if not with_deprecated:
        rows = [row for row in rows if row.status != Concept.Status.DEPRECATED]
    slugs = {row.pk: row.slug for row in rows}
    labels = _other_labels(with_learnt)
    broader = _pairs(Concept.broader.through, slugs)
    related = _pairs(Concept.related.through, slugs)
    narrower: dict[str, list[str]] = defaultdict(list)
    for slug, parents in broader.items():
        for parent in parents:
            narrower[parent].append(slug)
    concepts = {
        row.slug: concept_of(
            row,
            labels[row.pk],
            broader=broader[row.slug],
            narrower=narrower[row.slug],
            related=related[row.slug],
            successor=every_slug.get(row.successor_id or 0, ""),
        )
        for row in rows
    }
    gone = _replaced(everything, concepts, labels) if with_replaced and not with_deprecated else {}
    newest = SchemeVersion.objects.first()
    return Scheme(
        id=SCHEME_ID,
        version=newest.number if newest else "",
        concepts={**concepts, **gone},
        labels=titles(),
        uri=scheme_address(),
    )


def _replaced(
    rows: Iterable[Concept],
    living: Mapping[str, VocabularyConcept],
    others: Mapping[int, list[Label]],
) -> dict[str, VocabularyConcept]:
    """Concepts that were given up for one in use: labels and that one's name, and no relations.

    Words that a living concept has in the same language are that concept's. Behind all others, so
    that the living go before.
    """
    taken = {
        (label.language, fold(label.text))
        for concept in living.values()
        for label in concept.labels
    }
    found = {}
    for row, successor in replaced(rows):
        labels = tuple(
            label
            for label in _labels(row, others.get(row.pk, []))
            if (label.language, fold(label.text)) not in taken
        )
        found[row.slug] = VocabularyConcept(
            id=row.slug,
            uri=row.uri or concept_address(row.slug),
            labels=labels,
            status="deprecated",
            replaced_by=successor.slug,
        )
    return found


def replaced(rows: Iterable[Concept]) -> Iterator[tuple[Concept, Concept]]:
    """Each deprecated concept of `rows`, which are all, that has led to one in use, and that one.

    A chain of successors is followed to its end; one that turns in a ring leads nowhere.
    """
    by_pk = {row.pk: row for row in rows}
    for row in by_pk.values():
        found: Concept | None = row
        seen: set[int] = set()
        while found and found.status == Concept.Status.DEPRECATED and found.pk not in seen:
            seen.add(found.pk)
            found = by_pk.get(found.successor_id or 0)
        if found and found is not row and found.status != Concept.Status.DEPRECATED:
            yield row, found


def concept_of(
    row: Concept,
    others: list[Label],
    *,
    broader: Iterable[str],
    narrower: Iterable[str],
    related: Iterable[str],
    successor: str,
) -> VocabularyConcept:
    """A row with its other labels and the identifiers of its neighbours as one concept."""
    return VocabularyConcept(
        id=row.slug,
        uri=row.uri or concept_address(row.slug),
        labels=_labels(row, others),
        definitions=_definitions(row),
        broader=tuple(sorted(broader)),
        narrower=tuple(sorted(narrower)),
        related=tuple(sorted(related)),
        exact_matches=tuple(row.exact_matches),
        close_matches=tuple(row.close_matches),
        notation=row.notation,
        notes=tuple(Note(**note) for note in row.notes),
        other=tuple((one, two) for one, two in row.other),
        status=row.status,  # type: ignore[arg-type]
        replaced_by=successor,
    )


def concept_address(slug: str) -> str:
    """The address that names a concept for good, whatever the language."""
    return f"{settings.BASE_URL}/id/concept/{slug}"


def scheme_address() -> str:
    """The address that names the glossary itself."""
    return f"{settings.BASE_URL}/id/scheme/{SCHEME_ID}"


def titles() -> tuple[Label, ...]:
    """What the glossary is called, in each of the portal's languages."""
    found = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.append(Label(_("Asylum and migration glossary"), code))
    return tuple(found)


def _labels(row: Concept, others: list[Label]) -> tuple[Label, ...]:
    # The name by which a concept goes in a language may be that of a national variant.
    variants = {(one.language, one.text) for one in others if one.kind == "preferred"}
    preferred = [
        Label(text, code)
        for code, text in row.labels.items()
        if text and (code, text) not in variants
    ]
    return tuple(
        sorted(
            [*preferred, *others],
            key=lambda label: (KINDS.index(label.kind), label.language, label.text),
        )
    )


def _other_labels(with_learnt: bool) -> dict[int, list[Label]]:
    found: dict[int, list[Label]] = defaultdict(list)
    for concept_id, text, language, kind, variant, learnt in ConceptLabel.objects.values_list(
        "concept_id", "text", "language", "kind", "variant", "learnt"
    ):
        if learnt and not (with_learnt and is_for_texts(text)):
            continue
        found[concept_id].append(Label(text, language, kind, variant))  # type: ignore[arg-type]
    return found


def _definitions(row: Concept) -> tuple[Definition, ...]:
    return tuple(
        Definition(entry["text"], code, entry.get("source", ""), entry.get("context", ""))
        for code, first in sorted(row.definitions.items())
        for entry in (first, *first.get("more", ()))
        if entry.get("text")
    )


def _pairs(through: Any, slugs: dict[int, str]) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = defaultdict(list)
    for one, other in through.objects.values_list("from_concept_id", "to_concept_id"):
        if one in slugs and other in slugs:
            pairs[slugs[one]].append(slugs[other])
    return pairs
