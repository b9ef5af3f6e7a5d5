"""How sure a share is, and the difference of two.

Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, Journal
of the American Statistical Association 22, 209–212. Newcombe, R. G. (1998), Interval estimation for
the difference between independent proportions: comparison of eleven methods, Statistics in Medicine
17, 873–890 (method 10: the score intervals of both, put together; without continuity correction).
"""

from math import hypot, sqrt
from typing import Final, NamedTuple

Z95: Final = 1.959963984540054
"""The normal deviate of 95 per cent, both sides."""


class Interval(NamedTuple):
    """Shares from 0 to 1, or differences from -1 to 1."""

    low: float
    high: float

    @property
    def spans_zero(self) -> bool:
        """Whether no difference at all is among what it holds to be possible."""
        return self.low <= 0 <= self.high


def wilson(count: int, base: int, z: float = Z95) -> Interval:
    """The score interval of `count` out of `base`; all from 0 to 1 where nobody was asked."""
    if not 0 <= count <= base:
        raise ValueError(f"{count} is no part of {base}.")
    if base == 0:
        return Interval(0.0, 1.0)
    share, square = count / base, z * z
    middle = (share + square / (2 * base)) / (1 + square / base)
    reach = z * sqrt(share * (1 - share) / base + square / (4 * base * base)) / (1 + square / base)
    low = 0.0 if count == 0 else max(0.0, middle - reach)
    high = 1.0 if count == base else min(1.0, middle + reach)
    return Interval(low, high)


def newcombe(before: tuple[int, int], after: tuple[int, int], z: float = Z95) -> Interval:
    """The share after, less the share before; each a count and its base, of different people."""
    (count, base), (count_then, base_then) = after, before
    if not base or not base_then:
        return Interval(-1.0, 1.0)
    now, then = wilson(count, base, z), wilson(count_then, base_then, z)
    share, share_then = count / base, count_then / base_then
    difference = share - share_then
    low = difference - hypot(share - now.low, then.high - share_then)
    high = difference + hypot(now.high - share, share_then - then.low)
    return Interval(max(-1.0, low), min(1.0, high))
