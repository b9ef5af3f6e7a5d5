"""By what a harvester may narrow: kinds with their types, themes with those under them."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import override

from contactpoint.glossary.models import Theme
from contactpoint.outputs.models import Publication
from contactpoint.outputs.models.output import Kind

KINDS: Final = "kind"
THEMES: Final = "theme"


def above() -> dict[str, str]:
    """The theme above each theme, by slugs; empty for those that stand at the top. One query."""
    rows = Theme.objects.order_by().values_list("slug", "parent__slug")
    return {slug: parent or "" for slug, parent in rows}


def theme_set(slug: str, parents: Mapping[str, str]) -> str:
    """The name of a theme's set, with those above it."""
    parts = [slug]
    while (slug := parents.get(slug, "")) and slug not in parts:
        parts.insert(0, slug)
    return ":".join([THEMES, *parts])


def sets_of(values: Mapping[str, Any], parents: Mapping[str, str]) -> str:
    """The sets of a thing between bars; who is in one is in those above it."""
    wanted = [f"{KINDS}:{values['kind']}" + (f":{values['type']}" if values["type"] else "")]
    wanted += [theme_set(one["id"], parents) for one in values["themes"]]
    names = {
        ":".join(parts[:length])
        for parts in (one.split(":") for one in wanted)
        for length in range(1, len(parts) + 1)
    }
    return f"|{'|'.join(sorted(names))}|"


def names_in(sets: str) -> list[str]:
    """The sets that stand between bars."""
    return sets.strip("|").split("|") if sets.strip("|") else []


def known_sets() -> dict[str, str]:
    """Every set there is, by its name, with its title in English; one query."""
    found = {KINDS: "Kinds of things"}
    for kind in Kind:
        found[f"{KINDS}:{kind.value}"] = _english(kind.label)
        if kind is Kind.PUBLICATION:
            for one in Publication.Type:
                found[f"{KINDS}:{kind.value}:{one.value}"] = _english(one.label)
    found[THEMES] = "Themes"
    rows = list(Theme.objects.order_by("position", "slug").select_related("parent"))
    parents = {one.slug: one.parent.slug if one.parent else "" for one in rows}
    for theme in rows:
        found[theme_set(theme.slug, parents)] = theme.labels.get("en") or theme.slug
    return dict(sorted(found.items()))


def _english(label: Any) -> str:
    with override("en"):
        return str(label)
