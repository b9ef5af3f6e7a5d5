"""What an item is about, in one query, and which other items stand near it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, FloatField, Q, Sum, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import Named, label_in, named_concept, named_theme
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import (
    Classification,
    Output,
    OutputCountry,
    OutputInstitution,
    OutputTheme,
    RelatedOutput,
)
from contactpoint.outputs.querysets import entries, readable

MOST_RELATED = 6
MODELS: dict[str, Any] = {
    "theme": OutputTheme,
    "concept": Classification,
    "institution": OutputInstitution,
    "country": OutputCountry,
    "related": RelatedOutput,
}


@dataclass(slots=True)
class About:
    """Names and addresses of all that an item is about, each in the editor's order."""

    themes: list[Named] = field(default_factory=list)
    concepts: list[Named] = field(default_factory=list)
    concept_ids: list[int] = field(default_factory=list)
    institutions: dict[str, list[Named]] = field(default_factory=lambda: defaultdict(list))
    countries: list[Named] = field(default_factory=list)
    related: list[UUID] = field(default_factory=list)


def about(page: Output, language: str, list_url: str) -> About:
    """What `page` is about; institutions and countries lead to the list at `list_url`."""
    found = About()
    for what, _order, slug, label, extra, number in _rows(page, language):
        if what == "theme":
            found.themes.append(named_theme(slug, label, language, number))
        elif what == "concept":
            found.concepts.append(named_concept(slug, label, language))
            found.concept_ids.append(number)
        elif what == "institution":
            url = f"{list_url}?institution={slug}"
            found.institutions[extra].append(Named(slug, label, url))
        elif what == "country":
            found.countries.append(Named(slug, label, f"{list_url}?country={slug}"))
        else:
            found.related.append(UUID(slug))
    return found


def _rows(page: Output, language: str) -> list[tuple[Any, ...]]:
    nothing = Value("", output_field=TextField())
    zero = Value(0)

    def part(what: str, slug: str, label: Any, extra: Any, number: Any) -> Any:
        rows = MODELS[what].objects.filter(page=page.pk).order_by()
        if what == "concept":
            rows = rows.filter(concept__isnull=False).exclude(
                concept__status=Concept.Status.DEPRECATED
            )
        return rows.values_list(
            Value(what, output_field=TextField()),
            Coalesce("sort_order", 0),
            Cast(slug, TextField()),
            label,
            extra,
            number,
        )

    themes = part(
        "theme", "theme__slug", label_in(language, path="theme__"), nothing,
        F("theme__hue"),
    )  # fmt: skip
    others = [
        part(
            "concept", "concept__slug", label_in(language, path="concept__"),
            nothing, F("concept_id"),
        ),
        part(
            "institution", "institution__slug",
            label_in(language, path="institution__"), Cast("role", TextField()), zero,
        ),
        part(
            "country", "country__code",
            label_in(language, path="country__", fallback="code"), nothing, zero,
        ),
        part("related", "related__translation_key", nothing, nothing, zero),
    ]  # fmt: skip
    return sorted(themes.union(*others, all=True), key=lambda row: (row[1], row[0]))


def related(page: Output, found: About, language: str, known_roots: dict[str, str]) -> list[Entry]:
    """At most six items: the editor's first, then those that share the rarest concepts."""
    others = readable(language).exclude(pk=page.pk)
    scores = _scores(page, found, language)
    wanted = Q(translation_key__in=found.related) | Q(pk__in=scores)
    if not found.related and not scores:
        return []
    near = entries(others.filter(wanted), language, known_roots)
    places = {key: place for place, key in enumerate(found.related)}
    near.sort(
        key=lambda entry: (
            places.get(entry.translation_key, len(places)),
            -scores.get(entry.pk, 0.0),
            -(entry.published_on.toordinal() if entry.published_on else 0),
            entry.pk,
        )
    )
    return near[:MOST_RELATED]


def _scores(page: Output, found: About, language: str) -> dict[int, float]:
    """The nearest pages by the concepts that they share; a concept weighs less the more have it."""
    if not found.concept_ids:
        return {}
    shared = Classification.objects.filter(concept__in=found.concept_ids).order_by()
    uses = shared.values_list("concept").annotate(number=Count("pk"))
    weight = Case(
        *(When(concept=concept, then=Value(1.0 / number)) for concept, number in uses),
        default=Value(0.0),
        output_field=FloatField(),
    )
    pages = (
        shared.exclude(page=page.pk)
        .filter(page__in=readable(language).values("pk"))
        .values("page")
        .annotate(score=Sum(weight))
        .order_by("-score", "-page")[: MOST_RELATED + len(found.related)]
    )
    return {row["page"]: row["score"] for row in pages}
