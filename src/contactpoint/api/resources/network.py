"""Who takes part: states, and institutions that write, publish or are spoken of."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import F, QuerySet

from contactpoint.api.cursors import Order
from contactpoint.api.parameters import Asked, Facet
from contactpoint.api.resources.resource import Thing, missing_in, reference, whole, words
from contactpoint.api.resources.rows import Rows
from contactpoint.api.shapes import (
    ADDRESSES,
    COUNTRY,
    PAGES,
    TEXT,
    WORDS,
    Field,
    Schema,
    choice,
    perhaps,
)
from contactpoint.network.models import Country, Institution

_CODE: Schema = {"type": "string", "pattern": "^[A-Z]{2}$"}


class Countries(Rows):
    """States by their ISO 3166-1 code."""

    name: ClassVar[str] = "countries"
    schema_name: ClassVar[str] = "Country"
    about: ClassVar[str] = "States by their ISO 3166-1 code, with their place in the network."
    key_schema: ClassVar[Schema] = _CODE
    key_example: ClassVar[str] = "BE"
    key: ClassVar[str] = "code"
    orders: ClassVar[Mapping[str, Order]] = {"id": Order("id", F("code"), str)}
    facets: ClassVar[tuple[Facet, ...]] = (
        Facet("status", choice(Country.Status.values), "places in the network.", ("any", "none")),
    )
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("status.any=member&fields=label,joined", "Members, and when they joined."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field("label", WORDS, "Its name.", {"@id": "skos:prefLabel", "@container": "@language"}),
        Field("status", choice(Country.Status.values), "Its place in the network."),
        Field("joined", perhaps(TEXT), "When it joined: a year, a month or a day."),
    )

    def rows(self) -> "QuerySet[Any]":
        return Country.objects.all()

    def narrowed(self, found: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
        if chosen := asked.chosen.get("status"):
            found = found.filter(emn_status__in=chosen.any) if chosen.any else found
            found = found.exclude(emn_status__in=chosen.none)
        return found

    def told(self, rows: Sequence[Any], fields: Collection[str]) -> dict[str, Thing]:
        return {
            one.code: Thing({
                "id": one.code,
                "self": self.url(one.code),
                "label": words(one.labels),
                "status": one.emn_status,
                "joined": one.joined or None,
            })
            for one in rows
        }  # fmt: skip


class Institutions(Rows):
    """Authorities, agencies and organisations."""

    name: ClassVar[str] = "institutions"
    schema_name: ClassVar[str] = "Institution"
    about: ClassVar[str] = "Authorities, agencies and organisations, by their key."
    facets: ClassVar[tuple[Facet, ...]] = (
        Facet("kind", choice(Institution.Kind.values), "kinds.", ("any", "none")),
        Facet(
            "country", _CODE, "countries by their ISO code.", ("any", "none"),
            missing=missing_in(Country.objects.all(), "code"), see="/api/v1/countries",
        ),
    )  # fmt: skip
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("kind.any=contact-point&fields=label,country", "The contact points."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field("label", WORDS, "Its name.", {"@id": "skos:prefLabel", "@container": "@language"}),
        Field("acronym", perhaps(TEXT), "Its initials.", "skos:altLabel"),
        Field("kind", perhaps(TEXT), "What it is to the network."),
        Field("country", perhaps(COUNTRY), "The country that it belongs to.", "dcterms:spatial"),
        Field(
            "homepage", perhaps(TEXT), "Its website.", {"@id": "foaf:homepage", "@type": "@id"}
        ),
        Field("url", ADDRESSES, "Its pages here.", PAGES),
    )  # fmt: skip

    def rows(self) -> "QuerySet[Any]":
        return Institution.objects.select_related("country")

    def narrowed(self, found: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
        for name, column in (("kind", "kind__in"), ("country", "country__code__in")):
            if chosen := asked.chosen.get(name):
                found = found.filter(**{column: chosen.any}) if chosen.any else found
                found = found.exclude(**{column: chosen.none}) if chosen.none else found
        return found

    def told(self, rows: Sequence[Any], fields: Collection[str]) -> dict[str, Thing]:
        return {
            one.slug: Thing({
                "id": one.slug,
                "self": self.url(one.slug),
                "label": words(one.labels),
                "acronym": one.acronym or None,
                "kind": one.kind or None,
                "country": (
                    reference("countries", one.country.code, one.country.labels)
                    if one.country
                    else None
                ),
                "homepage": one.homepage or None,
                "url": {
                    code: whole(f"/{code}/network/{one.slug}/")
                    for code, _name in settings.LANGUAGES
                },
            })
            for one in rows
        }  # fmt: skip
