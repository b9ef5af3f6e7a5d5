"""Logistic regression by Newton's method: a dozen steps, no chance, the same answer every time."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.vocabulary.learning.postings import Floats

_STEPS: Final = 25
_CLOSE_ENOUGH: Final = 1e-4
_PENALTY: Final = 1.0
_SLICE: Final = 512  # so small that the matrix library does not start threads for it


def fit(signs: NDArray[np.float32], right: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Weights of the columns, and what is added to their sum, that make `right` most likely.

    Columns are brought to one scale for a small penalty on large weights, and back at the end.
    """
    middle = signs.mean(axis=0, dtype=np.float64)
    width = signs.std(axis=0, dtype=np.float64)
    width[width < 1e-6] = np.inf  # a column that never changes says nothing
    penalty = np.append(np.full(signs.shape[1], _PENALTY), 1e-6)
    weights = np.zeros(signs.shape[1] + 1)
    weights[-1] = np.log((right.sum() + 1) / (len(right) - right.sum() + 1))

    def look(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        """Penalised -log of the likelihood, its slope and its bend, a slice of lines at a time."""
        cost = float((penalty * at * at).sum() / 2)
        slope, bend = penalty * at, np.diag(penalty)
        for begin in range(0, len(signs), _SLICE):
            here = right[begin : begin + _SLICE]
            scaled = np.ones((len(here), len(at)))
            scaled[:, :-1] = (signs[begin : begin + _SLICE] - middle) / width
            sums = scaled @ at
            chance = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
            cost += float(np.logaddexp(0, sums).sum() - sums[here].sum())
            slope = slope + scaled.T @ (chance - here)
            bend = bend + (scaled * (chance * (1 - chance))[:, None]).T @ scaled
        return cost, slope, bend

    cost, slope, bend = look(weights)
    for _ in range(_STEPS):
        step = np.linalg.solve(bend, slope)
        after, *there = look(weights - step)
        while after > cost and np.abs(step).max() > _CLOSE_ENOUGH:
            step = step / 2
            after, *there = look(weights - step)
        gained, cost = cost - after, min(cost, after)
        if gained <= 0:
            break
        weights, (slope, bend) = weights - step, there
        if gained < _CLOSE_ENOUGH * len(signs) / 1000:
            break
    plain = weights[:-1] / width
    return plain.astype(np.float32), float(weights[-1] - plain @ middle)


def chance_of(signs: NDArray[np.float32], weights: Floats, base: float) -> Floats:
    """0 to 1 for each line of signs."""
    return (1 / (1 + np.exp(-np.clip(signs @ weights + base, -30, 30)))).astype(np.float32)
