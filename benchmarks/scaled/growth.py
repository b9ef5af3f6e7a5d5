"""How cost grows with the number of items: the slope of its logarithm, and whether it is steep."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NOISE: Final = 1.25
"""Medians of one run differ by that much on a machine that others use too."""
NOTHING_MS: Final = 1.0
"""What has grown by less than this is not looked at: a clock says no more."""
FULL: Final = 10_000
"""Smaller sites have lists and filters that are not full yet: they grow until they are."""


@dataclass(frozen=True, slots=True)
class Growth:
    """Of one thing that was measured: `exponent` is 0 where cost stays, 1 where it grows as the
    number of items does, None where there are fewer than two sizes. `is_fast` says that it grows
    faster than the logarithm of the number of items, beyond noise.
    """

    exponent: float | None
    is_fast: bool


def growth(cost: Mapping[int, float], *, nothing: float = NOTHING_MS) -> Growth:
    """From cost by number of items; sizes from `FULL` on count where there are two of them."""
    known = sorted(size for size, value in cost.items() if value > 0)
    full = [size for size in known if size >= FULL]
    sizes = full if len(full) > 1 else known
    if len(sizes) < 2:
        return Growth(None, is_fast=False)
    first, last = sizes[0], sizes[-1]
    allowed = cost[first] * math.log(last) / math.log(first)
    is_fast = cost[last] > allowed * NOISE and cost[last] - cost[first] > nothing
    return Growth(_slope({size: cost[size] for size in sizes}), is_fast)


def _slope(cost: Mapping[int, float]) -> float:
    """Least squares through the logarithms."""
    xs = [math.log(size) for size in cost]
    ys = [math.log(value) for value in cost.values()]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((one - x) * (other - y) for one, other in zip(xs, ys, strict=True))
    return above / sum((one - x) ** 2 for one in xs)
