"""A stored line as figures again; what it looks like is told by `packing`."""

from __future__ import annotations

import sys
from array import array
from dataclasses import replace
from math import isnan, nan
from typing import Final, cast

import numpy as np

from contactpoint.figures import Figure, NotAddableError, Period
from contactpoint.figures import Series as FigureSeries
from contactpoint.figures import flags as flagging
from contactpoint.figures.periods import Frequency
from contactpoint.statistics.packing import SAID, at_ordinal, ordinal

_BREAK = flagging.packed(flagging.BREAK)
_Bytes = bytes | memoryview
_ARRAYS: Final = {"_values": ("d", 1), "_flags": ("H", 2), "_gives": ("d", 3)}
"""Of which kind each is, and where among the cells."""
Cells = tuple[int, _Bytes, _Bytes, _Bytes]
"""`begins`, `values`, `flags` and `gives` of a stored line."""


class Unpacked:
    """A stored line: cheap to look into at one period, or to draw whole.

    `shared` says what all its figures share, unless `geo` names their place: measure, unit,
    vintage, source. A page that ranks countries looks once into hundreds of lines, so bytes are
    unpacked when they are asked for, and only those that are."""

    __slots__ = ("_cells", "_flags", "_gives", "_values", "begins", "frequency", "geo", "shared")
    _values: array
    _flags: array
    _gives: array

    def __init__(self, shared: Figure, frequency: str, cells: Cells, geo: str = "") -> None:
        self.shared = shared
        self.geo = geo or shared.geo
        self.frequency = cast("Frequency", frequency)
        self.begins = cells[0]
        self._cells = cells

    def __getattr__(self, name: str) -> array:
        """Python asks here for what isn't set yet: bytes that nobody has looked into."""
        if name not in _ARRAYS:
            raise AttributeError(name)
        found = self._read(name)
        setattr(self, name, found)
        return found

    def _read(self, name: str) -> array:
        kind, place = _ARRAYS[name]
        return _array(kind, cast("_Bytes", self._cells[place]))

    @property
    def template(self) -> Figure:
        """What all its figures share."""
        return replace(self.shared, geo=self.geo)

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
        at, values = number - self.begins, self._values
        if not 0 <= at < len(values) or isnan(values[at]):
            return None
        return values[at]

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

    def _read(self, name: str) -> array:
        if name == "_values":
            values = np.full(self._size * 3, np.nan)
            values[self._before : self._before + len(self._months)] = self._months._values
            return array("d", values.reshape(-1, 3).sum(axis=1).tobytes())
        if name == "_flags":
            flags = np.zeros(self._size * 3, dtype=np.uint16)
            flags[self._before : self._before + len(self._months)] = self._months._flags
            return array("H", np.bitwise_or.reduce(flags.reshape(-1, 3), axis=1).tobytes())
        return super()._read(name)

    def _figure(self, at: int) -> Figure | None:
        made = super()._figure(at)
        if made is None or not made.is_break:
            return made
        # Whether it breaks after the first of the three months.
        begins = at * 3 - self._before
        later = range(max(0, begins + 1), min(len(self._months), begins + 3))
        is_mixed = any(self._months._cell(place)[0] & _BREAK for place in later)
        return replace(made, is_mixed=is_mixed)

    def _cell(self, at: int) -> tuple[int, float]:
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
