"""What may be told of an item now: asked whenever a post is composed, looked at or sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.encoding import iri_to_uri

from contactpoint.kit.visibility import words_of_its_own
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import Output
from contactpoint.outputs.querysets import entries, offered, readable


@dataclass(frozen=True, slots=True)
class Shared:
    """An item in one language, as readers see it."""

    entry: Entry
    language: str

    @property
    def title(self) -> str:
        """In one line."""
        return " ".join(self.entry.title.split())

    @property
    def teaser(self) -> str:
        """In one line; empty where it is in another language."""
        return "" if self.entry.borrowed_teaser else " ".join(self.entry.teaser.split())

    @property
    def url(self) -> str:
        """The whole address, as it can stand in a text."""
        return iri_to_uri(f"{settings.BASE_URL}{self.entry.url}")

    @property
    def labels(self) -> list[str]:
        """Of what it is about: concepts as editors ordered them, then themes."""
        return [one.label for one in (*self.entry.concepts, *self.entry.themes)]

    @property
    def page(self) -> Any:
        """The page itself; one query."""
        return Output.objects.get(pk=self.entry.pk).specific


def shared(item: UUID, language: str) -> Shared | None:
    """None where no reader may see it in that language, or nothing of it is translated yet."""
    rows = offered(language).filter(words_of_its_own(), translation_key=item)
    found = entries(rows, language)
    return Shared(found[0], language) if found else None


def pages_of_readers(items: Iterable[UUID]) -> set[tuple[UUID, str]]:
    """Which of the items readers may see, each in which languages; one query."""
    rows = readable().filter(translation_key__in=set(items))
    return set(rows.values_list("translation_key", "locale__language_code"))
