"""The main themes, each with a page of its own."""

from collections.abc import Collection, Iterator, Sequence
from typing import ClassVar, Final

from django.conf import settings

from contactpoint.glossary.models import Theme
from contactpoint.glossary.naming import theme_url
from contactpoint.kit.labels import pick
from contactpoint.search.documents import Document, Version
from contactpoint.search.sources.sources import Source

KIND: Final = "theme"


class Themes(Source):
    """A page in each language of the portal in which the theme has a name."""

    name: ClassVar[str] = "theme"

    def keys(self, after: str = "") -> Iterator[str]:
        """By slug."""
        return self.walk(Theme.objects.all(), "slug", after)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """One query."""
        rows = Theme.objects.filter(slug__in=map(self.own, keys)).select_related("parent")
        return [self._document(theme) for theme in rows]

    def _document(self, theme: Theme) -> Document:
        spoken = [code for code, _name in settings.LANGUAGES if theme.labels.get(code)]
        versions = [
            Version(code, pick(theme.labels, code) or theme.slug, theme_url(theme.slug, code))
            for code in spoken or [settings.LANGUAGE_CODE]
        ]
        return Document(
            key=self.key(theme.slug),
            kind=KIND,
            versions=versions,
            themes=[theme.slug],
            parents=[theme.parent.slug] if theme.parent else [],
            names={code: texts for code, texts in theme.alternatives.items() if texts},
        )


def parents_of(slugs: Collection[str]) -> dict[str, str]:
    """What stands right above themes; one query, none where there are no themes."""
    if not slugs:
        return {}
    rows = Theme.objects.filter(slug__in=slugs, parent__isnull=False).order_by()
    return dict(rows.values_list("slug", "parent__slug"))
