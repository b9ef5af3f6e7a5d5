"""The glossary as it stood: in a version, on a date, and one concept through all versions."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from contactpoint.glossary.models import Concept, ConceptVersion, SchemeVersion
from contactpoint.glossary.payload import Payload, from_payload, to_payload
from contactpoint.glossary.scheme import (
    SCHEME_ID,
    concept_address,
    scheme_address,
    scheme_from_rows,
    titles,
)
from contactpoint.vocabulary import Scheme, VocabularyConcept


@dataclass(frozen=True, slots=True)
class Stand:
    """A concept from a version on; `concept` is None where it went with that version."""

    version: SchemeVersion
    slug: str
    concept: VocabularyConcept | None


def newest() -> SchemeVersion | None:
    """The version that readers see."""
    return SchemeVersion.objects.defer("diff").order_by("-pk").first()


def version_on(day: datetime.date) -> SchemeVersion | None:
    """The version that readers saw at the end of that day."""
    past = SchemeVersion.objects.defer("diff").filter(published_on__lte=day)
    return past.order_by("-pk").first()


def payloads(version: SchemeVersion, slugs: Collection[str] | None = None) -> dict[str, Payload]:
    """The payload of every concept (or of `slugs`) as it stood in `version`, in one query."""
    rows = ConceptVersion.objects.filter(version_id__lte=version.pk).order_by("version_id")
    if slugs is not None:
        rows = rows.filter(slug__in=slugs)
    found: dict[str, Payload | None] = dict(rows.values_list("slug", "payload"))
    return {slug: payload for slug, payload in sorted(found.items()) if payload is not None}


def concepts_in(
    version: SchemeVersion, slugs: Collection[str] | None = None
) -> dict[str, VocabularyConcept]:
    """The concepts as they stood in `version`, in one query."""
    return {
        slug: from_payload(slug, payload, concept_address(slug))
        for slug, payload in payloads(version, slugs).items()
    }


def scheme_in(version: SchemeVersion) -> Scheme:
    """The whole glossary as it stood in `version`."""
    return Scheme(
        id=SCHEME_ID,
        version=version.number,
        concepts=concepts_in(version),
        labels=titles(),
        uri=scheme_address(),
    )


def stands(concept: Concept) -> list[Stand]:
    """A concept through all versions that changed it, the newest first, whatever it was called.

    The mark that an old identifier went is left out: the concept itself did not. One query.
    """
    rows = (
        ConceptVersion.objects.filter(concept=concept)
        .select_related("version")
        .defer("version__diff")
        .order_by("-version_id")
    )
    found: dict[int, Stand] = {}
    for row in rows:
        stand = Stand(
            row.version,
            row.slug,
            from_payload(row.slug, row.payload, concept_address(row.slug)) if row.payload else None,
        )
        if row.version_id not in found or stand.concept is not None:
            found[row.version_id] = stand
    return list(found.values())


def record(version: SchemeVersion, scheme: Scheme) -> None:
    """Keep what of `scheme`, whose relations stand on both sides, differs from earlier versions."""
    before = payloads(version)
    after = {
        slug: to_payload(concept, concept_address(slug))
        for slug, concept in scheme.concepts.items()
    }
    changed = sorted(slug for slug in {*before, *after} if before.get(slug) != after.get(slug))
    keys = dict(Concept.objects.values_list("slug", "pk"))
    former = dict(
        ConceptVersion.objects.filter(slug__in=before.keys() - after.keys()).values_list(
            "slug", "concept_id"
        )
    )
    ConceptVersion.objects.bulk_create(
        (
            ConceptVersion(
                version=version,
                concept_id=keys.get(slug, former.get(slug)),
                slug=slug,
                payload=after.get(slug),
            )
            for slug in changed
        ),
        batch_size=200,
    )


def record_baseline() -> bool:
    """Keep the glossary of a portal that was set up before versions were kept; whether it did."""
    version = newest()
    if version is None or ConceptVersion.objects.exists():
        return False
    scheme = scheme_from_rows(with_deprecated=True, with_learnt=False)
    record(version, scheme)
    SchemeVersion.objects.filter(pk=version.pk).update(concept_count=len(scheme.concepts))
    return True
