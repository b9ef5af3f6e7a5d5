"""Who uses keywords: upper apps say which strings they keep and what each was taken for.

The report of harmonising counts them without knowing where they are kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

NO_TOPIC: Final = "no_topic"


@dataclass(frozen=True, slots=True)
class KeywordUse:
    """A string as it was written, and what it was taken for, in so many items.

    `resolves_to` is `concept`, `type`, `place`, `no_topic` (so an editor decided) or `unknown`;
    `concept` an identifier or None.
    """

    keyword: str
    language: str
    resolves_to: str
    concept: str | None
    reason: str
    items: int


Provider = Callable[[Any], Iterable[KeywordUse]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add `provider(user)`, which gives what that user may see, or all for None; call it from
    `ready`.
    """
    if provider not in _providers:
        _providers.append(provider)


def keyword_uses(user: Any = None) -> list[KeywordUse]:
    """Every use, of every provider."""
    return [use for provider in _providers for use in provider(user)]
