"""A cube as lines of cells, and a line as figures again.

A line holds the cells of one series from its first period to its last: values as little-endian
doubles, with NaN where there is no number, and two bytes of flags each. The highest bit of these
says that the source said something: a cell with that bit and NaN says “none”, one without the bit
isn't there.
"""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import isnan
from typing import Final, cast

import numpy as np

from contactpoint.figures import (
    Cube,
    Figure,
    FiguresError,
    NotAddableError,
    Period,
    UnreadableError,
    period,
)
from contactpoint.figures import Series as FigureSeries
from contactpoint.figures import flags as flagging
from contactpoint.figures.periods import IN_A_YEAR, Frequency

SAID: Final = 1 << 15
MOST_PERIODS: Final = 2_400
"""In one line: two hundred years of months. A file with the years 1000 and 2999 is no table."""
_FREQUENCIES: Final = tuple(IN_A_YEAR)


@dataclass(frozen=True, slots=True)
class Packed:
    """The cells of one series."""

    measure: str
    geo: str
    frequency: Frequency
    begins: int
    values: bytes
    flags: bytes
    gives: bytes = b""

    @property
    def digest(self) -> bytes:
        """The same for the same cells."""
        name = f"{self.measure}\n{self.geo}\n{self.frequency}{self.begins}"
        found = hashlib.sha256(name.encode())
        for part in (self.values, self.flags, self.gives):
            found.update(b"\0" + hashlib.sha256(part).digest())
        return found.digest()


def ordinal(when: Period) -> int:
    """The number of a period among all of its kind; the next one has the next number."""
    return (when.year * 12 + when.month - 1) // when.months


def at_ordinal(number: int, frequency: Frequency) -> Period:
    """The period with a number."""
    months = number * (12 // IN_A_YEAR[frequency])
    return Period(months // 12, months % 12 + 1, frequency)


def measure_of(codes: Iterable[tuple[str, str]]) -> str:
    """What is counted, as text: all codes but those of place and time."""
    return "\t".join(
        sorted(f"{name}={code}" for name, code in codes if name not in ("geo", "time"))
    )


@lru_cache(maxsize=4096)
def key_of(measure: str) -> str:
    """A digest of a measure that fits into any index."""
    return hashlib.blake2b(measure.encode(), digest_size=16).hexdigest()


def packed(cube: Cube) -> Iterator[Packed]:
    """The lines of a harmonised cube, whose last dimension is `time`. Raises `UnreadableError`."""
    *others, time = cube.dimensions
    if time.id != "time":
        raise FiguresError("The figures have no dimension called time. Name it so.")
    periods = [period(code) for code in time.codes]
    kinds = np.array([_FREQUENCIES.index(one.frequency) for one in periods], dtype=np.int64)
    ordinals = np.array([ordinal(one) for one in periods], dtype=np.int64)
    series, at = np.divmod(cube.positions, len(periods))
    groups = series * len(_FREQUENCIES) + kinds[at]
    values, flags = cube.values + 0.0, cube.flags | np.uint16(SAID)  # no minus zero
    if len(set(kinds.tolist())) > 1 or bool(np.any(np.diff(ordinals) <= 0)):
        order = np.lexsort((ordinals[at], groups))
        groups, at, values, flags = groups[order], at[order], values[order], flags[order]
    numbers = ordinals[at]
    values[np.isnan(values)] = np.nan
    edges = [0, *(np.flatnonzero(np.diff(groups)) + 1).tolist(), len(groups)]
    sizes = [len(one.codes) for one in others] or [1]
    for start, end in pairwise(edges):
        if start == end:
            continue
        place, kind = divmod(int(groups[start]), len(_FREQUENCIES))
        codes = {
            one.id: one.codes[int(where)]
            for one, where in zip(others, np.unravel_index(place, sizes), strict=False)
        }
        begins = int(numbers[start])
        length = int(numbers[end - 1]) - begins + 1
        if length > MOST_PERIODS:
            raise UnreadableError(
                f"{_told(codes)}: from {time.codes[int(at[start])]} to "
                f"{time.codes[int(at[end - 1])]} are {length:,} periods; {MOST_PERIODS:,} "
                "are allowed. Look whether a period is mistyped."
            )
        told = np.full(length, np.nan, dtype="<f8")
        marks = np.zeros(length, dtype="<u2")
        places = numbers[start:end] - begins
        told[places], marks[places] = values[start:end], flags[start:end]
        yield Packed(
            measure_of(codes.items()), codes.get("geo", ""), _FREQUENCIES[kind], begins,
            told.tobytes(), marks.tobytes(),
        )  # fmt: skip


def packed_figures(measure: str, figures: Iterable[Figure]) -> Iterator[Packed]:
    """The lines of single figures, each with its own rounding."""
    lines: dict[tuple[str, Frequency], list[Figure]] = {}
    for one in figures:
        lines.setdefault((one.geo, one.period.frequency), []).append(one)
    for (geo, frequency), found in lines.items():
        numbers = [ordinal(one.period) for one in found]
        begins, length = min(numbers), max(numbers) - min(numbers) + 1
        values, gives = np.full(length, np.nan, dtype="<f8"), np.zeros(length, dtype="<f8")
        flags = np.zeros(length, dtype="<u2")
        for one, number in zip(found, numbers, strict=True):
            at = number - begins
            if one.value is not None:
                values[at] = one.value
            flags[at], gives[at] = flagging.packed(one.flags) | SAID, one.give
        yield Packed(
            measure, geo, frequency, begins, values.tobytes(), flags.tobytes(), gives.tobytes()
        )


def checksum(lines: Iterable[Packed], *said: str) -> str:
    """The same for the same figures, in whatever order and format they came."""
    found = hashlib.sha256("\n".join(said).encode())
    for digest in sorted(one.digest for one in lines):
        found.update(digest)
    return found.hexdigest()


_Bytes = bytes | memoryview
Cells = tuple[int, _Bytes, _Bytes, _Bytes]
"""`begins`, `values`, `flags` and `gives` of a stored line."""


class Unpacked:
    """A stored line: cheap to look into at one period, or to draw whole.

    `template` says what all its figures share: place, measure, unit, vintage, source."""

    __slots__ = ("_flags", "_gives", "_values", "begins", "frequency", "template")

    def __init__(self, template: Figure, frequency: str, cells: Cells) -> None:
        begins, values, flags, gives = cells
        self.template = template
        self.frequency = cast("Frequency", frequency)
        self.begins = begins
        self._values = _array("d", values)
        self._flags = _array("H", flags)
        self._gives = _array("d", gives)

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
        if self.frequency != "M" or self.template.kind != "flow" or self._gives:
            raise NotAddableError(f"{self.template.measure}: these figures aren't added up.")
        first, last = self.begins // 3, (self.begins + len(self) - 1) // 3
        before, size = self.begins - first * 3, (last - first + 1) * 3
        values, flags = np.full(size, np.nan), np.zeros(size, dtype=np.uint16)
        values[before : before + len(self)] = self._values
        flags[before : before + len(self)] = self._flags
        summed = values.reshape(-1, 3).sum(axis=1)
        merged = np.bitwise_or.reduce(flags.reshape(-1, 3), axis=1)
        template = replace(self.template, give=self.template.give * 3)
        made = Unpacked(template, "Q", (first, b"", b"", b""))
        made._values, made._flags = array("d", summed.tobytes()), array("H", merged.tobytes())
        return made

    def _figure(self, at: int) -> Figure | None:
        bits = self._flags[at]
        if not bits & SAID:
            return None
        value, shared = self._values[at], self.template
        return Figure(
            None if isnan(value) else value, at_ordinal(self.begins + at, self.frequency),
            shared.geo, shared.measure, shared.unit, flagging.letters(bits & ~SAID),
            shared.vintage, self._gives[at] if self._gives else shared.give, shared.kind,
            shared.source, shared.is_example,
        )  # fmt: skip


def _array(kind: str, data: _Bytes) -> array:
    found = array(kind)
    found.frombytes(bytes(data))
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _told(codes: dict[str, str]) -> str:
    return ", ".join(f"{name} {code}" for name, code in codes.items()) or "The series"
