"""The menu: upper apps say what stands in it, templates show it.

A provider is called at each request, so it must not ask the database there; what depends on pages
is kept in the shared cache (`kit/shared.py`) and read anew when such a page has changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

PLACES = ("main", "footer", "follow")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A line of the menu; `current` when the reader is there or below."""

    label: str
    url: str
    current: bool = False


Provider = Callable[[str], Iterable[tuple[str, str]]]
_providers: dict[str, list[Provider]] = {place: [] for place in PLACES}


def register(provider: Provider, *, place: str = "main") -> None:
    """Add `provider(language)`, which gives labels and addresses; call it from `ready`."""
    if provider not in _providers[place]:
        _providers[place].append(provider)


def menu(language: str, path: str, *, place: str = "main") -> list[MenuItem]:
    """What stands in the menu of `language` for a reader who is at `path`."""
    return [
        MenuItem(label, url, path.startswith(url))
        for provider in _providers[place]
        for label, url in provider(language)
    ]
