"""The glossary's concepts: found by any of their names, in any of the glossary's languages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final

from django.conf import settings

from contactpoint.glossary.models import Concept, Theme
from contactpoint.glossary.naming import concept_url
from contactpoint.glossary.scheme import SCHEME_ID
from contactpoint.glossary.terms import vocabulary
from contactpoint.search.documents import Document, Version
from contactpoint.search.sources.sources import Source
from contactpoint.search.sources.themes import parents_of
from contactpoint.vocabulary import VocabularyConcept

KIND: Final = "concept"
NOTES: Final = frozenset({"note", "scope", "example", "history"})
"""Kinds of notes that the concept's page shows."""


class Concepts(Source):
    """A page a language of the portal in which the concept has a name; its names in the glossary's
    other languages, and those by which it may only be found, are further names."""

    name: ClassVar[str] = "concept"

    def keys(self, after: str = "") -> Iterator[str]:
        """By identifier."""
        living = Concept.objects.exclude(status=Concept.Status.DEPRECATED)
        return self.walk(living, "slug", after)

    def documents(self, keys: Sequence[str]) -> list[Document]:
        """Three queries, and those of a vocabulary that has changed."""
        living = Concept.objects.exclude(status=Concept.Status.DEPRECATED)
        slugs = set(
            living.filter(slug__in=map(self.own, keys)).order_by().values_list("slug", flat=True)
        )
        known = vocabulary().schemes[SCHEME_ID].concepts
        themes = themes_of(slugs)
        parents = parents_of({theme for own in themes.values() for theme in own})
        former = _former(known, slugs)
        return [
            self._document(known[slug], themes[slug], parents, former.get(slug, ()))
            for slug in map(self.own, keys)
            if slug in slugs and slug in known
        ]

    def _document(
        self,
        concept: VocabularyConcept,
        themes: Sequence[str],
        parents: Mapping[str, str],
        former: Sequence[VocabularyConcept],
    ) -> Document:
        titles: dict[str, str] = {}
        for label in concept.labels:
            if label.kind == "preferred" and not label.variant:
                titles.setdefault(label.language, label.text)
        spoken = [code for code, _name in settings.LANGUAGES if titles.get(code)]
        versions = [_version(concept, code, titles[code]) for code in spoken] or [
            _version(concept, settings.LANGUAGE_CODE, concept.label(settings.LANGUAGE_CODE))
        ]
        shown = {(version.language, version.title) for version in versions}
        names: dict[str, dict[str, None]] = defaultdict(dict)
        for named in (concept, *former):
            for label in named.labels:
                if (label.language, label.text) not in shown:
                    names[label.language][label.text] = None
        above = dict.fromkeys(parents[theme] for theme in themes if theme in parents)
        return Document(
            key=self.key(concept.id),
            kind=KIND,
            versions=versions,
            themes=themes,
            parents=[theme for theme in above if theme not in themes],
            concepts=[concept.id],
            names={language: list(texts) for language, texts in names.items()},
        )


def _version(concept: VocabularyConcept, language: str, title: str) -> Version:
    meanings = [one.text for one in concept.definitions if one.language == language]
    remarks = [
        note.text for note in concept.notes if note.language == language and note.kind in NOTES
    ]
    # The number of a law is what lawyers type first.
    sources = dict.fromkeys(
        one.source for one in concept.definitions if one.language == language and one.source
    )
    return Version(
        language=language,
        title=title,
        url=concept_url(concept.id, language),
        teaser=meanings[0] if meanings else "",
        text="\n\n".join([*meanings[1:], *remarks, *sources]),
    )


def themes_of(slugs: set[str]) -> dict[str, list[str]]:
    """Under which themes concepts stand. One query."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = Theme.objects.filter(concepts__slug__in=slugs).order_by("position", "slug")
    for concept, theme in rows.values_list("concepts__slug", "slug"):
        found[concept].append(theme)
    return found


def _former(
    known: Mapping[str, VocabularyConcept], slugs: set[str]
) -> dict[str, list[VocabularyConcept]]:
    """The concepts that were given up for these: their names lead here."""
    found: dict[str, list[VocabularyConcept]] = defaultdict(list)
    for concept in known.values():
        if concept.replaced_by in slugs:
            found[concept.replaced_by].append(concept)
    return found
