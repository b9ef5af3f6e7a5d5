"""Which labels the words of texts speak for, and what can be said of each such label.

All texts of a batch go through numpy together. A *row* is a sentence of a text, because words of
two sentences make no expression; a *claim* is a concept in a text with its best label there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.labels import PREFERRED, QUALIFIED, LabelTable
from contactpoint.vocabulary.learning.postings import Ints, best
from contactpoint.vocabulary.learning.words import Word, words_of

LEAST_COVERED: Final = 0.25
_MOST_WORDS: Final = 5_000
FEATURES: Final = (
    "matched", "mass", "covered", "strength", "forms", "stems", "words", "exactly",
    "preferred", "qualified", "place", "together", "opening", "length", "rivals", "leads",
    "sentences", "whole", "whole_word", "share",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """Texts as rows of numbers: for each key of a word, its row, number and place in the text."""

    texts: tuple[tuple[Word, ...], ...]
    rows: Ints
    keys: Ints
    places: Ints
    text_of_row: Ints

    @property
    def sizes(self) -> Ints:
        """Numbers of words of the texts."""
        return np.array([len(words) for words in self.texts], np.int64)


@dataclass(frozen=True, slots=True)
class Claims:
    """What labels say: one line for each concept of each text. `hits` are (line, place of word)."""

    texts: Ints
    concepts: Ints
    features: NDArray[np.float32]
    hit_lines: Ints
    hit_places: Ints


def read(table: LabelTable, texts: Sequence[str]) -> Reading:
    """Words and keys of texts; of very long ones, the first thousands of words."""
    all_words: list[tuple[Word, ...]] = []
    rows: list[int] = []
    keys: list[int] = []
    places: list[int] = []
    text_of_row: list[int] = []
    numbers, keys_of = table.numbers, table.keys.keys
    for number, text in enumerate(texts):
        words = tuple(words_of(text, table.language)[:_MOST_WORDS])
        all_words.append(words)
        sentence = -1
        for place, word in enumerate(words):
            if word.sentence != sentence:
                sentence = word.sentence
                text_of_row.append(number)
            for key in keys_of(word.plain):
                known = numbers.get(key)
                if known is not None:
                    rows.append(len(text_of_row) - 1)
                    keys.append(known)
                    places.append(place)
    return Reading(
        tuple(all_words), np.array(rows, np.int64), np.array(keys, np.int64),
        np.array(places, np.int64), np.array(text_of_row, np.int64),
    )  # fmt: skip


def claims(table: LabelTable, reading: Reading, most: int) -> Claims:
    """The labels that the texts claim, at most `most` concepts a text."""
    count = len(table.concepts)
    once = _first_of(reading.rows * len(table.numbers) + reading.keys)
    rows, keys, places = reading.rows[once], reading.keys[once], reading.places[once]
    origins, labels, weights = table.by_key.gather(keys)
    cells = rows[origins] * count + labels
    total = np.zeros(len(reading.text_of_row) * count, np.float32)
    np.add.at(total, cells, weights)
    kept = np.flatnonzero(total[cells] >= LEAST_COVERED * table.mass[labels])
    kept = kept[np.argsort(cells[kept], kind="stable")]
    cells, origins = cells[kept], origins[kept]
    starts = np.flatnonzero(np.r_[True, cells[1:] != cells[:-1]]) if len(cells) else kept
    if not len(starts):
        nothing = np.zeros(0, np.int64)
        return Claims(nothing, nothing, np.zeros((0, len(FEATURES)), np.float32), nothing, nothing)
    label = cells[starts] % count
    text = reading.text_of_row[cells[starts] // count]
    concept = table.concepts[label].astype(np.int64)
    matched = total[cells[starts]]
    covered = matched / table.mass[label]
    strength = matched * covered * covered
    groups = text * (int(table.concepts.max()) + 1) + concept
    chosen = best(groups, strength, 1)
    sentences = np.bincount(np.searchsorted(groups[chosen], groups), minlength=len(chosen))
    first = best(text[chosen], strength[chosen], most)
    chosen, sentences = chosen[first], sentences[first]
    is_form = table.is_form[keys[origins]]
    word_places = places[origins]
    forms = np.add.reduceat(is_form, starts)[chosen]
    stems = np.add.reduceat(~is_form, starts)[chosen]
    place_sum = np.add.reduceat(word_places * ~is_form, starts)[chosen]
    square_sum = np.add.reduceat(word_places * word_places * ~is_form, starts)[chosen]
    many = np.maximum(stems, 1)
    mean = place_sum / many
    spread = square_sum / many - mean * mean - (many * many - 1) / 12
    texts, words, kinds = text[chosen], table.lengths[label[chosen]], table.kinds[label[chosen]]
    sizes = reading.sizes[texts]
    leading = np.zeros(len(reading.texts), np.float32)
    np.maximum.at(leading, texts, strength[chosen])
    features = np.stack(
        [
            np.log(matched[chosen] + 0.1), np.log(table.mass[label[chosen]] + 0.1),
            covered[chosen], np.log(strength[chosen] + 0.1), np.log1p(forms), np.log1p(stems),
            np.log(words), np.minimum(forms / words, 1),
            (kinds & PREFERRED) > 0, (kinds & QUALIFIED) > 0,
            np.log1p(mean), spread < 0.3, mean < 3, np.log1p(np.minimum(sizes, 40)),
            np.log(_rivals(texts, strength[chosen])), strength[chosen] / (leading[texts] + 1e-9),
            np.log(sentences), covered[chosen] > 0.97, (covered[chosen] > 0.97) & (words == 1),
            stems / np.maximum(sizes, 1),
        ],
        axis=1,
    ).astype(np.float32)  # fmt: skip
    lengths = np.diff(np.append(starts, len(cells)))[chosen]
    hit_lines = np.repeat(np.arange(len(chosen)), lengths)
    offsets = np.arange(len(hit_lines)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    hits = word_places[np.repeat(starts[chosen], lengths) + offsets]
    return Claims(texts, concept[chosen], features, hit_lines, hits)


def _first_of(values: Ints) -> Ints:
    """Places at which a value stands for the first time, in order."""
    return np.sort(np.unique(values, return_index=True)[1])


def _rivals(texts: Ints, strength: NDArray) -> Ints:
    """How many concepts of the same text are claimed just as strongly, itself included."""
    same = texts * (1 << 24) + np.round(strength * 1000).astype(np.int64)
    _, inverse, counts = np.unique(same, return_inverse=True, return_counts=True)
    return counts[inverse]
