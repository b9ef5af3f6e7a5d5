"""The signs for a concept in a text, from labels and lessons, as columns that can be weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.lessons import Lessons, Own, Question, Table
from contactpoint.vocabulary.learning.postings import Floats, Ints, best

SIGNS: Final = (
    "label", "log_label", "claimed", "near", "log_near", "lead_near", "nearest", "log_nearest",
    "lead_nearest", "words", "log_words", "lead_words", "claims", "log_claims", "lead_claims",
    "given", "rightly", "log_rightly", "known_claim", "length",
)  # fmt: skip
# What holds in a language whose words were not learned; how far labels can be trusted does not.
OF_ANY_LANGUAGE: Final = ("label", "log_label", "claimed", "claims", "given", "length")
SURE_CLAIM: Final = 0.08
_PRIOR_RIGHT: Final = 0.1
_PRIOR_CLAIMS: Final = 2.0
_LEAST: Final = 1e-3
_LEADING: Final = 0.1
_FROM_LABELS: Final = 30
_FROM_WORDS: Final = 40
_FROM_CLAIMS: Final = 20


@dataclass(frozen=True, slots=True)
class Candidates:
    """Concepts worth weighing: `cells` are text times number of concepts plus concept, rising."""

    cells: Ints
    signs: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Claimed:
    """What labels claim in a batch: concepts of texts, each with its chance by labels alone.
    `sizes` are the numbers of words of the texts."""

    texts: Ints
    concepts: Ints
    likely: Floats
    sizes: Ints

    def question(self, own: Own | None) -> Question:
        """The claims that are sure enough to speak for other concepts."""
        sure = self.likely >= SURE_CLAIM
        return Question(len(self.sizes), self.texts[sure], self.concepts[sure], own)


def weigh(
    lessons: Lessons, claimed: Claimed, words: Question | None, own: Own | None = None
) -> Candidates:
    """Candidates of a batch. `words` are those that lessons know, `None` where they know none of
    the language; `own` is given for texts that are lessons themselves."""
    concepts, sizes = len(lessons.given), claimed.sizes
    label = np.zeros((len(sizes), concepts), np.float32)
    label[claimed.texts, claimed.concepts] = claimed.likely
    claims = lessons.by_claim.ask(claimed.question(own), concepts)
    pools = [_leading(label, _FROM_LABELS), _leading(claims, _FROM_CLAIMS)]
    if words is None:
        near = nearest = by_word = None
    else:
        near, nearest = lessons.neighbours.ask(words, concepts)
        by_word = lessons.by_word.ask(words, concepts)
        pools += [_leading(near, _FROM_WORDS), _leading(by_word, _FROM_WORDS)]
    cells = np.unique(np.concatenate(pools))
    texts, targets = cells // concepts, cells % concepts
    chance = label.ravel()[cells]
    mine = np.isin(cells, own.cells) if own is not None else np.zeros(len(cells), bool)
    counted = chance * (own is not None)
    claims_before = lessons.claimed[targets] - counted
    rightly = (lessons.right[targets] - counted * mine + _PRIOR_RIGHT * _PRIOR_CLAIMS) / (
        claims_before + _PRIOR_CLAIMS
    )
    columns = [chance, np.log(chance + 1e-4), chance > 0]
    for table in (near, nearest, by_word, claims):
        columns += _three(table, cells, texts)
    columns += [
        np.log1p(np.maximum(lessons.given[targets] - mine, 0)),
        rightly,
        np.log(np.maximum(rightly, 1e-4)) * (chance > 0),
        np.log1p(np.maximum(claims_before, 0)),
        np.log1p(sizes)[texts],
    ]
    return Candidates(cells, np.stack(columns, axis=1).astype(np.float32))


def _three(table: Table | None, cells: Ints, texts: Ints) -> list[NDArray]:
    """A witness's word as it is, as a logarithm, and beside the strongest of the same text."""
    if table is None:
        nothing = np.zeros(len(cells), np.float32)
        return [nothing, nothing + np.log(_LEAST), nothing]
    values = table.ravel()[cells]
    leading = np.maximum(table.max(axis=1, initial=0), 1e-9)
    return [values, np.log(values + _LEAST), values / leading[texts]]


def _leading(table: Table, most: int) -> Ints:
    """Cells of the strongest of each row, as far as they are not far behind the first."""
    leading = table.max(axis=1, initial=0)
    cells = np.flatnonzero((table > 0) & (table >= _LEADING * leading[:, None]))
    return cells[best(cells // table.shape[1], table.ravel()[cells], most)]
