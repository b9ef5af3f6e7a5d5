"""When figures were extracted. Statistical offices revise: figures of different days don't compare.

A vintage may be known to the day or to the month. Two that lie close together, two releases of a
quarterly table for example, may be compared with a word on it; others may not. Of the changes that
Eurostat published in 2018 and 2019 and whose base was published before, those with vintages up to
200 days apart come out as published, and those further apart don't.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from contactpoint.figures.errors import FiguresError

NEIGHBOURS: Final = timedelta(days=200)
_MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True, order=True)
class Vintage:
    """The first and the last day on which figures may have been extracted."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def is_near(self, other: Vintage) -> bool:
        """Whether they lie no further apart than two releases that follow each other."""
        return max(self.last - other.first, other.last - self.first) <= NEIGHBOURS

    def __str__(self) -> str:
        return self.first.isoformat() if self.is_day else self.first.isoformat()[:7]


def vintage(said: str | date) -> Vintage:
    """The vintage of a day (`2019-06-17`) or a month (`2018-12`). Raises `FiguresError`."""
    if isinstance(said, date):
        return Vintage(said, said)
    try:
        if _MONTH.fullmatch(said):
            first = date.fromisoformat(f"{said}-01")
            following = (first + timedelta(days=32)).replace(day=1)
            return Vintage(first, following - timedelta(days=1))
        return Vintage(date.fromisoformat(said), date.fromisoformat(said))
    except ValueError as error:
        raise FiguresError(
            f"{said[:40]!r} is no day or month of extraction. Write 2019-06-17 or 2019-06."
        ) from error
