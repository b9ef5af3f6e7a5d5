"""Which concepts a thing is about, and how much: what editors said, and what its texts mention."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from contactpoint.glossary.scheme import SCHEME_ID
from contactpoint.search.documents import Document, Version
from contactpoint.search.indexing.loosely import LooseLabels
from contactpoint.search.indexing.wholes import Whole
from contactpoint.search.meanings import OF_TEXTS, WORDS, token
from contactpoint.vocabulary import Vocabulary, VocabularyConcept

BY_EDITORS: Final = 6
IN_TITLE: Final = 3
IN_TEASER: Final = 2
IN_FILES: Final = 1
LOOSELY: Final = 1
"""A title that has the words of a label otherwise than labels are found in texts."""
MOST: Final = 8
"""The most that a concept can weigh; a concept's own document is about it that much."""
READ_OF_FILES: Final = 20_000
"""Characters of the files of one version in which concepts are looked for: contents, summary and
first chapters say what a report is about; its annexes name everything."""


class Weights:
    """Weighs with one state of the glossary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._concepts = vocabulary.schemes[SCHEME_ID].concepts
        self._schemes = [scheme for scheme in OF_TEXTS if scheme in vocabulary.schemes]
        self._loosely = LooseLabels(
            {
                token(scheme, concept.id): concept
                for scheme in (SCHEME_ID, WORDS)
                if scheme in vocabulary.schemes
                for concept in vocabulary.schemes[scheme].concepts.values()
            }
        )
        self._above: dict[str, tuple[str, ...]] = {}

    def about(self, document: Document, wholes: Iterable[Whole] | None = None) -> dict[str, int]:
        """Concepts and places (as `token` names them) with their weights, the heaviest first.

        What a thing mentions in several languages counts once: as in the version that says most.
        """
        mentioned: dict[str, int] = {}
        for whole in wholes or map(Whole, document.versions):
            for slug, weight in self._mentions(whole).items():
                mentioned[slug] = max(weight, mentioned.get(slug, 0))
        given = MOST if document.kind == "concept" else BY_EDITORS
        for slug in document.concepts:
            mentioned[slug] = mentioned.get(slug, 0) + given
        heaviest = sorted(mentioned.items(), key=lambda item: (-item[1], item[0]))
        return {slug: min(weight, MOST) for slug, weight in heaviest}

    def above(self, slugs: Iterable[str]) -> list[str]:
        """What is broader than any of these, whatever the distance, without themselves."""
        own = dict.fromkeys(slugs)
        found = dict.fromkeys(other for slug in own for other in self._closure(slug))
        return [slug for slug in found if slug not in own]

    def _mentions(self, whole: Whole) -> Mapping[str, int]:
        """One reading of title, teaser and text: offsets tell where each mention stands."""
        version = whole.version
        weights: dict[str, int] = {}
        titled: set[str] = set()
        teased: set[str] = set()
        times: Counter[str] = Counter()
        notes = self.vocabulary.annotate(
            whole.text, version.language, schemes=self._schemes, words=whole.words
        )
        for note in notes:
            named = token(note.scheme, note.concept)
            if note.start >= whole.text_begins:
                times[named] += 1
            else:
                (titled if note.start < whole.title_ends else teased).add(named)
        for slug in titled:
            weights[slug] = IN_TITLE
        for slug in teased:
            weights[slug] = weights.get(slug, 0) + IN_TEASER
        for slug, number in times.items():
            # 1 for one mention, 2 for two, 3 for four: the logarithm to the base of two.
            weights[slug] = weights.get(slug, 0) + number.bit_length()
        if version.files:
            for slug in self._in_files(version):
                weights[slug] = weights.get(slug, 0) + IN_FILES
        for slug in self._loosely.mentioned(version.title, version.language):
            weights.setdefault(slug, LOOSELY)
        return weights

    def _in_files(self, version: Version) -> set[str]:
        found: set[str] = set()
        left = READ_OF_FILES
        for page in version.files:
            read, language = page.text[:left], page.language or version.language
            notes = self.vocabulary.annotate(read, language, schemes=self._schemes)
            found.update(token(note.scheme, note.concept) for note in notes)
            left -= len(read)
            if left <= 0:
                break
        return found

    def _closure(self, slug: str) -> tuple[str, ...]:
        known = self._above.get(slug)
        if known is None:
            found: dict[str, None] = {}
            front = [slug]
            while front:
                front = [
                    other
                    for one in front
                    for other in self._broader(one)
                    if other != slug and other not in found
                ]
                found.update(dict.fromkeys(front))
            known = self._above[slug] = tuple(found)
        return known

    def _broader(self, slug: str) -> Iterable[str]:
        concept: VocabularyConcept | None = self._concepts.get(slug)
        return [one for one in concept.broader if one in self._concepts] if concept else ()
