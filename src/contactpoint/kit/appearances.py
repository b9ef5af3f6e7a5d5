"""Where a theme, a concept, an institution or a country is used, without knowing by whom.

Upper floors register what they have to show; pages of lower floors list it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import HttpRequest

What = Literal["theme", "concept", "institution", "country"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked for: its name in addresses and the rows that count as it, narrower too."""

    what: What
    slug: str
    pks: Sequence[int]
    language: str


@dataclass(slots=True)
class Appearance:
    """One kind of use: how many, the first few as entries, and where to see all."""

    heading: str
    total: int
    entries: list[Any] = field(default_factory=list)
    more_url: str = ""


Provider = Callable[[HttpRequest, Subject], Iterable[Appearance]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider; call it from `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)


def appearances(request: HttpRequest, subject: Subject) -> list[Appearance]:
    """All uses of the subject, by provider in the order of registration."""
    return [found for provider in _providers for found in provider(request, subject)]
