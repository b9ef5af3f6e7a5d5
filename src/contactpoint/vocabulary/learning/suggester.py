"""Concepts ranked for texts by labels and, where it has learned, by what documents taught."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.documents import Document
from contactpoint.vocabulary.learning.labels import LabelTable, label_table
from contactpoint.vocabulary.learning.lessons import Lessons, Question
from contactpoint.vocabulary.learning.lexical import Claims, Reading, claims, in_batches, read
from contactpoint.vocabulary.learning.postings import Floats, Ints, best
from contactpoint.vocabulary.learning.regression import chance_of
from contactpoint.vocabulary.learning.signs import Claimed, weigh
from contactpoint.vocabulary.learning.training import CLAIMS, Weights, train
from contactpoint.vocabulary.learning.weights import untrained
from contactpoint.vocabulary.model import Scheme, VocabularyError
from contactpoint.vocabulary.suggest import Span, Suggestion

_HEAVY: Final = 0.4

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
        for some in in_batches(texts):
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
            answer = _Answer(claimed.texts, claimed.concepts, likely)
            asked = None
        else:
            lessons, weights = self.learned
            asked = _question(table, lessons, reading)
            by_label = Claimed(claimed.texts, claimed.concepts, likely, reading.sizes)
            found = weigh(lessons, by_label, asked[0] if asked else None)
            chances = chance_of(found.signs, *weights.of(asked is not None))
            width = len(self.concepts)
            answer = _Answer(found.cells // width, found.cells % width, chances)
        if allowed is not None:
            answer = answer.at(np.flatnonzero(allowed[answer.concepts]))
        chosen = best(answer.texts, answer.chances, limit)
        return self._suggestions(texts, reading, claimed, asked, answer.at(chosen))

    def _suggestions(
        self,
        texts: Sequence[str],
        reading: Reading,
        claimed: Claims,
        asked: tuple[Question, Ints] | None,
        answer: _Answer,
    ) -> list[list[Suggestion]]:
        found: list[list[Suggestion]] = [[] for _ in texts]
        lines = zip(
            answer.texts.tolist(), answer.concepts.tolist(), answer.chances.tolist(),
            self._evidence(claimed, asked, answer), strict=True,
        )  # fmt: skip
        for number, concept_number, chance, places in lines:
            words, text, concept = (
                reading.texts[number],
                texts[number],
                self.concepts[concept_number],
            )
            spans = []
            for place in places:
                start, end, _, _ = words[place]
                spans.append(Span(start, end, text[start:end]))
            found[number].append(
                Suggestion(
                    concept.id, concept.scheme, concept.label, round(chance, 4), tuple(spans)
                )
            )
        return found

    def _evidence(
        self, claimed: Claims, asked: tuple[Question, Ints] | None, answer: _Answer
    ) -> list[list[int]]:
        """For each suggestion, the places of the words that speak for it: those of its label, and
        those whose weight by the lessons is not far behind the heaviest."""
        width = len(self.concepts)
        lines = claimed.texts * width + claimed.concepts
        order = np.argsort(lines)
        wanted = answer.texts * width + answer.concepts
        places: list[list[int]] = []
        if len(lines):
            found = np.minimum(np.searchsorted(lines[order], wanted), len(lines) - 1)
            is_claimed = lines[order][found] == wanted
            line_of = order[found]
            begins = np.searchsorted(claimed.hit_lines, line_of)
            ends = np.searchsorted(claimed.hit_lines, line_of, "right")
            places = [
                sorted(set(claimed.hit_places[begin:end].tolist())) if known else []
                for known, begin, end in zip(
                    is_claimed.tolist(), begins.tolist(), ends.tolist(), strict=True
                )
            ]
        else:
            places = [[] for _ in wanted]
        if asked is None or self.learned is None or not len(wanted):
            return places
        question, word_places = asked
        begins = np.searchsorted(question.texts, answer.texts)
        sizes = np.searchsorted(question.texts, answer.texts, "right") - begins
        which = np.repeat(np.arange(len(wanted)), sizes)
        entry = np.arange(len(which)) + (begins - (np.cumsum(sizes) - sizes))[which]
        lessons = self.learned[0]
        weight = lessons.by_word.speaks(question.things[entry], answer.concepts[which])
        heaviest = np.zeros(len(wanted))
        np.maximum.at(heaviest, which, weight)
        heavy = (weight > 0) & (weight >= _HEAVY * heaviest[which])
        for number, place in zip(
            which[heavy].tolist(), word_places[entry[heavy]].tolist(), strict=True
        ):
            places[number].append(place)
        return [sorted(set(each)) for each in places]


@dataclass(frozen=True, slots=True)
class _Answer:
    """Concepts of texts with their chances, one a line."""

    texts: Ints
    concepts: Ints
    chances: Floats

    def at(self, lines: Ints) -> _Answer:
        return _Answer(self.texts[lines], self.concepts[lines], self.chances[lines])


def _placed(span: Span, begin: int) -> Span:
    """A span of title and text together, as one of the title or of the text, which begins there."""
    if span.start < begin:
        return span._replace(field="title")
    return span._replace(start=span.start - begin, end=span.end - begin)


def _question(
    table: LabelTable, lessons: Lessons, reading: Reading
) -> tuple[Question, Ints] | None:
    """The words of texts that lessons know, and where each stands for the first time; `None` if
    they know no word of the language at all."""
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
    return question, np.array(places, np.int64)
