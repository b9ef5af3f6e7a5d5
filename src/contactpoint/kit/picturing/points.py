"""What a picture is made of: points, series of them, and the few words that it says itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Final, Literal

Direction = Literal["ltr", "rtl"]
Number = Callable[[float], str]
"""A value in the reader's language, with its separators and its unit."""

WIDE: Final = 640
NARROW: Final = 300
_MOST: Final = 1e300  # sums of what is drawn stay numbers
_LEAST: Final = 1e-300


@dataclass(frozen=True, slots=True)
class Point:
    """A value and what it is the value of: a period, or a place.

    `value` is None where there is no figure: that leaves a gap and is never drawn as zero.
    `flags` are Eurostat's letters: `b` (break in series) parts a line before this point; `e`, `f`,
    `p` and `s` (estimated, forecast, provisional) draw it hollow. `note` is said beside the value
    where there is room (rows). `tick` is what the axis of time says here, such as a year at its
    first month; where no point has one, labels are used. `code` places a country on the map by
    tiles. `is_main` brings a row, a column or a tile to the fore.
    `low` and `high` are how sure it is (whiskers).
    """

    label: str
    value: float | None
    note: str = ""
    flags: str = ""
    tick: str = ""
    code: str = ""
    is_main: bool = False
    low: float | None = None
    high: float | None = None

    drawn: float | None = field(init=False, repr=False, compare=False)
    """The value as it can be drawn: what isn't a number is none."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "drawn", _drawn(self.value))

    @property
    def is_after_break(self) -> bool:
        return "b" in self.flags

    @property
    def is_hollow(self) -> bool:
        return bool(self.flags) and not _HOLLOW.isdisjoint(self.flags)


def _drawn(value: float | None) -> float | None:
    if value is None:
        return None
    if -_MOST <= value <= _MOST:
        return 0.0 if -_LEAST < value < _LEAST else float(value)
    is_number = value not in (inf, -inf) and value == value  # noqa: PLR0124 — none equals itself
    return (_MOST if value > 0 else -_MOST) if is_number else None


_HOLLOW: Final = frozenset("efps")


@dataclass(frozen=True, slots=True)
class Series:
    """Points in the order in which they are drawn. Series of one picture meet by their points'
    labels. One that `is_main` is drawn strongly and the others step back."""

    name: str
    points: tuple[Point, ...] = field(default=())
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture says of itself, in the reader's language."""

    no_figures: str = "No figures"
    no_figure: str = "no figure"
    provisional: str = "provisional or estimated"
    break_in_series: str = "break in series"


ENGLISH: Final = Words()
