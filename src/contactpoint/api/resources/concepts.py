"""The concepts of the glossary, in all languages that it has."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import F, QuerySet

from contactpoint.api.cursors import Order
from contactpoint.api.parameters import Asked, Facet, Parameter
from contactpoint.api.resources.narrowing import needed
from contactpoint.api.resources.outputs import iso
from contactpoint.api.resources.resource import Thing, missing_in, reference, whole, words
from contactpoint.api.resources.rows import Rows
from contactpoint.api.rights import Rights
from contactpoint.api.shapes import (
    ADDRESSES,
    LANGUAGE,
    MOMENT,
    PAGES,
    REFERENCE,
    SLUG,
    TEXT,
    WORDS,
    Field,
    perhaps,
    some,
)
from contactpoint.glossary.models import Concept, ConceptLabel, Theme
from contactpoint.glossary.naming import concept_url
from contactpoint.glossary.scheme import concept_address

_LABELS = {
    "type": "object",
    "propertyNames": {"pattern": LANGUAGE},
    "additionalProperties": {"type": "array", "items": TEXT},
}


class Concepts(Rows):
    """Concepts that hold; one that was withdrawn is not here, its page says what took its place."""

    name: ClassVar[str] = "concepts"
    rights: ClassVar[Rights | None] = Rights.TERMS
    not_ours: ClassVar[tuple[str, ...]] = ("label", "alternatives", "exact_matches")
    schema_name: ClassVar[str] = "Concept"
    about: ClassVar[str] = (
        "The concepts of the glossary that hold, in all its languages. The whole glossary as SKOS "
        "stands at /id/scheme/glossary."
    )
    key_example: ClassVar[str] = "asylum"
    sorts: ClassVar[tuple[str, ...]] = ("id", "changed", "-changed")
    orders: ClassVar[Mapping[str, Order]] = {
        "id": Order("id", F("slug"), str),
        "changed": Order("changed", F("updated_at"), datetime),
        "-changed": Order("-changed", F("updated_at"), datetime),
    }
    facets: ClassVar[tuple[Facet, ...]] = (
        Facet(
            "theme", {"type": "string", "pattern": SLUG}, "themes by their key.",
            missing=missing_in(Theme.objects.all(), "slug"), see="/api/v1/themes",
        ),
    )  # fmt: skip
    further: ClassVar[tuple[Parameter, ...]] = (
        Parameter("changed_since", MOMENT, "Changed at that moment or later."),
    )
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("fields=label,definition&limit=10", "Names and definitions."),
        ("sort=-changed&limit=5", "The five that changed last."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            "label", WORDS, "Its preferred name.",
            {"@id": "skos:prefLabel", "@container": "@language"},
        ),
        Field(
            "alternatives", _LABELS, "Other names by language.",
            {"@id": "skos:altLabel", "@container": "@language"},
        ),
        Field(
            "definition", WORDS, "What it means.",
            {"@id": "skos:definition", "@container": "@language"},
        ),
        Field("definition_source", WORDS, "Where the definition is from, by its language."),
        Field("uri", TEXT, "Its name among linked data.", {"@id": "owl:sameAs", "@type": "@id"}),
        Field("url", ADDRESSES, "Its pages.", PAGES),
        Field("status", TEXT, "proposed or approved."),
        Field("notation", perhaps(TEXT), "Its number.", "skos:notation"),
        Field("broader", some(REFERENCE), "What is right above it.", "skos:broader"),
        Field("narrower", some(REFERENCE), "What is right below it.", "skos:narrower"),
        Field("related", some(REFERENCE), "What stands beside it.", "skos:related"),
        Field("themes", some(REFERENCE), "The themes that it stands under.", "dcat:theme"),
        Field(
            "exact_matches", some(TEXT), "The same in other vocabularies.",
            {"@id": "skos:exactMatch", "@type": "@id"},
        ),
        Field(
            "close_matches", some(TEXT), "Nearly the same in other vocabularies.",
            {"@id": "skos:closeMatch", "@type": "@id"},
        ),
        Field(
            "changed", MOMENT, "When it last changed.",
            {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
        ),
    )  # fmt: skip

    def rows(self) -> "QuerySet[Any]":
        return Concept.objects.exclude(status=Concept.Status.DEPRECATED)

    def narrowed(self, found: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
        if chosen := asked.chosen.get("theme"):
            for is_wanted, slugs in needed(chosen):
                own = Theme.objects.filter(slug__in=slugs).order_by().values("concepts")
                own = own.filter(concepts__isnull=False)
                found = found.filter(pk__in=own) if is_wanted else found.exclude(pk__in=own)
        if changed := asked.values.get("changed_since"):
            found = found.filter(updated_at__gte=changed)
        return found

    def told(self, rows: Sequence[Any], fields: Collection[str]) -> dict[str, Thing]:
        """Five queries more."""
        beside = {
            name: _beside(rows, name) if name in fields else {}
            for name in ("broader", "narrower", "related")
        }
        themes: dict[int, list[Any]] = defaultdict(list)
        others: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        if "themes" in fields:
            linked = Theme.objects.filter(concepts__in=rows).order_by("position", "slug")
            for concept, slug, labels in linked.values_list("concepts", "slug", "labels"):
                themes[concept].append(reference("themes", slug, labels))
        if "alternatives" in fields:
            named = ConceptLabel.objects.filter(
                concept__in=rows, kind=ConceptLabel.Kind.ALTERNATIVE
            ).order_by("language", "text")
            for concept, language, text in named.values_list("concept", "language", "text"):
                others[concept][language].append(text)
        return {one.slug: self._thing(one, beside, themes, others) for one in rows}

    def _thing(
        self,
        one: Concept,
        beside: Mapping[str, Mapping[int, list[Any]]],
        themes: Mapping[int, list[Any]],
        others: Mapping[int, Mapping[str, list[str]]],
    ) -> Thing:
        said = {code: each for code, each in (one.definitions or {}).items() if each}
        values = {
            "id": one.slug,
            "self": self.url(one.slug),
            "label": words(one.labels),
            "alternatives": {code: list(texts) for code, texts in others[one.pk].items()},
            "definition": words({code: each.get("text") for code, each in said.items()}),
            "definition_source": words({code: each.get("source") for code, each in said.items()}),
            "uri": one.uri or concept_address(one.slug),
            "url": {
                code: whole(concept_url(one.slug, code))
                for code, _name in settings.LANGUAGES
                if one.labels.get(code)
            },
            "status": one.status,
            "notation": one.notation or None,
            "themes": themes[one.pk],
            "exact_matches": [str(match) for match in one.exact_matches],
            "close_matches": [str(match) for match in one.close_matches],
            "changed": iso(one.updated_at),
        }
        values |= {name: found.get(one.pk, []) for name, found in beside.items()}
        return Thing(values)


def _beside(rows: Sequence[Concept], name: str) -> dict[int, list[Any]]:
    """Concepts above, below or beside these, by key; one query."""
    opposite = {"broader": "narrower", "narrower": "broader", "related": "related"}[name]
    living = Concept.objects.exclude(status=Concept.Status.DEPRECATED)
    linked = living.filter(**{f"{opposite}__in": rows}).order_by("slug")
    found: dict[int, list[Any]] = defaultdict(list)
    for concept, slug, labels in linked.values_list(opposite, "slug", "labels"):
        found[concept].append(reference("concepts", slug, labels))
    return found
