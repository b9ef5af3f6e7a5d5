"""The glossary of the database as a `Scheme`, for whoever matches, writes or compares it."""

from collections import defaultdict
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.glossary.models import Concept, ConceptLabel, SchemeVersion
from contactpoint.vocabulary import Definition, Label, Scheme, VocabularyConcept

SCHEME_ID: Final = "glossary"
_KINDS: Final = ("preferred", "alternative", "hidden")


def scheme_from_rows(*, with_deprecated: bool = False) -> Scheme:
    """The glossary as the database has it now, with the number of its newest version.

    Without `with_deprecated` withdrawn concepts are left out, and so are relations to them. Labels
    and relations stand in the order in which a file is read. Costs five queries.
    """
    rows = list(Concept.objects.order_by("slug"))
    every_slug = {row.pk: row.slug for row in rows}
    if not with_deprecated:
        rows = [row for row in rows if row.status != Concept.Status.DEPRECATED]
    slugs = {row.pk: row.slug for row in rows}
    labels = _other_labels()
    broader = _pairs(Concept.broader.through, slugs)
    related = _pairs(Concept.related.through, slugs)
    narrower: dict[str, list[str]] = defaultdict(list)
    for slug, parents in broader.items():
        for parent in parents:
            narrower[parent].append(slug)
    concepts = {
        row.slug: VocabularyConcept(
            id=row.slug,
            uri=concept_address(row.slug),
            labels=_labels(row, labels[row.pk]),
            definitions=_definitions(row),
            broader=tuple(sorted(broader[row.slug])),
            narrower=tuple(sorted(narrower[row.slug])),
            related=tuple(sorted(related[row.slug])),
            exact_matches=tuple(row.exact_matches),
            status=row.status,  # type: ignore[arg-type]
            replaced_by=every_slug.get(row.successor_id or 0, ""),
        )
        for row in rows
    }
    newest = SchemeVersion.objects.first()
    return Scheme(
        id=SCHEME_ID,
        version=newest.number if newest else "",
        concepts=concepts,
        labels=titles(),
        uri=scheme_address(),
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
    preferred = [Label(text, code) for code, text in row.labels.items() if text]
    return tuple(
        sorted(
            [*preferred, *others],
            key=lambda label: (_KINDS.index(label.kind), label.language, label.text),
        )
    )


def _other_labels() -> dict[int, list[Label]]:
    found: dict[int, list[Label]] = defaultdict(list)
    for concept_id, text, language, kind in ConceptLabel.objects.values_list(
        "concept_id", "text", "language", "kind"
    ):
        found[concept_id].append(Label(text, language, kind))  # type: ignore[arg-type]
    return found


def _definitions(row: Concept) -> tuple[Definition, ...]:
    return tuple(
        Definition(entry["text"], code, entry.get("source", ""), entry.get("context", ""))
        for code, entry in sorted(row.definitions.items())
        if entry.get("text")
    )


def _pairs(through: Any, slugs: dict[int, str]) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = defaultdict(list)
    for one, other in through.objects.values_list("from_concept_id", "to_concept_id"):
        if one in slugs and other in slugs:
            pairs[slugs[one]].append(slugs[other])
    return pairs
