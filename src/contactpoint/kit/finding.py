"""Finds a row by any of its names in any language, as an editor types it: no accents, no case."""

from collections.abc import Iterable, Mapping
from typing import Any

from contactpoint.vocabulary import fold


def all_names(*sources: Mapping[str, Any] | Iterable[str] | str) -> Iterable[str]:
    """Every text in maps from language to label or labels, in lists, or given as such."""
    for source in sources:
        if isinstance(source, str):
            yield source
        elif isinstance(source, Mapping):
            yield from all_names(*source.values())
        else:
            yield from source


def ranked(query: str, rows: Iterable[tuple[int, Iterable[str]]]) -> dict[int, str]:
    """The rows that have a name with all words of `query`, best first, each with that name.

    `rows` are keys with all their names. The whole name goes before its beginning, that before a
    word's beginning, that before any part of a word; then the shorter name.
    """
    wanted = fold(query).strip()
    words = wanted.split()
    if not words:
        return {}
    found: list[tuple[int, int, str, int, str]] = []
    for key, names in rows:
        best = min(
            (
                (quality, len(name), folded, key, name)
                for name in names
                if (quality := _quality(wanted, words, folded := fold(name))) is not None
            ),
            default=None,
        )
        if best is not None:
            found.append(best)
    return {key: name for _quality_, _length, _folded, key, name in sorted(found)}


def _quality(wanted: str, words: list[str], folded: str) -> int | None:
    if not all(word in folded for word in words):
        return None
    if folded == wanted:
        return 0
    if folded.startswith(wanted):
        return 1
    starts = folded.replace("-", " ").split()
    return 2 if all(any(start.startswith(word) for start in starts) for word in words) else 3
