"""Which labels the words of texts speak for, and what can be said of each such label.

All texts of a batch go through numpy together. A *row* is a sentence of a text, because words of
two sentences make no expression; a *claim* is a concept in a text with its best label there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.labels import PREFERRED, QUALIFIED, LabelTable
from contactpoint.vocabulary.learning.postings import Floats, Ints, best
from contactpoint.vocabulary.learning.words import Word, sentence_ends
from contactpoint.vocabulary.normalise import cut

LEAST_COVERED: Final = 0.25
_MOST_WORDS: Final = 5_000
# Of four bytes: a larger table gets its memory in pages so large that clearing them costs most.
_MOST_CELLS: Final = 900_000
_UNSEEN: Final[tuple[str, tuple[int, ...]]] = ("", ())
_MOST_TEXTS: Final = 32
_MOST_SIGNS: Final = 8_000
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


def in_batches(texts: Sequence[str], concepts: int) -> Iterator[slice]:
    """Which texts go through together: so many that numpy pays, so few that memory stays small."""
    most = _at_once(concepts, _MOST_TEXTS)
    begin = signs = 0
    for place, text in enumerate(texts):
        if place - begin == most or (signs + len(text) > _MOST_SIGNS and place > begin):
            yield slice(begin, place)
            begin, signs = place, 0
        signs += len(text)
    if begin < len(texts):
        yield slice(begin, len(texts))


def _at_once(columns: int, most: int) -> int:
    """How many rows of a table of so many columns."""
    return max(1, min(most, _MOST_CELLS // max(columns, 1)))


def read(table: LabelTable, texts: Sequence[str]) -> Reading:
    """Words and keys of texts; of very long ones, the first thousands of words."""
    all_words: list[tuple[Word, ...]] = []
    rows: list[int] = []
    keys: list[int] = []
    places: list[int] = []
    text_of_row: list[int] = []
    seen, look_up = table.seen, table.look_up
    for number, text in enumerate(texts):
        words: list[Word] = []
        ends = sentence_ends(text)
        sentence, last = 0, -1
        for raw, start, end in zip(*cut(text), strict=True):
            known = seen.get(raw, _UNSEEN)
            if known is _UNSEEN:
                known = look_up(raw)
            if known is None:
                continue
            while start >= ends[sentence]:
                sentence += 1
            if sentence != last:
                last = sentence
                text_of_row.append(number)
            row, place = len(text_of_row) - 1, len(words)
            for key in known[1]:
                rows.append(row)
                keys.append(key)
                places.append(place)
            words.append(Word(start, end, known[0], sentence))
            if len(words) == _MOST_WORDS:
                break
        all_words.append(tuple(words))
    return Reading(
        tuple(all_words), np.array(rows, np.int64), np.array(keys, np.int64),
        np.array(places, np.int64), np.array(text_of_row, np.int64),
    )  # fmt: skip


def claims(table: LabelTable, reading: Reading, most: int) -> Claims:
    """The labels that the texts claim, at most `most` concepts a text."""
    hits = _hits(table, reading)
    starts = hits.starts
    label = hits.cells[starts] % len(table.concepts)
    text = reading.text_of_row[hits.cells[starts] // len(table.concepts)]
    concept = table.concepts[label].astype(np.int64)
    covered = hits.matched[starts] / table.mass[label]
    strength = hits.matched[starts] * covered * covered
    groups = text * (int(table.concepts.max(initial=0)) + 1) + concept
    chosen = best(groups, strength, 1)
    sentences = np.bincount(np.searchsorted(groups[chosen], groups), minlength=len(chosen))
    first = best(text[chosen], strength[chosen], most)
    chosen, sentences = chosen[first], sentences[first]
    features = _features(table, reading, hits, chosen, sentences)
    lengths = np.diff(np.append(starts, len(hits.cells)))[chosen]
    lines = np.repeat(np.arange(len(chosen)), lengths)
    offsets = np.arange(len(lines)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    spoken = hits.places[np.repeat(starts[chosen], lengths) + offsets]
    return Claims(text[chosen], concept[chosen], features, lines, spoken)


class _Hits(NamedTuple):
    """Keys of texts that labels have, a line each, those of one label in one row together. `cells`
    are row times number of labels plus label, ascending, `matched` what all its keys there say."""

    cells: Ints
    matched: Floats
    places: Ints
    is_form: NDArray[np.bool_]

    @property
    def starts(self) -> Ints:
        """Where another label or another row begins."""
        is_new = np.r_[True, self.cells[1:] != self.cells[:-1]]
        return np.flatnonzero(is_new[: len(self.cells)])


def _hits(table: LabelTable, reading: Reading) -> _Hits:
    """For the labels of which enough stands in one row. A few rows at a time: there is a cell for
    each row and label."""
    count = len(table.concepts)
    once = _first_of(reading.rows * len(table.numbers) + reading.keys)
    rows, keys, places = reading.rows[once], reading.keys[once], reading.places[once]
    parts: list[_Hits] = []
    some = _at_once(count, len(reading.text_of_row))
    for low in range(0, len(reading.text_of_row), some):
        here = slice(*np.searchsorted(rows, [low, low + some]))
        origins, labels, weights = table.by_key.gather(keys[here])
        cells = (rows[here] - low)[origins] * count + labels
        total = np.zeros(some * count, np.float32)
        np.add.at(total, cells, weights)
        kept = np.flatnonzero(total[cells] >= LEAST_COVERED * table.mass[labels])
        kept = kept[np.argsort(cells[kept], kind="stable")]
        cells, origins = cells[kept], origins[kept]
        is_form = table.is_form[keys[here]][origins]
        parts.append(_Hits(cells + low * count, total[cells], places[here][origins], is_form))
    if not parts:
        nothing = np.zeros(0, np.int64)
        return _Hits(nothing, nothing.astype(np.float32), nothing, nothing.astype(bool))
    return _Hits(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _features(
    table: LabelTable, reading: Reading, hits: _Hits, chosen: Ints, sentences: Ints
) -> NDArray[np.float32]:
    """The columns of `FEATURES` for the labels `chosen` from all that are hit."""
    starts = hits.starts
    cells = hits.cells[starts[chosen]]
    label, texts = cells % len(table.concepts), reading.text_of_row[cells // len(table.concepts)]
    is_stem = (~hits.is_form).astype(np.int64)

    def sums(values: Ints) -> Ints:
        return np.add.reduceat(values, starts)[chosen] if len(starts) else starts

    forms, stems = sums(1 - is_stem), sums(is_stem)
    many = np.maximum(stems, 1)
    mean = sums(hits.places * is_stem) / many
    spread = sums(hits.places * hits.places * is_stem) / many - mean * mean
    matched, mass = hits.matched[starts[chosen]], table.mass[label]
    covered = matched / mass
    strength = matched * covered * covered
    leading = np.zeros(len(reading.texts), np.float32)
    np.maximum.at(leading, texts, strength)
    words, kinds, sizes = table.lengths[label], table.kinds[label], reading.sizes[texts]
    is_whole = covered > 0.97
    return np.stack(
        [
            np.log(matched + 0.1), np.log(mass + 0.1), covered, np.log(strength + 0.1),
            np.log1p(forms), np.log1p(stems), np.log(words), np.minimum(forms / words, 1),
            (kinds & PREFERRED) > 0, (kinds & QUALIFIED) > 0, np.log1p(mean),
            spread - (many * many - 1) / 12 < 0.3, mean < 3, np.log1p(np.minimum(sizes, 40)),
            np.log(_rivals(texts, strength)), strength / (leading[texts] + 1e-9),
            np.log(sentences), is_whole, is_whole & (words == 1), stems / np.maximum(sizes, 1),
        ],
        axis=1,
    ).astype(np.float32)  # fmt: skip


def _first_of(values: Ints) -> Ints:
    """Places at which a value stands for the first time, in order."""
    return np.sort(np.unique(values, return_index=True)[1])


def _rivals(texts: Ints, strength: NDArray) -> Ints:
    """How many concepts of the same text are claimed just as strongly, itself included."""
    same = texts * (1 << 24) + np.round(strength * 1000).astype(np.int64)
    _, inverse, counts = np.unique(same, return_inverse=True, return_counts=True)
    return counts[inverse]
