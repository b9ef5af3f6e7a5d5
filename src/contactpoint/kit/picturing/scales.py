"""From a value to a place, and the few round values that an axis says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

_FLAT: Final = 1e-9
_LEAST: Final = 1e-290


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`, which are ticks unless there are none."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """How far up a value stands: 0 at `low`, 1 at `high`."""
        return (value - self.low) / (self.high - self.low)


def scale(
    values: Sequence[float], *, from_zero: bool = True, is_tight: bool = False, steps: int = 4
) -> Scale:
    """Round ticks around the values, about so many steps; whole numbers get whole ticks. A tight
    one has none, and ends where the values do."""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    largest = max(abs(low), abs(high))
    if largest < _LEAST:
        return Scale(0.0, 1.0, (0.0,))
    if high - low <= largest * _FLAT:
        low, high = low - largest / 2, high + largest / 2
    if is_tight:
        return Scale(low, high, ())
    step = _round_step((high - low) / steps)
    if step < 1 and all(value == int(value) for value in values):
        step = 1.0
    first, last = floor(low / step + _FLAT), ceil(high / step - _FLAT)
    digits = max(0, 1 - floor(log10(step)))
    ticks = tuple(round(number * step, digits) for number in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks)


def _round_step(least: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 and so on."""
    magnitude: float = 10.0 ** floor(log10(least))
    return next(magnitude * one for one in (1, 2, 5, 10, 20) if magnitude * one >= least)
