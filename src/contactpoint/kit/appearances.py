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


@dataclass(slots=True)
class Tally:
    """How often something is used: as `made` by it, and by the part that it has, in words."""

    made: int = 0
    parts: list[tuple[str, int]] = field(default_factory=list)


Provider = Callable[[HttpRequest, Subject], Iterable[Appearance]]
Counter = Callable[[str], dict[str, Tally]]
_providers: list[Provider] = []
_counters: list[Counter] = []


def register(provider: Provider) -> None:
    """Add a provider; call it from `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)


def appearances(request: HttpRequest, subject: Subject) -> list[Appearance]:
    """All uses of the subject, by provider in the order of registration."""
    return [found for provider in _providers for found in provider(request, subject)]


def register_institutions(counter: Counter) -> None:
    """Add one who counts the uses of all institutions in a language, by slug."""
    if counter not in _counters:
        _counters.append(counter)


def institutions_counted(language: str) -> dict[str, Tally]:
    """The uses of every institution that is used, by slug."""
    found: dict[str, Tally] = {}
    for counter in _counters:
        for slug, tally in counter(language).items():
            known = found.setdefault(slug, Tally())
            known.made += tally.made
            known.parts += tally.parts
    return found
