"""Institutions for whoever is typing: by the beginning of a name, or by an acronym in any case."""

from functools import cache
from typing import Final, NamedTuple

from contactpoint.kit.labels import pick
from contactpoint.network.actions import shipped_institutions
from contactpoint.vocabulary import fold

SHORTEST: Final = 2
MOST: Final = 3


class Found(NamedTuple):
    """An institution by its name; `matched` is what was typed, where that is another name, and
    `is_whole` says that nothing is missing of it."""

    label: str
    matched: str
    is_whole: bool


def beginning(typed: str, language: str) -> list[Found]:
    """Institutions with a name that begins so, those with a whole one first; no query."""
    begun = fold(" ".join(typed.split()))
    if len(begun) < SHORTEST:
        return []
    found: dict[str, Found] = {}
    for folded, text, slug in _names():
        if folded.startswith(begun):
            label = _labels()[slug]
            name = pick(label, language)
            one = Found(name, "" if fold(name) == folded else text, folded == begun)
            if slug not in found or (one.is_whole and not found[slug].is_whole):
                found[slug] = one
    return sorted(found.values(), key=lambda one: (not one.is_whole, fold(one.label)))[:MOST]


@cache
def _labels() -> dict[str, dict[str, str]]:
    return {row["slug"]: row["labels"] for row in shipped_institutions()}


@cache
def _names() -> list[tuple[str, str, str]]:
    """Each name as it is compared and as it is written, with the institution's slug."""
    names: dict[tuple[str, str], str] = {}
    for row in shipped_institutions():
        others = [text for texts in row.get("alternatives", {}).values() for text in texts]
        for text in (row.get("acronym", ""), *row["labels"].values(), *others):
            if text:
                names.setdefault((fold(text), row["slug"]), text)
    return [(folded, text, slug) for (folded, slug), text in names.items()]
