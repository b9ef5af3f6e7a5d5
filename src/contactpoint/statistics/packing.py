"""A cube as lines of cells, and a line as figures again.

A line holds the cells of one series from its first period to its last: values as little-endian
doubles, with NaN where there is no number, and two bytes of flags each. The highest bit of these
says that the source said something: a cell with that bit and NaN says “none”, one without the bit
isn't there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from contactpoint.figures import (
    Cube,
    Figure,
    FiguresError,
    Period,
    UnreadableError,
    period,
)
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


def _told(codes: dict[str, str]) -> str:
    return ", ".join(f"{name} {code}" for name, code in codes.items()) or "The series"
