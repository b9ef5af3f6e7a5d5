"""A stored line as figures again; what it looks like is told by `packing`."""

from __future__ import annotations

import sys
from array import array
from dataclasses import replace
from math import isnan, nan
from typing import cast

import numpy as np

from contactpoint.figures import Figure, NotAddableError, Period
from contactpoint.figures import Series as FigureSeries
from contactpoint.figures import flags as flagging
from contactpoint.figures.periods import Frequency
from contactpoint.statistics.packing import SAID, at_ordinal, ordinal

_Bytes = bytes | memoryview
Cells = tuple[int, _Bytes, _Bytes, _Bytes]
"""`begins`, `values`, `flags` and `gives` of a stored line."""


class Unpacked:
    """A stored line: cheap to look into at one period, or to draw whole.

    `shared` says what all its figures share, unless `geo` names their place: measure, unit,
    vintage, source. A page that ranks countries looks once into hundreds of lines, so bytes are
    unpacked when they are asked for, and only those that are."""

    __slots__ = ("_cells", "_flags_read", "_gives_read", "_values_read", "begins", "frequency",
                 "geo", "shared")  # fmt: skip

    def __init__(self, shared: Figure, frequency: str, cells: Cells, geo: str = "") -> None:
        self.shared = shared
        self.geo = geo or shared.geo
        self.frequency = cast("Frequency", frequency)
        self.begins = cells[0]
        self._cells: Cells | None = cells
        self._values_read: array | None = None
        self._flags_read: array | None = None
        self._gives_read: array | None = None

    @property
    def template(self) -> Figure:
        """What all its figures share."""
        return replace(self.shared, geo=self.geo)

    @property
    def _values(self) -> array:
        if self._values_read is None:
            self._values_read = _array("d", cast("Cells", self._cells)[1])
        return self._values_read

    @property
    def _flags(self) -> array:
        if self._flags_read is None:
            self._flags_read = _array("H", cast("Cells", self._cells)[2])
        return self._flags_read

    @property
    def _gives(self) -> array:
        if self._gives_read is None:
            self._gives_read = _array("d", cast("Cells", self._cells)[3])
        return self._gives_read

    def __len__(self) -> int:
        return len(self._values)

    @property
    def values(self) -> list[float | None]:
        """From the first period to the last; `None` where there is no number."""
        return [None if isnan(value) else value for value in self._values]

    @property
    def periods(self) -> list[Period]:
        """Beside them."""
        return [at_ordinal(self.begins + at, self.frequency) for at in range(len(self))]

    def value(self, number: int) -> float | None:
        """Of the period with a number; `None` where there is no number."""
        at = number - self.begins
        if not 0 <= at < len(self._values) or isnan(self._values[at]):
            return None
        return self._values[at]

    def flags(self, number: int) -> str:
        """Of the period with a number, as letters."""
        at = number - self.begins
        bits = self._flags[at] & ~SAID if 0 <= at < len(self._flags) else 0
        return flagging.letters(bits) if bits else ""

    def at(self, when: Period) -> Figure | None:
        """The figure of a period; `None` where nobody said anything."""
        at = ordinal(when) - self.begins
        if when.frequency != self.frequency or not 0 <= at < len(self):
            return None
        return self._figure(at)

    def figures(self, since: Period | None = None, until: Period | None = None) -> FigureSeries:
        """As the library compares them; only a part where that is enough."""
        first = max(0, ordinal(since) - self.begins) if since else 0
        last = min(len(self), ordinal(until) - self.begins + 1) if until else len(self)
        found = map(self._figure, range(first, last))
        return FigureSeries({one.period: one for one in found if one is not None})

    @property
    def latest(self) -> Figure | None:
        """The newest figure that has a value."""
        for at in range(len(self) - 1, -1, -1):
            if not isnan(self._values[at]):
                return self._figure(at)
        return None

    def quarters(self) -> Unpacked:
        """Quarters made of three months each, as `contactpoint.figures.Series.quarters` makes them,
        for many places at once. A quarter that has a month without a number has none itself."""
        if self.frequency != "M" or self.shared.kind != "flow" or self._gives:
            raise NotAddableError(f"{self.shared.measure}: these figures aren't added up.")
        return _Quarters(self)

    def _figure(self, at: int) -> Figure | None:
        bits, value = self._cell(at)
        if not bits & SAID:
            return None
        shared = self.shared
        return Figure(
            None if isnan(value) else value, at_ordinal(self.begins + at, self.frequency),
            self.geo, shared.measure, shared.unit, flagging.letters(bits & ~SAID),
            shared.vintage, self._gives[at] if self._gives else shared.give, shared.kind,
            shared.source, shared.is_example,
        )  # fmt: skip

    def _cell(self, at: int) -> tuple[int, float]:
        """The flags and the value at a place in the line."""
        return self._flags[at], self._values[at]


class _Quarters(Unpacked):
    """Quarters of a line of months. Who looks at one period adds up three months, not all."""

    __slots__ = ("_before", "_months", "_size")

    def __init__(self, months: Unpacked) -> None:
        first, last = months.begins // 3, (months.begins + len(months) - 1) // 3
        shared = replace(months.shared, give=months.shared.give * 3)
        super().__init__(shared, "Q", (first, b"", b"", b""), months.geo)
        self._months, self._before = months, months.begins - first * 3
        self._size = last - first + 1 if len(months) else 0

    def __len__(self) -> int:
        return self._size

    @property
    def _values(self) -> array:
        if self._values_read is None:
            months = np.full(self._size * 3, np.nan)
            months[self._before : self._before + len(self._months)] = self._months._values
            self._values_read = array("d", months.reshape(-1, 3).sum(axis=1).tobytes())
        return self._values_read

    @property
    def _flags(self) -> array:
        if self._flags_read is None:
            months = np.zeros(self._size * 3, dtype=np.uint16)
            months[self._before : self._before + len(self._months)] = self._months._flags
            merged = np.bitwise_or.reduce(months.reshape(-1, 3), axis=1)
            self._flags_read = array("H", merged.tobytes())
        return self._flags_read

    def _cell(self, at: int) -> tuple[int, float]:
        if self._values_read is not None:
            return super()._cell(at)
        bits, value = 0, 0.0
        for place in range(at * 3 - self._before, at * 3 - self._before + 3):
            if 0 <= place < len(self._months):
                more, part = self._months._cell(place)
                bits, value = bits | more, value + part
            else:
                value = nan
        return bits, value


def _array(kind: str, data: _Bytes) -> array:
    found = array(kind)
    found.frombytes(bytes(data))
    if sys.byteorder == "big":
        found.byteswap()
    return found
