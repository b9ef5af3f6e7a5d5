"""The front page and the standard pages, as the search meets them."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from wagtail.models import Page

from contactpoint.home.models import HomePage, StandardPage
from contactpoint.outputs.models.words import paragraphs
from contactpoint.search.documents import Document, Version
from contactpoint.search.sources import Source
from contactpoint.search.sources.pages import things

KIND: Final = "page"


class Pages(Source):
    """A thing is all pages with one translation key."""

    name: ClassVar[str] = "page"
    pages: ClassVar[tuple[type[Page], ...]] = (HomePage, StandardPage)

    def keys(self, after: str = "") -> Iterator[str]:
        """By translation key."""
        pages = Page.objects.type(HomePage, StandardPage).filter(live=True)
        return self.walk(pages, "translation_key", after)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """Two queries: one a model."""
        own = [self.own(key) for key in keys]
        found = [
            *things(StandardPage.objects.all(), own, ("teaser", "body")),
            *things(HomePage.objects.all(), own, ("statement",)),
        ]
        return [
            Document(
                key=self.key(key),
                kind=KIND,
                versions=[
                    Version(
                        language=row["locale__language_code"],
                        title=row["title"],
                        url=row["url"],
                        teaser=row["teaser"] if "teaser" in row else row["statement"],
                        text=paragraphs(row.get("body")),
                        pk=row["pk"],
                        expires_at=row["expire_at"],
                    )
                    for row in rows
                ],
            )
            for key, rows in found
        ]
