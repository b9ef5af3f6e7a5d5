"""Guidance for applicants: a document a guide and a place of help, with all its languages.

They are the languages of applicants: more than those of the portal. A reader who asks in any of
them finds a guide by its words there, and is shown the version that they can read best.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, Final

from django.db.models import QuerySet

from contactpoint.guidance.addresses import Addresses
from contactpoint.guidance.door import doors
from contactpoint.guidance.languages import SOURCE, languages
from contactpoint.guidance.models import Guide, GuideText, Place
from contactpoint.guidance.texts.blocks import arranged, spoken
from contactpoint.kit.labels import picked
from contactpoint.search.documents import Document, Version
from contactpoint.search.sources.sources import CHUNK, Source
from contactpoint.search.sources.themes import parents_of

KIND: Final = "guidance"


class _Rows(Source):
    """Things with a primary key."""

    def keys(self, after: str = "") -> Iterator[str]:
        """By primary key, as text has its order: few rows, and no gap in a walk."""
        every = sorted(map(str, self._rows().values_list("pk", flat=True)))
        yield from (self.key(pk) for pk in every if self.key(pk) > after)

    def _rows(self) -> "QuerySet[Any, Any]":
        raise NotImplementedError

    def _pks(self, keys: Sequence[str]) -> list[int]:
        own = map(self.own, keys)
        return [int(one) for one in own if one.isascii() and one.isdecimal()][:CHUNK]


class Guides(_Rows):
    """A page in each language in which its text is published; a draft is in none."""

    name: ClassVar[str] = "guide"

    def _rows(self) -> "QuerySet[Any, Any]":
        live = GuideText.objects.filter(live=True, language__in=languages()).order_by()
        return Guide.objects.filter(pk__in=live.values("guide")).order_by()

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """Five queries, whatever the number of guides."""
        rows = self._rows().filter(pk__in=self._pks(keys)).select_related("theme")
        guides = list(rows.prefetch_related("concepts", "subjects"))
        texts: dict[int, dict[str, GuideText]] = defaultdict(dict)
        live = GuideText.objects.filter(live=True, guide__in=guides, language__in=languages())
        for text in live.order_by():
            texts[text.guide_id][text.language] = text
        parents = parents_of({theme.slug for one in guides for theme in one.subjects.all()})
        return [self._document(one, texts[one.pk], parents) for one in guides if texts[one.pk]]

    def _document(
        self, guide: Guide, texts: dict[str, GuideText], parents: dict[str, str]
    ) -> Document:
        themes = sorted(theme.slug for theme in guide.subjects.all())
        above = dict.fromkeys(parents[theme] for theme in themes if theme in parents)
        concepts = [one.slug for one in guide.concepts.all() if one.status != "deprecated"]
        return Document(
            key=self.key(guide.pk),
            kind=KIND,
            versions=[
                _version(guide, texts[code], texts.get(SOURCE))
                for code in languages()
                if code in texts
            ],
            themes=themes,
            parents=[theme for theme in above if theme not in themes],
            concepts=sorted(concepts),
        )


class Places(_Rows):
    """Who helps applicants: on the page of help, in each language that has its name."""

    name: ClassVar[str] = "help"

    def _rows(self) -> "QuerySet[Any, Any]":
        return Place.objects.order_by()

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """One query; none where guidance is not offered in any language."""
        offered = [language.code for language, _url in doors()]
        rows = self._rows().filter(pk__in=self._pks(keys)) if offered else []
        made = (self._document(place, offered) for place in rows)
        return [one for one in made if one.versions]

    def _document(self, place: Place, offered: Sequence[str]) -> Document:
        return Document(
            key=self.key(place.pk),
            kind=KIND,
            versions=[_told(place, code) for code in offered if place.names.get(code)],
            keywords=[place.phone] if place.phone else [],
        )


def keys_of_guides(guides: Iterable[int]) -> list[str]:
    """The keys of guides by primary key."""
    return [f"{Guides.name}:{pk}" for pk in guides]


def keys_of_places() -> list[str]:
    """All places: their number is that of a list that is read at a glance."""
    return [f"{Places.name}:{pk}" for pk in Place.objects.order_by().values_list("pk", flat=True)]


def keys_with_subjects(themes: Iterable[int]) -> list[str]:
    """Of guides about any of these themes of the site."""
    rows = Guide.subjects.through.objects.filter(theme__in=themes).order_by()
    return keys_of_guides(rows.values_list("guide", flat=True).distinct())


def keys_with_concepts(slugs: Iterable[str]) -> list[str]:
    """Of guides that editors gave any of these concepts."""
    rows = Guide.concepts.through.objects.filter(concept__slug__in=list(slugs)).order_by()
    return keys_of_guides(rows.values_list("guide", flat=True).distinct())


def _version(guide: Guide, text: GuideText, source: GuideText | None) -> Version:
    blocks = arranged(text.blocks, source.blocks) if source and source != text else text.blocks
    return Version(
        text.language,
        text.title,
        Addresses(text.language).guide(guide.theme.code, guide.code),
        teaser=text.summary.replace("**", ""),
        text="\n\n".join(filter(None, map(spoken, blocks))),
        expires_at=text.expire_at,
    )


def _told(place: Place, language: str) -> Version:
    note, address = (picked(labels, language) for labels in (place.notes, place.addresses))
    return Version(
        language,
        place.names[language],
        f"{Addresses(language).help}#place-{place.code}",
        teaser=note[0].replace("**", "") if not note[1] else "",
        text=address[0] if not address[1] else "",
    )
