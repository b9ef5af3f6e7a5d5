"""The glossary as readers leaf through it: made once from the compiled vocabulary, then only read.

A page of a glossary shows hundreds of names in the order of some language. Fetching and sorting
them for each reader would cost more than all the rest of the page; here each order is made at most
once between two changes of the glossary.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from django.conf import settings

from contactpoint.glossary.collation import OTHER_SCRIPTS, alphabet, initial, sort_key
from contactpoint.glossary.lookup import Entry, Lookup
from contactpoint.glossary.naming import concept_url
from contactpoint.glossary.terms import vocabulary
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.vocabulary import Vocabulary, VocabularyConcept

SCHEME: Final = "glossary"


@dataclass(frozen=True, slots=True)
class Term:
    """A concept under one of its names. `language` is that of the name, which may be a fallback."""

    slug: str
    label: str
    language: str
    url: str
    gloss: str = ""

    def get_absolute_url(self) -> str:
        """The concept's page in the reader's language."""
        return self.url


class Letter(NamedTuple):
    """A heading of the A–Z and the terms under it, none for a letter that no term begins with."""

    letter: str
    concepts: list[Term]


class Lexicon:
    """The concepts of one state of the glossary, by name, order and hierarchy."""

    def __init__(
        self, concepts: Mapping[str, VocabularyConcept], matcher: Vocabulary | None = None
    ) -> None:
        self.matcher = matcher
        self.concepts = {
            slug: concept for slug, concept in concepts.items() if concept.status != "deprecated"
        }
        self._replaced = {
            slug: concept
            for slug, concept in concepts.items()
            if concept.status == "deprecated" and concept.replaced_by in self.concepts
        }
        self._preferred = {slug: _preferred(concept) for slug, concept in self.concepts.items()}
        self._orders: dict[str, dict[str, int]] = {}
        self._groups: dict[str, dict[str, list[str]]] = {}

    def languages(self) -> dict[str, int]:
        """How many concepts have a preferred label in each language that occurs."""
        return dict(self._counts)

    def preferred(self, slug: str) -> Mapping[str, str]:
        """The preferred labels of a concept by language."""
        return self._preferred[slug]

    def term(self, slug: str, language: str, *, reader: str = "") -> Term:
        """The concept by its name in `language`, else in a fallback that says its own language.

        With `reader`, the address and the gloss (the name that this reader knows, where it is
        another) are in that language.
        """
        reader = reader or language
        text, spoken = self._name(slug, language)
        gloss = "" if spoken == reader else self._name(slug, reader)[0]
        return Term(slug, text, spoken, concept_url(slug, reader), "" if gloss == text else gloss)

    def sorted_terms(self, slugs: Iterable[str], language: str, *, reader: str = "") -> list[Term]:
        """The concepts of `slugs` that there are, in the order of `language`."""
        wanted = {slug for slug in slugs if slug in self.concepts}
        ordered = sorted(wanted, key=self._order(language).__getitem__) if wanted else []
        return [self.term(slug, language, reader=reader) for slug in ordered]

    def letters(self, language: str, *, reader: str) -> list[Letter]:
        """All concepts that are named in `language`, under the letters of its alphabet.

        Headings beyond the alphabet (digits before it, rare letters and other scripts in or behind
        it) come in only where a term needs them.
        """
        return [
            Letter(heading, [self.term(slug, language, reader=reader) for slug in slugs])
            for heading, slugs in self._grouped(language).items()
        ]

    def unnamed(self, language: str, *, reader: str) -> list[Term]:
        """The concepts without a name in `language`, by the name that the reader knows."""
        missing = [slug for slug, labels in self._preferred.items() if not labels.get(language)]
        return self.sorted_terms(missing, reader)

    @cached_property
    def roots(self) -> list[str]:
        """The concepts with nothing broader, and one of each loop that nothing else leads to."""
        roots = [
            slug
            for slug, concept in self.concepts.items()
            if not any(parent in self.concepts for parent in concept.broader)
        ]
        reached = self._below(roots)
        for slug in self.concepts:
            if slug not in reached:
                roots.append(slug)
                reached |= self._below([slug])
        return roots

    @cached_property
    def lookup(self) -> Lookup:
        """What search as you type looks names up in; former names lead on and are never shown."""
        return Lookup(
            [
                *(
                    Entry(slug, label.text, label.language, label.kind)
                    for slug, concept in self.concepts.items()
                    for label in concept.labels
                ),
                *(
                    Entry(concept.replaced_by, label.text, label.language, "hidden")
                    for concept in self._replaced.values()
                    for label in concept.labels
                ),
            ],
            near=[code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES],
        )

    def above(self, slug: str) -> set[str]:
        """Everything broader than a concept, whatever the distance."""
        return self._closure([slug], lambda concept: concept.broader) - {slug}

    def with_narrower(self, slug: str) -> set[str]:
        """A concept and everything below it, whatever the distance."""
        return self._below([slug])

    def _below(self, slugs: Iterable[str]) -> set[str]:
        return self._closure(slugs, lambda concept: concept.narrower)

    def _closure(
        self, slugs: Iterable[str], near: Callable[[VocabularyConcept], Iterable[str]]
    ) -> set[str]:
        found, front = set(slugs), set(slugs)
        while front:
            front = {
                other
                for slug in front
                for other in near(self.concepts[slug])
                if other in self.concepts
            } - found
            found |= front
        return found

    def _name(self, slug: str, language: str) -> tuple[str, str]:
        labels = self._preferred[slug]
        for code in (language, FALLBACK_LANGUAGE, *labels):
            if labels.get(code):
                return labels[code], code
        return slug, FALLBACK_LANGUAGE

    def _order(self, language: str) -> dict[str, int]:
        """The place of each concept by its name in `language`, first to last."""
        order = self._orders.get(language)
        if order is None:
            ordered = sorted(
                self.concepts, key=lambda slug: sort_key(self._name(slug, language)[0], language)
            )
            order = self._orders[language] = {slug: place for place, slug in enumerate(ordered)}
        return order

    def _grouped(self, language: str) -> dict[str, list[str]]:
        """The concepts under each heading; names are put in for each reader."""
        groups = self._groups.get(language)
        if groups is None:
            found: dict[str, list[str]] = {}
            for slug in self._order(language):
                if name := self._preferred[slug].get(language):
                    found.setdefault(initial(name, language), []).append(slug)
            own = alphabet(language)
            headings = sorted(
                {*own.letters} - own.rare | {*found},
                key=lambda one: (one == OTHER_SCRIPTS, sort_key(one, language)),
            )
            groups = {heading: found.get(heading, []) for heading in headings}
            self._groups[language] = groups
        return groups

    @cached_property
    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for labels in self._preferred.values():
            for code, text in labels.items():
                if text:
                    counts[code] = counts.get(code, 0) + 1
        return counts


def _preferred(concept: VocabularyConcept) -> dict[str, str]:
    """The preferred label in each language; a national one only where there is no common one."""
    labels = [label for label in concept.labels if label.kind == "preferred" and label.text]
    national = {label.language: label.text for label in labels if label.variant}
    return national | {label.language: label.text for label in labels if not label.variant}


_made: tuple[Vocabulary, Lexicon] | None = None


def lexicon() -> Lexicon:
    """The lexicon of the glossary as it is now; costs one query where nothing changed."""
    global _made  # noqa: PLW0603 — one lexicon a process, as with the vocabulary that it is made of
    compiled = vocabulary()
    current = _made
    if current is None or current[0] is not compiled:
        current = _made = (compiled, Lexicon(compiled.schemes[SCHEME].concepts, compiled))
    return current[1]
