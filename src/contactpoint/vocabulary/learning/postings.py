"""Lists of (target, weight) by row number, in three arrays: what every look-up here is made of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]
Floats = NDArray[np.float32]


class Postings(NamedTuple):
    """Row `r` holds `targets[begins[r]:begins[r + 1]]`, ascending, with as many `weights`."""

    begins: Ints
    targets: Numbers
    weights: Floats

    @property
    def rows(self) -> int:
        return len(self.begins) - 1

    def gather(self, rows: Ints) -> tuple[Ints, Numbers, Floats]:
        """All entries of `rows` one after another, each with the place in `rows` it came from."""
        begins = self.begins[rows]
        lengths = self.begins[rows + 1] - begins
        origins = np.repeat(np.arange(len(rows)), lengths)
        shifts = begins - (np.cumsum(lengths) - lengths)
        places = np.arange(len(origins)) + shifts[origins]
        return origins, self.targets[places], self.weights[places]


def postings(rows: Ints, targets: Ints, weights: NDArray, count: int) -> Postings:
    """From entries in any order, none of them twice."""
    order = np.lexsort((targets, rows))
    begins = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=count), out=begins[1:])
    return Postings(begins, targets[order].astype(np.int32), weights[order].astype(np.float32))


def tally(cells: Ints, rows: int, columns: int) -> Postings:
    """Each cell (row times `columns`, plus target) once, weighed by how often it is there."""
    distinct, counts = np.unique(cells, return_counts=True)
    begins = np.searchsorted(distinct, np.arange(rows + 1) * columns)
    targets = (distinct % columns).astype(np.int32)
    return Postings(begins.astype(np.int64), targets, counts.astype(np.float32))


def best(groups: Ints, scores: NDArray, limit: int) -> Ints:
    """Places of the `limit` highest scores of each group, best first within a group.

    Of two equal scores the one that stands first goes first. Group, score and place are packed into
    one number each, because numpy sorts whole numbers several times faster than it sorts by keys.
    """
    size = len(groups)
    if not size:
        return np.zeros(0, np.int64)
    place_bits = size.bit_length()
    group_bits = int(groups.max()).bit_length()
    finest = (1 << min(62 - place_bits - group_bits, 50)) - 1
    top = max(float(scores.max()), 1e-30)
    lack = finest - (scores.astype(np.float64) / top * finest).astype(np.int64)
    packed = (groups * (finest + 1) + lack << place_bits) + np.arange(size)
    packed.sort()
    order = packed & ((1 << place_bits) - 1)
    grouped = groups[order]
    first = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]])
    rank = np.arange(size) - np.repeat(first, np.diff(np.append(first, size)))
    return order[rank < limit]
