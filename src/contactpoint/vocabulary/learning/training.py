"""Counting lessons from classified documents, and finding what each sign weighs.

The weights come from a sample of the same documents, each asked about as if it were not among the
lessons. Everything is counted or solved; the only chance is the sample, which a seed fixes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.documents import Document
from contactpoint.vocabulary.learning.labels import LabelTable
from contactpoint.vocabulary.learning.lessons import (
    Lessons,
    Neighbours,
    Own,
    Question,
    Witness,
)
from contactpoint.vocabulary.learning.lexical import claims, in_batches, read
from contactpoint.vocabulary.learning.postings import Floats, Ints, postings, tally
from contactpoint.vocabulary.learning.regression import chance_of, fit
from contactpoint.vocabulary.learning.signs import (
    OF_ANY_LANGUAGE,
    SIGNS,
    SURE_CLAIM,
    Claimed,
    weigh,
)
from contactpoint.vocabulary.learning.weights import untrained
from contactpoint.vocabulary.model import VocabularyError

CLAIMS: Final = 40
SAMPLE: Final = 3_000
FEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Weights:
    """What the signs weigh: for languages whose words were learned, and for others."""

    known: Floats
    known_base: float
    foreign: Floats
    foreign_base: float

    def of(self, is_known: bool) -> tuple[Floats, float]:
        """Weights and base, for a language whose words are known or not."""
        if is_known:
            return self.known, self.known_base
        return self.foreign, self.foreign_base


@dataclass(frozen=True, slots=True)
class _Read:
    """A batch of documents, read; `first` is the number of its first document."""

    first: int
    claimed: Claimed


def train(
    tables: Mapping[str, LabelTable],
    addresses: Sequence[str],
    documents: Mapping[str, Sequence[Document]],
    seed: int = 0,
) -> tuple[Lessons, Weights]:
    """Learn from documents by language; `addresses` are those of the concepts, in their order.

    Raises `VocabularyError` where there is too little to learn from.
    """
    numbers = {address: place for place, address in enumerate(addresses)}
    given = [
        sorted(numbers[address] for address in one.concepts if address in numbers)
        for each in documents.values()
        for one in each
    ]
    if sum(map(bool, given)) < FEWEST:
        raise VocabularyError(
            f"Only {sum(map(bool, given))} documents have a concept of this vocabulary; "
            f"{FEWEST} are the least to learn from. Check that the addresses are the "
            "vocabulary's own."
        )
    book = _Words(documents)
    batches = list(_batches(tables, documents, book, len(addresses)))
    gold = _Gold.of(given)
    lessons = _lessons(book, gold, batches, len(addresses))
    return lessons, _weights(lessons, batches, book.pairs(), gold, seed)


class _Words:
    """Numbers for the keys of words, and which document holds which."""

    def __init__(self, languages: Iterable[str]) -> None:
        self.numbers: dict[str, dict[str, int]] = {language: {} for language in languages}
        self.count = 0
        self._documents = array("q")
        self._things = array("q")

    def add(self, document: int, language: str, keys: Iterable[str]) -> None:
        """Note down what a document holds."""
        numbers = self.numbers[language]
        for key in keys:
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = self.count
                self.count += 1
            self._documents.append(document)
            self._things.append(number)

    def pairs(self) -> tuple[Ints, Ints]:
        """(document, number), in the order of the documents."""
        return np.array(self._documents, np.int64), np.array(self._things, np.int64)


@dataclass(frozen=True, slots=True)
class _Gold:
    """What documents were given: as pairs, and where each document's begin."""

    documents: Ints
    concepts: Ints
    begins: Ints

    @classmethod
    def of(cls, given: Sequence[Sequence[int]]) -> _Gold:
        sizes = np.array([len(each) for each in given], np.int64)
        return cls(
            np.repeat(np.arange(len(given)), sizes),
            np.array([concept for each in given for concept in each], np.int64),
            np.concatenate([[0], np.cumsum(sizes)]),
        )

    def together(self, documents: Ints, things: Ints, concepts: int) -> Ints:
        """Cells (thing times `concepts`, plus concept) of each document that holds the thing and
        was given the concept."""
        sizes = np.diff(self.begins)[documents]
        places = np.arange(sizes.sum())
        places += np.repeat(self.begins[documents] - (np.cumsum(sizes) - sizes), sizes)
        cells = self.concepts[places]
        cells += np.repeat(things * concepts, sizes)
        return cells


def _batches(
    tables: Mapping[str, LabelTable],
    documents: Mapping[str, Sequence[Document]],
    book: _Words,
    concepts: int,
) -> Iterator[_Read]:
    first = 0
    for language, each in documents.items():
        table = tables[language]
        texts = [one.text for one in each]
        for some in in_batches(texts, concepts):
            begin = some.start
            reading = read(table, texts[some])
            for place, words in enumerate(reading.texts):
                keys = dict.fromkeys(key for word in words for key in table.keys.stems(word.plain))
                book.add(first + begin + place, language, keys)
            found = claims(table, reading, CLAIMS)
            likely = chance_of(found.features, *untrained(language))
            yield _Read(first + begin, Claimed(found.texts, found.concepts, likely, reading.sizes))
        first += len(each)


def _witness(documents: Ints, things: Ints, count: int, gold: _Gold, concepts: int) -> Witness:
    seen = np.bincount(things, minlength=count).astype(np.float32)
    return Witness(seen, tally(gold.together(documents, things, concepts), count, concepts))


def _companions(lines: Ints, claimed: Ints, gold: _Gold, concepts: int) -> Witness:
    """Concepts that go together: what a document was given, beside what labels claim in it and
    beside what else it was given. That a concept goes with itself counts only where it was claimed.
    """
    held_by_claim = np.unique(lines * concepts + claimed)
    held = np.union1d(held_by_claim, gold.documents * concepts + gold.concepts)
    documents, things = held // concepts, held % concepts
    sizes = np.diff(gold.begins)[documents]
    cells = gold.together(documents, things, concepts)
    is_claim = np.repeat(np.isin(held, held_by_claim), sizes)
    is_itself = cells // concepts == cells % concepts
    seen = np.bincount(things, minlength=concepts).astype(np.float32)
    return Witness(seen, tally(cells[is_claim | ~is_itself], concepts, concepts))


def _lessons(book: _Words, gold: _Gold, batches: Sequence[_Read], concepts: int) -> Lessons:
    documents = len(gold.begins) - 1
    holders, things = book.pairs()
    seen = np.bincount(things, minlength=book.count)
    rarity = np.log((documents + 1) / np.maximum(seen, 1)).astype(np.float32)
    weights = rarity[things]
    length = np.sqrt(np.bincount(holders, weights * weights, minlength=documents))
    lines = np.concatenate([batch.claimed.texts + batch.first for batch in batches])
    claimed = np.concatenate([batch.claimed.concepts for batch in batches])
    likely = np.concatenate([batch.claimed.likely for batch in batches])
    is_right = np.isin(lines * concepts + claimed, gold.documents * concepts + gold.concepts)
    return Lessons(
        book.numbers,
        _witness(holders, things, book.count, gold, concepts),
        _companions(lines[likely >= SURE_CLAIM], claimed[likely >= SURE_CLAIM], gold, concepts),
        Neighbours(
            rarity,
            postings(things, holders, weights / np.maximum(length, 1e-9)[holders], book.count),
            postings(gold.documents, gold.concepts, np.ones(len(gold.concepts)), documents),
        ),
        np.bincount(gold.concepts, minlength=concepts).astype(np.float32),
        np.bincount(claimed, likely, minlength=concepts).astype(np.float32),
        np.bincount(claimed, likely * is_right, minlength=concepts).astype(np.float32),
    )


def _weights(
    lessons: Lessons,
    batches: Sequence[_Read],
    held: tuple[Ints, Ints],
    gold: _Gold,
    seed: int,
) -> Weights:
    """What the signs weigh, from a sample of whole batches."""
    concepts = len(lessons.given)
    holders, things = held
    order = np.random.default_rng(seed).permutation(len(batches))
    asked_about = 0
    answers: dict[bool, list[tuple[NDArray[np.float32], NDArray[np.bool_]]]] = {}
    for number in order:
        if asked_about >= SAMPLE:
            break
        batch = batches[number]
        size = len(batch.claimed.sizes)
        last = batch.first + size
        asked_about += size
        mine = slice(gold.begins[batch.first], gold.begins[last])
        own = Own(
            np.arange(batch.first, last),
            (gold.documents[mine] - batch.first) * concepts + gold.concepts[mine],
        )
        here = slice(*np.searchsorted(holders, [batch.first, last]))
        question = Question(size, holders[here] - batch.first, things[here], own)
        for asked in (question, None):
            found = weigh(lessons, batch.claimed, asked, own)
            right = np.isin(found.cells, own.cells)
            answers.setdefault(asked is not None, []).append((found.signs, right))
    fitted: list[Any] = []
    for is_known in (True, False):
        signs = np.concatenate([signs for signs, _ in answers[is_known]])
        if not is_known:
            signs[:, [name not in OF_ANY_LANGUAGE for name in SIGNS]] = 0
        fitted += fit(signs, np.concatenate([right for _, right in answers[is_known]]))
    return Weights(*fitted)
