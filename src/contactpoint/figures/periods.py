"""Periods of time as statistics write them, and which period comes before which.

Read: `2018`, `2018-S1` `2018S1` `2018-H1`, `2018-Q4` `2018Q4` `2018-K4`, `2018-12` `2018M12`
`2018-M12`. Written: `2018`, `2018-S1`, `2018-Q4`, `2018-12`, as Eurostat has done since 2022.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from contactpoint.figures.errors import FiguresError

Frequency = Literal["A", "S", "Q", "M"]
IN_A_YEAR: Final[dict[Frequency, int]] = {"A": 1, "S": 2, "Q": 4, "M": 12}
_LETTERS: Final[dict[str, Frequency]] = {"S": "S", "H": "S", "Q": "Q", "K": "Q", "M": "M"}
_PARTED: Final = re.compile(r"([12][0-9]{3})-?([SHQKM])(0?[1-9]|1[0-2])")
_MONTH: Final = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
_YEAR: Final = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or its `number`-th semester, quarter or month, from 1. Sorted by where it begins."""

    year: int
    month: int
    """The first of the period."""
    frequency: Frequency

    @property
    def number(self) -> int:
        """Which of its kind in the year, from 1."""
        return (self.month - 1) * IN_A_YEAR[self.frequency] // 12 + 1

    @property
    def code(self) -> str:
        """As it is written today: `2018-Q4`."""
        if self.frequency == "A":
            return str(self.year)
        if self.frequency == "M":
            return f"{self.year}-{self.month:02}"
        return f"{self.year}-{self.frequency}{self.number}"

    @property
    def months(self) -> int:
        """How many it lasts."""
        return 12 // IN_A_YEAR[self.frequency]

    def shifted(self, periods: int) -> Period:
        """So many periods of its kind later; earlier where negative."""
        months = self.year * 12 + self.month - 1 + periods * self.months
        return Period(months // 12, months % 12 + 1, self.frequency)

    @property
    def previous(self) -> Period:
        """The one before."""
        return self.shifted(-1)

    @property
    def year_before(self) -> Period:
        """The same a year before."""
        return Period(self.year - 1, self.month, self.frequency)

    @property
    def last_month(self) -> Period:
        """The month it ends with."""
        return Period(self.year, self.month + self.months - 1, "M")

    def holds(self, other: Period) -> bool:
        """Whether the other one lies in it."""
        ends = self.shifted(1)
        begins = (other.year, other.month)
        return (self.year, self.month) <= begins < (ends.year, ends.month) and (
            other.months <= self.months
        )


def is_period(code: str) -> bool:
    """Whether `period` can read it."""
    try:
        period(code)
    except FiguresError:
        return False
    return True


@lru_cache(maxsize=4096)
def period(code: str) -> Period:
    """The period that a code names. Raises `FiguresError`.

    >>> period("2018Q4") == period("2018-Q4"), period("2018M12").code
    (True, '2018-12')
    """
    text = code.strip().upper()
    if _YEAR.fullmatch(text):
        return Period(int(text), 1, "A")
    if match := _MONTH.fullmatch(text):
        return Period(int(match[1]), int(match[2]), "M")
    if match := _PARTED.fullmatch(text):
        frequency, number = _LETTERS[match[2]], int(match[3])
        if number <= IN_A_YEAR[frequency]:
            return Period(int(match[1]), (number - 1) * (12 // IN_A_YEAR[frequency]) + 1, frequency)
    raise FiguresError(
        f"{code[:40]!r} is no period. Write a year (2018), semester (2018-S1), quarter (2018-Q4) "
        "or month (2018-12)."
    )
