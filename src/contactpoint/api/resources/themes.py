"""The main themes of the portal, in two levels."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import F, QuerySet

from contactpoint.api.cursors import Order
from contactpoint.api.parameters import Asked, Facet
from contactpoint.api.resources.narrowing import ABOUT_FACETS, narrowed_by_links
from contactpoint.api.resources.resource import Thing, reference, whole, words
from contactpoint.api.resources.rows import Rows
from contactpoint.api.shapes import ADDRESSES, PAGES, REFERENCE, WORDS, Field, perhaps, some
from contactpoint.glossary.models import Concept, Theme
from contactpoint.glossary.naming import theme_url


class Themes(Rows):
    """Themes, in the order of the site unless another is asked for."""

    name: ClassVar[str] = "themes"
    schema_name: ClassVar[str] = "Theme"
    about: ClassVar[str] = "The main themes, in two levels."
    key_example: ClassVar[str] = "asylum"
    facets: ClassVar[tuple[Facet, ...]] = tuple(
        one for one in ABOUT_FACETS if one.name == "concept"
    )
    sorts: ClassVar[tuple[str, ...]] = ("position", "id")
    orders: ClassVar[Mapping[str, Order]] = {
        "position": Order("position", F("position"), int),
        "id": Order("id", F("slug"), str),
    }
    examples: ClassVar[tuple[tuple[str, str], ...]] = (
        ("fields=label,broader", "All themes by name, with what they stand under."),
    )
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            "label", WORDS, "Its name.", {"@id": "skos:prefLabel", "@container": "@language"}
        ),
        Field("url", ADDRESSES, "Its pages.", PAGES),
        Field("broader", perhaps(REFERENCE), "The theme that it stands under.", "skos:broader"),
        Field("narrower", some(REFERENCE), "The themes under it.", "skos:narrower"),
        Field("concepts", some(REFERENCE), "Concepts of the glossary.", "dcterms:subject"),
    )  # fmt: skip

    def rows(self) -> "QuerySet[Any]":
        return Theme.objects.select_related("parent")

    def narrowed(self, found: "QuerySet[Any]", asked: Asked) -> "QuerySet[Any]":
        return narrowed_by_links(found, asked, {"concept": "concepts__slug"})

    def told(self, rows: Sequence[Any], fields: Collection[str]) -> dict[str, Thing]:
        """Two queries more."""
        below: dict[int, list[Any]] = defaultdict(list)
        concepts: dict[int, list[Any]] = defaultdict(list)
        if "narrower" in fields:
            children = Theme.objects.filter(parent__in=rows).order_by("position", "slug")
            for parent, slug, labels in children.values_list("parent_id", "slug", "labels"):
                below[parent].append(reference("themes", slug, labels))
        if "concepts" in fields:
            linked = Concept.objects.exclude(status=Concept.Status.DEPRECATED)
            linked = linked.filter(themes__in=rows).order_by("slug")
            for theme, slug, labels in linked.values_list("themes", "slug", "labels"):
                concepts[theme].append(reference("concepts", slug, labels))
        return {
            one.slug: Thing({
                "id": one.slug,
                "self": self.url(one.slug),
                "label": words(one.labels),
                "url": {
                    code: whole(theme_url(one.slug, code)) for code, _name in settings.LANGUAGES
                },
                "broader": (
                    reference("themes", one.parent.slug, one.parent.labels) if one.parent else None
                ),
                "narrower": below[one.pk],
                "concepts": concepts[one.pk],
            })
            for one in rows
        }  # fmt: skip
