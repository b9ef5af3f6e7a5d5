"""The front page and the standard pages, as the search meets them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from wagtail.models import Page

from contactpoint.home.models import HomePage, StandardPage
from contactpoint.kit.labels import pick
from contactpoint.network.models import NetworkPage
from contactpoint.outputs.models import PlannedOutput, WorkProgramme
from contactpoint.outputs.models.words import paragraphs
from contactpoint.search.documents import Document, Version
from contactpoint.search.sources import Source
from contactpoint.search.sources.pages import spoken, things

KIND: Final = "page"
_TEASERS: Final = ("teaser", "statement", "introduction")


class Pages(Source):
    """A thing is all pages with one translation key."""

    name: ClassVar[str] = "page"
    pages: ClassVar[tuple[type[Page], ...]] = (
        *(HomePage, StandardPage),
        *(WorkProgramme, NetworkPage),
    )

    def keys(self, after: str = "") -> Iterator[str]:
        """By translation key."""
        pages = Page.objects.type(*self.pages).filter(live=True)
        return self.walk(pages, "translation_key", after)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """A query a model, and one for what is planned."""
        own = [self.own(key) for key in keys]
        found = [
            *things(StandardPage.objects.all(), own, ("teaser", "body")),
            *things(HomePage.objects.all(), own, ("statement",)),
        ]
        programmes = list(things(WorkProgramme.objects.all(), own, ("introduction", "body")))
        titles = list(PlannedOutput.objects.values_list("labels", flat=True)) if programmes else []
        found += things(NetworkPage.objects.all(), own, ("introduction", "body"))
        for key, rows in programmes:
            for row in rows:
                row["planned"] = [pick(one, row["locale__language_code"]) for one in titles]
            found.append((key, rows))
        return [
            Document(
                key=self.key(key),
                kind=KIND,
                versions=[
                    Version(
                        language=row["locale__language_code"],
                        title=row["title"],
                        url=row["url"],
                        teaser=_teaser(row),
                        text="\n\n".join([paragraphs(row.get("body")), *row.get("planned", ())]),
                        pk=row["pk"],
                        expires_at=row["expire_at"],
                        **spoken(row),
                    )
                    for row in rows
                ],
            )
            for key, rows in found
        ]


def _teaser(row: Mapping[str, Any]) -> str:
    return str(next(row[name] for name in _TEASERS if name in row))
