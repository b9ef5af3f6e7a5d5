"""Themes and concepts as pages show them: a name in one language and an address, nothing more.

A row of the glossary carries labels in thirty languages; a list of twenty entries would read them
all to show a few. So the database picks the label, and no model instance is made.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf

from contactpoint.glossary.models import Concept, Theme
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.prepared import rows


@dataclass(frozen=True, slots=True)
class Named:
    """A theme or concept in one language; answers to the same names as the model in templates."""

    slug: str
    label: str
    url: str
    hue: int = 0

    def get_absolute_url(self) -> str:
        """The page in the language of the label."""
        return self.url


def theme_url(slug: str, language: str) -> str:
    """The address of a theme's page, without asking the resolver."""
    return f"/{language}/themes/{slug}/"


def concept_url(slug: str, language: str) -> str:
    """The address of a concept's page, without asking the resolver."""
    return f"/{language}/glossary/{slug}/"


def version_url(number: str, language: str) -> str:
    """The page of a version of the glossary."""
    return f"/{language}/glossary/versions/{number}/"


def concept_in_version_url(number: str, slug: str, language: str) -> str:
    """The page of a concept as it stood in a version."""
    return f"/{language}/glossary/versions/{number}/{slug}/"


def named_theme(slug: str, label: str, language: str, hue: int) -> Named:
    """A theme for templates."""
    return Named(slug, label, theme_url(slug, language), hue)


def named_concept(slug: str, label: str, language: str) -> Named:
    """A concept for templates."""
    return Named(slug, label, concept_url(slug, language))


def label_in(language: str, *, path: str = "", fallback: str = "slug") -> Any:
    """SQL for the label in `language`, else in English, else `fallback`; `path` as in `a__`."""
    empty = Value("", output_field=TextField())
    choices = [
        NullIf(KeyTextTransform(code, f"{path}labels"), empty, output_field=TextField())
        for code in dict.fromkeys((language, FALLBACK_LANGUAGE))
    ]
    return Coalesce(*choices, F(f"{path}{fallback}"), output_field=TextField())


@dataclass(frozen=True, slots=True)
class ThemeNode:
    """A main theme and the themes under it."""

    pk: int
    theme: Named
    parent_id: int | None
    children: "list[ThemeNode]"


def theme_tree(language: str) -> list[ThemeNode]:
    """All themes as a tree in their order, in one query."""
    fields = ("pk", "slug", label_in(language), "hue", "parent_id")
    found = rows(
        ("themes", language),
        lambda _: Theme.objects.order_by("position", "slug").values_list(*fields),
    )
    nodes = {
        pk: ThemeNode(pk, named_theme(slug, label, language, hue), parent, [])
        for pk, slug, label, hue, parent in found
    }
    for node in nodes.values():
        if node.parent_id in nodes:
            nodes[node.parent_id].children.append(node)
    return [node for node in nodes.values() if node.parent_id not in nodes]


def flat(tree: list[ThemeNode]) -> list[ThemeNode]:
    """Each theme before its children."""
    return [node for top in tree for node in (top, *flat(top.children))]


def concepts_named(concepts: "QuerySet[Concept]", language: str) -> list[Named]:
    """The concepts of a queryset by their label, in its order."""
    found = concepts.annotate(label_text=label_in(language)).values_list("slug", "label_text")
    return [named_concept(slug, label, language) for slug, label in found]


def hierarchy() -> dict[int, set[int]]:
    """What stands right below each concept, in one query."""
    below: dict[int, set[int]] = {}
    for narrower, broader in Concept.broader.through.objects.values_list(
        "from_concept_id", "to_concept_id"
    ):
        below.setdefault(broader, set()).add(narrower)
    return below


def with_narrower(ids: set[int], below: dict[int, set[int]] | None = None) -> set[int]:
    """The concepts and all that stand below them, whatever the depth."""
    if below is None:
        below = hierarchy()
    found, front = set(ids), set(ids)
    while front:
        front = {child for parent in front for child in below.get(parent, ())} - found
        found |= front
    return found
