"""The tree of a sheet: one page of figures, each with its name, what it means and how it went.

All text in it is text, as in `document`. Numbers come in words, as the reader writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contactpoint.kit.composing.document import Run

MOST_ENTRIES: Final = 14
"""More than these can't be read on one page."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure at a place: `value` is empty where there is none, `notes` then say why."""

    place: str
    value: str = ""
    when: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """How a figure went: values in their order, none where there is none. `told` says what one
    would see, `first` and `last` are the periods at its ends."""

    values: Sequence[float | None]
    told: str
    first: str = ""
    last: str = ""

    @property
    def can_be_drawn(self) -> bool:
        """One figure is no course."""
        return sum(value is not None for value in self.values) > 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What is counted, and what it is where."""

    label: str
    definition: str
    readings: Sequence[Reading]
    course: Course | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `notice` is what nobody may overlook; `closing` tells where it all comes from."""

    title: str
    language: str
    publisher: str
    made_at: datetime
    summary: str = ""
    kicker: str = ""
    notice: str = ""
    address: str = ""
    entries: Sequence[Entry] = ()
    closing: Sequence[Sequence[Run]] = ()
