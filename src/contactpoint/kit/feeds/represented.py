"""What a feed holds, whatever the format: only what its readers may see, and nothing to ask for."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from django.conf import settings

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When something changed of which nobody knows when."""
MOST_ITEMS: Final = 40
"""As many items as a page of a feed holds at most."""
MOST_PAGES: Final = 25
"""What is older stands in the list that the feed follows."""
PAGE: Final = "page"
"""The parameter that names a page."""


@dataclass(frozen=True, slots=True)
class Category:
    """What an item is about. Scheme and term together are an address that stays the same in every
    language: that of a concept leads to the concept."""

    scheme: str
    term: str
    label: str = ""

    @property
    def address(self) -> str:
        """Of a concept its identifier."""
        return (
            self.scheme + self.term if self.scheme.endswith("/") else f"{self.scheme}={self.term}"
        )


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that belongs to an item; `length` in bytes, 0 where nobody knows."""

    url: str
    media_type: str
    length: int = 0
    title: str = ""
    seconds: float = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that happened or appeared. `key` is the same in every language; addresses are
    whole; languages are empty where they are that of the feed."""

    key: uuid.UUID
    title: str
    url: str
    summary: str = ""
    title_language: str = ""
    summary_language: str = ""
    language: str = ""
    published: datetime | None = None
    updated: datetime = NEVER
    categories: Sequence[Category] = ()
    alternates: Mapping[str, str] = field(default_factory=dict)
    """Addresses by language, without its own."""
    enclosures: Sequence[Enclosure] = ()
    content: str = ""
    """The text as bare HTML with whole addresses, made by us; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of items and what it follows.

    `page_url` leads to the list; `under` is the path of the feed without its last part, `query`
    what stands behind the question mark. Both are without the host, which the settings name.
    """

    title: str
    language: str
    page_url: str
    under: str
    items: Sequence[Item]
    query: str = ""
    description: str = ""
    page: int = 1
    has_next: bool = False
    """Which page of the list it is, and whether another follows (RFC 5005, 3)."""

    @property
    def full_title(self) -> str:
        """With the name of the site, which readers need beside feeds of others."""
        return f"{self.title} – {settings.SITE_NAME}" if self.title else str(settings.SITE_NAME)

    @property
    def home_url(self) -> str:
        """The whole address of the list."""
        return f"{settings.BASE_URL}{self.page_url}"

    def url(self, ending: str, language: str = "", page: int = 1) -> str:
        """The whole address of this feed in a format, in another language of the portal, and of
        another page."""
        path = self.under
        if language:
            path = f"/{language}/{path.split('/', 2)[2]}"
        parts = [self.query] if self.query else []
        parts += [f"{PAGE}={page}"] if page > 1 else []
        tail = f"?{'&'.join(parts)}" if parts else ""
        return f"{settings.BASE_URL}{path}feed.{ending}{tail}"

    def pages(self, ending: str) -> dict[str, str]:
        """Addresses of other pages by their relation; none where there is only one."""
        if self.page == 1 and not self.has_next:
            return {}
        found = {"first": self.url(ending)}
        if self.page > 1:
            found["previous"] = self.url(ending, page=self.page - 1)
        if self.has_next:
            found["next"] = self.url(ending, page=self.page + 1)
        return found

    @property
    def key(self) -> uuid.UUID:
        """The same in each format, and as long as the address stays."""
        return uuid.uuid5(uuid.NAMESPACE_URL, self.url("atom"))

    @property
    def updated(self) -> datetime:
        """The newest change of an item; a feed without items has never changed."""
        return max((item.updated for item in self.items), default=NEVER)

    @property
    def other_languages(self) -> list[str]:
        """The languages in which the same is told."""
        return [code for code, _name in settings.LANGUAGES if code != self.language]
