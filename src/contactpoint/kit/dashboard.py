"""What an editor finds after signing in: upper apps say what waits, one panel shows it.

A provider gives a section or None; it is asked at each visit and must respect the visitor's rights.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Line:
    """Something to open; `language` is that of the label where it is not the editor's."""

    label: str
    url: str
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of numbers, each with an address or none."""

    label: str
    cells: list[tuple[str, str]]


@dataclass(slots=True)
class Section:
    """A part of the dashboard; `actions` are buttons, `lines` a list, `columns` and `rows` a table.

    `empty` is said where there is nothing of these.
    """

    name: str
    heading: str
    order: int = 100
    actions: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    more: Line | None = None
    empty: str = ""


Provider = Callable[[HttpRequest], Section | None]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider; call it from `wagtail_hooks`."""
    if provider not in _providers:
        _providers.append(provider)


def sections(request: HttpRequest) -> list[Section]:
    """All sections for this visitor, in order."""
    found = [section for provider in _providers if (section := provider(request)) is not None]
    return sorted(found, key=lambda section: section.order)
