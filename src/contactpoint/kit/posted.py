"""Where else an item stands, such as a post of ours in a social network: upper apps say it, item
pages link it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Posted:
    """`label` is the network's name; `language_name` is given where the language is another than
    that of the page."""

    label: str
    url: str
    language: str
    language_name: str = ""


Provider = Callable[[UUID, str], Iterable[Posted]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add `provider(translation key, language of the page)`; call it from `AppConfig.ready`."""
    if provider not in _providers:
        _providers.append(provider)


def posted(item: UUID, language: str) -> list[Posted]:
    """All of them, by provider in the order of registration."""
    return [one for provider in _providers for one in provider(item, language)]
