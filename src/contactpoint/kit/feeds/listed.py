"""Which feeds there are: each app says what it has, one page lists them all.

A provider may ask the database; it is called for that page alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed by what it follows and the address of that, under the language."""

    label: str
    url: str
    language: str = ""
    """Of a label that stands in another than the reader's."""

    @property
    def feed_url(self) -> str:
        """Its address as Atom."""
        return f"{self.url}feed.atom"


@dataclass(slots=True)
class Group:
    """Feeds of one sort."""

    label: str
    feeds: list[Listed] = field(default_factory=list)


Provider = Callable[[str], Iterable[Listed]]
_providers: list[tuple[int, Any, Provider]] = []


def register(label: Any, provider: Provider, *, order: int) -> None:
    """Add `provider(language)` under a heading; call it from `ready`."""
    if all(known is not provider for _order, _label, known in _providers):
        _providers.append((order, label, provider))


def groups(language: str) -> list[Group]:
    """All feeds that have an address of their own, by group; what is empty is left out."""
    found: dict[str, Group] = {}
    for _order, label, provider in sorted(_providers, key=lambda one: one[0]):
        group = found.setdefault(str(label), Group(str(label)))
        group.feeds += provider(language)
    return [group for group in found.values() if group.feeds]
