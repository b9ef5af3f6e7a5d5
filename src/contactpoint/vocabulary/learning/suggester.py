"""Concepts ranked for texts by labels and, where it has learned, by what documents taught."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.documents import Document
from contactpoint.vocabulary.learning.evidence import Asked, Suggested, spoken
from contactpoint.vocabulary.learning.labels import LabelTable, label_table
from contactpoint.vocabulary.learning.lessons import Lessons, Question
from contactpoint.vocabulary.learning.lexical import Reading, claims, in_batches, read
from contactpoint.vocabulary.learning.postings import Floats, best
from contactpoint.vocabulary.learning.regression import chance_of
from contactpoint.vocabulary.learning.signs import Claimed, weigh
from contactpoint.vocabulary.learning.training import CLAIMS, Weights, train
from contactpoint.vocabulary.learning.weights import untrained
from contactpoint.vocabulary.model import Scheme, VocabularyError
from contactpoint.vocabulary.suggest import Span, Suggestion

Allowed = NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True)
class KnownConcept:
    """A concept that can be suggested; `label` is English."""

    scheme: str
    id: str
    uri: str
    label: str


def known_concepts(schemes: Iterable[Scheme]) -> list[KnownConcept]:
    """Every concept but the deprecated ones."""
    return [
        KnownConcept(scheme.id, concept.id, concept.uri, concept.label("en"))
        for scheme in schemes
        for concept in scheme.concepts.values()
        if concept.status != "deprecated"
    ]


class Suggester:
    """Ranks the concepts of schemes for texts in the languages that it was made for.

    Only read after it is made, so threads may share it.
    """

    def __init__(
        self,
        concepts: Sequence[KnownConcept],
        tables: Iterable[LabelTable],
        learned: tuple[Lessons, Weights] | None = None,
    ) -> None:
        self.concepts = tuple(concepts)
        self.tables = {table.language: table for table in tables}
        self.learned = learned

    @classmethod
    def compile(cls, schemes: Sequence[Scheme], languages: Iterable[str]) -> Suggester:
        """From schemes. Raises `VocabularyError` where no concept has a label in a language."""
        concepts = known_concepts(schemes)
        numbers = {(one.scheme, one.id): place for place, one in enumerate(concepts)}
        tables = [label_table(schemes, numbers, language) for language in languages]
        for table in tables:
            if not len(table.concepts):
                raise VocabularyError(
                    f"No concept has a label in {table.language!r}. "
                    "Choose a language of the vocabulary."
                )
        return cls(concepts, tables)

    def taught(self, documents: Mapping[str, Sequence[Document]], seed: int = 0) -> Suggester:
        """One that has learned from classified documents, given by language.

        Raises `VocabularyError` where there is too little to learn from."""
        for language in documents:
            self._table(language)
        addresses = [concept.uri for concept in self.concepts]
        learned = train(self.tables, addresses, documents, seed)
        return Suggester(self.concepts, self.tables.values(), learned)

    def suggest(
        self,
        text: str,
        limit: int = 10,
        *,
        language: str,
        title: str | None = None,
        schemes: Collection[str] | None = None,
    ) -> list[Suggestion]:
        """At most `limit` concepts for a text, best first, each with the words that speak.

        Spans in the `title` say so in their `field`; `schemes` are the ids of those allowed."""
        whole = f"{title}\n{text}" if title else text
        found = self.suggest_all([whole], limit, language=language, schemes=schemes)[0]
        if not title:
            return found
        begin = len(title) + 1
        return [
            one._replace(evidence=tuple(_placed(span, begin) for span in one.evidence))
            for one in found
        ]

    def suggest_all(
        self,
        texts: Sequence[str],
        limit: int = 10,
        *,
        language: str,
        schemes: Collection[str] | None = None,
    ) -> list[list[Suggestion]]:
        """The same for many texts, which together cost much less than one by one."""
        table = self._table(language)
        allowed = None
        if schemes is not None:
            allowed = np.array([one.scheme in schemes for one in self.concepts], bool)
        found: list[list[Suggestion]] = []
        for some in in_batches(texts, len(self.concepts)):
            found += self._batch(table, texts[some], limit, allowed)
        return found

    def _table(self, language: str) -> LabelTable:
        table = self.tables.get(language)
        if table is None:
            raise VocabularyError(
                f"This was not made for texts in {language!r}, but for "
                f"{', '.join(sorted(self.tables))}. Choose one of these, or make it again."
            )
        return table

    def _batch(
        self, table: LabelTable, texts: Sequence[str], limit: int, allowed: Allowed
    ) -> list[list[Suggestion]]:
        reading = read(table, texts)
        claimed = claims(table, reading, CLAIMS)
        likely = chance_of(claimed.features, *untrained(table.language))
        if self.learned is None:
            lessons = asked = None
            suggested, chances = Suggested(claimed.texts, claimed.concepts), likely
        else:
            lessons, weights = self.learned
            asked = _asked(table, lessons, reading)
            by_label = Claimed(claimed.texts, claimed.concepts, likely, reading.sizes)
            found = weigh(lessons, by_label, asked.question if asked else None)
            chances = chance_of(found.signs, *weights.of(asked is not None))
            suggested = Suggested(*np.divmod(found.cells, len(self.concepts)))
        lines = np.arange(len(chances))
        if allowed is not None:
            lines = lines[allowed[suggested.concepts]]
        lines = lines[best(suggested.texts[lines], chances[lines], max(0, limit))]
        suggested = Suggested(suggested.texts[lines], suggested.concepts[lines])
        places = spoken(claimed, likely, suggested, lessons, asked)
        return self._suggestions(texts, reading, suggested, chances[lines], places)

    def _suggestions(
        self,
        texts: Sequence[str],
        reading: Reading,
        suggested: Suggested,
        chances: Floats,
        places: list[list[int]],
    ) -> list[list[Suggestion]]:
        found: list[list[Suggestion]] = [[] for _ in texts]
        scores = np.round(chances.astype(np.float64), 4).tolist()
        lines = zip(
            suggested.texts.tolist(), suggested.concepts.tolist(), scores, places, strict=True
        )
        for number, concept_number, score, spots in lines:
            words, text, concept = (
                reading.texts[number], texts[number], self.concepts[concept_number],
            )  # fmt: skip
            spans = []
            for spot in spots:
                start, end, _, _ = words[spot]
                spans.append(Span(start, end, text[start:end]))
            found[number].append(
                Suggestion(concept.id, concept.scheme, concept.label, score, tuple(spans))
            )
        return found


def _placed(span: Span, begin: int) -> Span:
    """A span of title and text together, as one of the title or of the text, which begins there."""
    if span.start < begin:
        return span._replace(field="title")
    return span._replace(start=span.start - begin, end=span.end - begin)


def _asked(table: LabelTable, lessons: Lessons, reading: Reading) -> Asked | None:
    """`None` where lessons know no word of the language at all."""
    numbers = lessons.words.get(table.language)
    if numbers is None:
        return None
    texts: list[int] = []
    things: list[int] = []
    places: list[int] = []
    for text, words in enumerate(reading.texts):
        seen: dict[int, int] = {}
        for place, word in enumerate(words):
            for key in table.keys.stems(word.plain):
                number = numbers.get(key)
                if number is not None:
                    seen.setdefault(number, place)
        texts += [text] * len(seen)
        things += seen
        places += seen.values()
    question = Question(len(reading.texts), np.array(texts, np.int64), np.array(things, np.int64))
    return Asked(question, np.array(places, np.int64))
