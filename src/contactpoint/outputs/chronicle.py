"""The chronicle's two views of the same list: by year, and main themes against years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from contactpoint.glossary.naming import Named, ThemeNode
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.filters import token

MOST_YEARS: Final = 8
"""As many as stand side by side on a small telephone."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How much there is of a theme in a year; its address, if there is any."""

    year: int
    number: int = 0
    url: str = ""


@dataclass(slots=True)
class Line:
    """A main theme and its years."""

    theme: Named
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Matrix:
    """Main themes as lines, years as columns; `is_cut` where older ones are left out."""

    years: list[int]
    lines: list[Line]
    is_cut: bool


def matrix(
    counted: Mapping[str, tuple[str, int]], tree: Sequence[ThemeNode], path: str
) -> Matrix | None:
    """The matrix from counts by "theme year"; None where there is nothing to set side by side."""
    numbers: dict[tuple[str, int], int] = {}
    for value, (_label, number) in counted.items():
        slug, _space, year = value.rpartition(" ")
        numbers[slug, int(year)] = number
    every = sorted({year for _slug, year in numbers})
    shown = every[-MOST_YEARS:]
    used = {slug for slug, year in numbers if year in shown}
    themes = [node.theme for node in tree if node.theme.slug in used]
    if len(shown) < 2 or not themes:
        return None
    lines = [
        Line(
            theme,
            [_cell(theme.slug, year, numbers.get((theme.slug, year), 0), path) for year in shown],
        )
        for theme in themes
    ]
    return Matrix(shown, lines, len(every) > len(shown))


def _cell(slug: str, year: int, number: int, path: str) -> Cell:
    url = f"{path}?{token('theme', slug)}&{token('year', str(year))}" if number else ""
    return Cell(year, number, url)


def years(shown: Sequence[Entry]) -> list[dict[str, Any]]:
    """The entries of a page by the year of their day; what has no day stands under none."""
    groups = groupby(shown, key=lambda entry: entry.day.year if entry.day else None)
    return [{"year": year or "–", "entries": list(group)} for year, group in groups]
