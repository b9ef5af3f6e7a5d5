"""Figures as they are taken away: some indicators, each with its places and where it comes from.

Every format is written from this shape, whatever was chosen. Three things stay apart in it: a
figure with a number (zero is one), a figure without (the source says `:`), and no figure at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from contactpoint.figures import Figure, Period, Vintage
from contactpoint.figures import flags as flagging

Line = Mapping[Period, Figure]


class Row(NamedTuple):
    """One cell; `figure` is None where nobody said anything."""

    part: Part
    geo: str
    period: Period
    figure: Figure | None


@dataclass(frozen=True)
class Part:
    """One indicator. `lines` are by place, in the order in which they are shown; `dataset` is the
    code of a table at its source, `address` where it is found there, `changed` when it came here.
    """

    name: str
    label: str
    lines: Mapping[str, Line]
    unit: str = ""
    publisher: str = "Eurostat"
    dataset: str = ""
    address: str = ""
    vintage: Vintage | None = None
    updated: str = ""
    changed: datetime | None = None
    checksum: str = ""
    give: float = 0.0
    concept: str = ""
    definition: str = ""
    is_computed: bool = False
    """Added up from what the source publishes."""
    is_example: bool = False
    is_printed: bool = False
    """As it was printed at the time: each figure may have a source and a day of its own."""

    @property
    def source(self) -> str:
        """For people: “Eurostat (migr_asyappctzm)”."""
        return f"{self.publisher} ({self.dataset})" if self.dataset else self.publisher

    @cached_property
    def origins(self) -> list[tuple[str, Vintage | None]]:
        """Where its figures are from, and of which day: one, but for what was printed."""
        if not self.is_printed:
            return [(self.source, self.vintage)]
        figures = [figure for line in self.lines.values() for figure in line.values()]
        return [*dict.fromkeys((one.source or self.source, one.vintage) for one in figures)]

    @cached_property
    def periods(self) -> list[Period]:
        """From the first of any place to the last, without a hole."""
        said = [when for line in self.lines.values() for when in line]
        if not said:
            return []
        last, found = max(said), [min(said)]
        while found[-1] < last:
            found.append(found[-1].shifted(1))
        return found

    def rows(self) -> Iterator[Row]:
        """A cell for each place and period."""
        for geo, line in self.lines.items():
            for when in self.periods:
                yield Row(self, geo, when, line.get(when))


@dataclass(frozen=True)
class Table:
    """What one address offers. `page` is where people read it, `address` where the data are but
    for the name of a format; both begin with a scheme."""

    title: str
    language: str
    page: str
    address: str
    parts: Sequence[Part]
    query: str = ""
    name: str = "figures"
    """Of the file, without its ending."""
    notes: Sequence[str] = field(default=())

    @property
    def is_example(self) -> bool:
        """Whether any of it is no official figure."""
        return any(one.is_example for one in self.parts)

    @property
    def is_computed(self) -> bool:
        """Whether any of it was computed here."""
        return any(one.is_computed for one in self.parts)

    @property
    def changed(self) -> datetime | None:
        """When the newest of it came here."""
        return max((one.changed for one in self.parts if one.changed), default=None)

    @cached_property
    def flags(self) -> str:
        """All flags in it, each once."""
        return flagging.merged(*{row.figure.flags for row in self.rows() if row.figure is not None})

    @property
    def places(self) -> list[str]:
        """All places in it."""
        return list(dict.fromkeys(geo for part in self.parts for geo in part.lines))

    def rows(self) -> Iterator[Row]:
        """All cells, indicator by indicator."""
        for part in self.parts:
            yield from part.rows()

    def address_of(self, format: str) -> str:
        """Where this table is in a format."""
        return f"{self.address}.{format}" + (f"?{self.query}" if self.query else "")
