"""Writes the glossary and the main themes: the only functions that change many concepts."""

import tomllib
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from contactpoint.glossary.models import Concept, Theme
from contactpoint.glossary.publishing import draft_scheme_file, load_scheme, publish
from contactpoint.glossary.snapshots import record_baseline
from contactpoint.glossary.terms import GLOSSARY_FILE
from contactpoint.vocabulary import read_turtle

__all__ = ["draft_scheme_file", "load_scheme", "load_shipped", "load_themes", "publish"]

THEMES_FILE: Final = Path(__file__).parent / "data" / "themes.toml"


def load_shipped() -> tuple[int, int]:
    """Write the shipped glossary and themes where there are none; returns how many were written.

    A portal that has concepts keeps them as they are: a newer glossary comes in by `load_scheme`.
    """
    with transaction.atomic():
        concepts = 0
        record_baseline()
        if not Concept.objects.exists():
            concepts = load_scheme(read_turtle(GLOSSARY_FILE, scheme_id="glossary"))
        return concepts, load_themes()


@transaction.atomic
def load_themes(path: Path = THEMES_FILE) -> int:
    """Write the themes of a TOML file that are not there yet, parents first; returns how many."""
    with path.open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["theme"]
    themes: dict[str, Theme] = {}
    written = 0
    concepts = {concept.slug: concept for concept in Concept.objects.all()}
    for row in sorted(rows, key=lambda row: "parent" in row):
        parent = themes.get(row.get("parent", ""))
        themes[row["slug"]], is_new = Theme.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "parent": parent,
                "position": row["position"],
                "hue": row.get("hue") or (parent.hue if parent else 1),
                "labels": row["labels"],
                "alternatives": row.get("alternatives", {}),
            },
        )
        if is_new:
            written += 1
            themes[row["slug"]].concepts.set(
                concepts[slug] for slug in row.get("concepts", []) if slug in concepts
            )
    return written
