"""Studies and series: their pages are found by their names, and by what is said of them."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from contactpoint.kit.labels import pick
from contactpoint.outputs.models import Family, PartElsewhere
from contactpoint.outputs.querysets import offered
from contactpoint.outputs.relations import family_url
from contactpoint.search.documents import Document, Version
from contactpoint.search.sources.sources import Source


def told() -> Q:
    """Whether readers can see any part of a study or series, here or elsewhere."""
    seen = Exists(offered().filter(family_links__family=OuterRef("pk")))
    elsewhere = Exists(PartElsewhere.objects.order_by().filter(family=OuterRef("pk")))
    return Q(seen) | Q(elsewhere)


class Families(Source):
    """A page in each language of the portal in which the study or series has a name. One of which
    readers can see nothing yet is not told: its name may say what is being prepared."""

    name: ClassVar[str] = "family"

    def keys(self, after: str = "") -> Iterator[str]:
        """By slug."""
        return self.walk(Family.objects.all(), "slug", after)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """One query."""
        rows = Family.objects.filter(told(), slug__in=map(self.own, keys))
        return [self._document(family) for family in rows]

    def _document(self, family: Family) -> Document:
        spoken = [code for code, _name in settings.LANGUAGES if family.labels.get(code)]
        versions = [
            Version(
                code,
                pick(family.labels, code) or family.slug,
                family_url(family.form, family.slug, code),
                teaser=family.summaries.get(code, ""),
            )
            for code in spoken or [settings.LANGUAGE_CODE]
        ]
        return Document(key=self.key(family.slug), kind=family.form, versions=versions)
