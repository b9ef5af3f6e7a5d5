"""Numbers and days: middle, quarters and classes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from math import floor
from typing import Final

FEW: Final = 8
"""Up to so many different whole numbers each is a class of its own."""
MOST_CLASSES: Final = 8


@dataclass(frozen=True, slots=True)
class Summary:
    """Of `answered` numbers: the least, the quartiles and the greatest (Hyndman and Fan 1996,
    definition 7, which spreadsheets use). In public some of them are None."""

    answered: int
    median: Decimal
    lower: Decimal | None = None
    upper: Decimal | None = None
    least: Decimal | None = None
    greatest: Decimal | None = None


def summary(numbers: Sequence[Decimal]) -> Summary | None:
    """None where there is none."""
    if not numbers:
        return None
    row = sorted(numbers)
    lower, median, upper = [_quantile(row, Decimal(part) / 4) for part in (1, 2, 3)]
    return Summary(len(row), median, lower, upper, row[0], row[-1])


def _quantile(row: Sequence[Decimal], part: Decimal) -> Decimal:
    place = (len(row) - 1) * part
    below = floor(place)
    above = min(below + 1, len(row) - 1)
    return row[below] + (row[above] - row[below]) * (place - below)


@dataclass(frozen=True, slots=True)
class Class:
    """From `low` up to `high`, which is not in it; None where it is open at that end."""

    low: Decimal | None
    high: Decimal | None

    @property
    def code(self) -> str:
        """Such as `10..20`, `..10`, `20..`: what files call it."""
        return f"{_plain(self.low)}..{_plain(self.high)}"

    def holds(self, number: Decimal) -> bool:
        """Whether the number is in it."""
        return (self.low is None or self.low <= number) and (
            self.high is None or number < self.high
        )


def classes(numbers: Sequence[Decimal]) -> tuple[Class, ...]:
    """Classes of one width, of 1, 2 or 5 and tens of it, over all numbers; the outermost open."""
    if not numbers:
        return ()
    least, greatest = min(numbers), max(numbers)
    are_whole = all(one == one.to_integral_value() for one in numbers)
    width = _width(greatest - least, are_whole=are_whole)
    start = (least / width).to_integral_value(ROUND_FLOOR) * width
    edges: list[Decimal] = []
    while (edge := start + width * (len(edges) + 1)) <= greatest:
        edges.append(edge)
    return _between(edges)


def merged(found: Sequence[Class], counts: Sequence[int], least: int) -> tuple[Class, ...]:
    """Neighbours put together from below until each holds `least`; all of it in one where they
    can't be."""
    edges: list[Decimal] = []
    held = 0
    rest = sum(counts)
    for one, count in zip(found, counts, strict=True):
        held, rest = held + count, rest - count
        if held >= least and rest >= least and one.high is not None:
            edges.append(one.high)
            held = 0
    return _between(edges)


def _between(edges: Sequence[Decimal]) -> tuple[Class, ...]:
    lows: list[Decimal | None] = [None, *edges]
    highs: list[Decimal | None] = [*edges, None]
    return tuple(Class(low, high) for low, high in zip(lows, highs, strict=True))


def _width(span: Decimal, *, are_whole: bool) -> Decimal:
    if are_whole and span < FEW:
        return Decimal(1)
    width = Decimal(1).scaleb((span / MOST_CLASSES).adjusted()) if span else Decimal(1)
    for factor in (1, 2, 5, 10):
        if span / (width * factor) <= MOST_CLASSES:
            found = width * factor
            return max(found, Decimal(1)) if are_whole else found
    return width * 10


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
