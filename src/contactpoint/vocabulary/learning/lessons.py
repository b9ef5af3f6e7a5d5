"""What classified documents teach, as counts: which words, claims and neighbours go with a concept.

Three witnesses beside the labels. *Words*: which concepts the documents had that hold a word.
*Claims*: the same for a concept that labels claim; it knows no language. *Neighbours*: the concepts
of the documents that share most words with this one. Small counts are not believed at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.postings import Floats, Ints, Postings

_DOUBT: Final = 4.0
_MOST_SURE: Final = 0.999
_NEAR: Final = 0.15

Table = NDArray[np.float32]


class Own(NamedTuple):
    """Texts that are among the lessons, so that none vouches for itself: their numbers there, and
    as cells (text times number of concepts, plus concept) what they were given."""

    documents: Ints
    cells: Ints


class Question(NamedTuple):
    """What `size` texts hold: pairs of text and number of a thing, each once."""

    size: int
    texts: Ints
    things: Ints
    own: Own | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """How many documents held a thing (`seen`), and which concepts those had, how often."""

    seen: Floats
    together: Postings
    weights: Floats = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        seen = np.repeat(self.seen, np.diff(self.together.begins))
        object.__setattr__(self, "weights", _weight(self.together.weights, seen))

    def ask(self, question: Question, concepts: int) -> Table:
        """How strongly what a text holds speaks for each concept: -log of the chance that none of
        its things brings the concept, each by itself (a noisy or). Texts in rows."""
        if question.own is None:
            settled = self.together._replace(weights=self.weights)
            origins, targets, weights = settled.gather(question.things)
            cells = question.texts[origins] * concepts + targets
        else:
            origins, targets, counts = self.together.gather(question.things)
            cells = question.texts[origins] * concepts + targets
            counts = counts - np.isin(cells, question.own.cells)
            weights = _weight(counts, self.seen[question.things[origins]] - 1)
        return _filled(question.size, concepts, cells, weights)

    def speaks(self, thing: Ints, concept: Ints) -> NDArray:
        """How strongly each of some things speaks for the concept at the same place."""
        distinct, which = np.unique(thing, return_inverse=True)
        settled = self.together._replace(weights=self.weights)
        origins, targets, weights = settled.gather(distinct)
        if not len(targets):
            return np.zeros(len(thing))
        width = int(max(targets.max(), concept.max())) + 1
        cells = origins * width + targets
        wanted = which * width + concept
        places = np.minimum(np.searchsorted(cells, wanted), len(cells) - 1)
        is_there = cells[places] == wanted
        return np.where(is_there, weights[places], 0.0)


def _weight(counts: NDArray, seen: NDArray) -> Floats:
    return -np.log1p(-np.minimum(counts / (seen + _DOUBT), _MOST_SURE)).astype(np.float32)


def _filled(rows: int, columns: int, cells: Ints, weights: NDArray) -> Table:
    table = np.zeros(rows * columns, np.float32)
    np.add.at(table, cells, weights.astype(np.float32, copy=False))
    return table.reshape(rows, columns)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Documents by their words (`by_word`, weights of unit length) and what they were given."""

    rarity: Floats
    by_word: Postings
    given: Postings

    def ask(self, question: Question, concepts: int) -> tuple[Table, Table]:
        """How much near documents speak for each concept: likeness squared, and to the fourth."""
        documents = self.given.rows
        rarity = self.rarity[question.things]
        length = np.sqrt(np.bincount(question.texts, rarity * rarity, minlength=question.size))
        weights = rarity / np.maximum(length, 1e-9)[question.texts]
        origins, targets, shares = self.by_word.gather(question.things)
        like = _filled(
            question.size, documents, question.texts[origins] * documents + targets,
            shares * weights[origins],
        )  # fmt: skip
        if question.own is not None:
            like[np.arange(question.size), question.own.documents] = 0
        nearest = like.max(axis=1, initial=0)
        near = np.flatnonzero((like > 0) & (like >= _NEAR * nearest[:, None]))
        origins, targets, _ = self.given.gather(near % documents)
        cells = (near // documents)[origins] * concepts + targets
        square = np.square(like.ravel()[near])[origins]
        return (
            _filled(question.size, concepts, cells, square),
            _filled(question.size, concepts, cells, np.square(square)),
        )


@dataclass(frozen=True, slots=True)
class Lessons:
    """All counts of some documents. `words` numbers the keys of words, by language; `given` is how
    many documents had a concept, `claimed` how often labels claimed it and `right` how often
    rightly, each claim counting by how likely it looked."""

    words: Mapping[str, Mapping[str, int]]
    by_word: Witness
    by_claim: Witness
    neighbours: Neighbours
    given: Floats
    claimed: Floats
    right: Floats
