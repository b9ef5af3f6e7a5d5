"""What a source of documents is: it knows the keys of its things, and tells things by their keys.

A key is the source's name, a colon, and what the source calls the thing.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from django.db.models import QuerySet
from wagtail.models import Page

from contactpoint.search.documents import Document

CHUNK: Final = 2000
"""Keys that are read at once: a walk over all holds so many, and no cursor of the database."""


class Source(ABC):
    """A kind of things that readers search."""

    name: ClassVar[str]
    pages: "ClassVar[tuple[type[Page], ...]]" = ()
    """The models of pages that are things of this source, if pages are: one a translation key."""

    @abstractmethod
    def keys(self, after: str = "") -> Iterator[str]:
        """The keys of what may be public, in an order of its own, those after a key only."""

    @abstractmethod
    def documents(self, keys: Sequence[str]) -> list[Document]:
        """The things of these keys that any reader may see now; what is not told is not public.

        A few queries, whatever the number of keys.
        """

    def key(self, own: object) -> str:
        """The key of what the source calls so."""
        return f"{self.name}:{own}"

    def own(self, key: str) -> str:
        """What the source calls the thing of a key."""
        return key.removeprefix(f"{self.name}:")

    def walk(self, rows: "QuerySet", field: str, after: str) -> Iterator[str]:
        """The keys of rows by a unique or repeated column, in the database's order."""
        last = self.own(after)
        while True:
            following = rows.filter(**{f"{field}__gt": last}) if last else rows
            found = list(following.order_by(field).values_list(field, flat=True).distinct()[:CHUNK])
            yield from map(self.key, found)
            if len(found) < CHUNK:
                return
            last = found[-1]
