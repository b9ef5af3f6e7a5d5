"""Holds new lines against those of the extraction before: what a list of codes can't show.

A file that breaks off between two lines still has every code, a download of some years only has
every series, one that was emptied has every cell, and a table that begins to count in thousands
changes no name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import log10
from statistics import median
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.figures import Finding
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.packing import Packed, at_ordinal, key_of

_TOLD: Final = 3
_ENOUGH: Final = 3
"""So few series may well have grown threefold."""
_LEAST: Final = 100.0
"""Nor does a series of small numbers say anything."""
_FACTOR: Final = 5.0
_FACTOR_OF_ONE: Final = 50.0
"""From which on a single series is told; the figures of the past are revised, not counted anew."""
_LEAST_OF_ONE: Final = 1_000.0
_LOST: Final = 0.5

Name = tuple[str, str, str]
"""The key of what is counted, the frequency, the place."""
_Line = tuple[int, bytes]


@dataclass(frozen=True)
class Before:
    """The lines of an extraction by their names, each with where it begins and its values."""

    lines: Mapping[Name, _Line] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, extraction: Extraction) -> "Before":
        """One query."""
        rows = extraction.lines.order_by("pk").values_list(
            "series__key", "series__frequency", "series__geo", "series__measure", "begins",
            "values",
        )  # fmt: skip
        lines: dict[Name, _Line] = {}
        measures: dict[str, str] = {}
        for key, frequency, geo, measure, begins, values in rows.iterator():
            lines[key, frequency, geo] = (begins, bytes(values))
            measures[key] = measure
        return cls(lines, measures)

    def value(self, name: Name, number: int) -> float | None:
        """Of the period with a number in a line; NaN where the line has none there."""
        if name not in self.lines:
            return None
        begins, values = self.lines[name]
        at = number - begins
        return float(_read(values)[at]) if 0 <= at < len(values) // 8 else None

    def told(self, names: Sequence[Name]) -> str:
        """The first few lines in words."""
        said = (f"{self.measures[key]} geo={geo}".replace("\t", " ")
                for key, _frequency, geo in islice(names, _TOLD))  # fmt: skip
        return f"{'; '.join(said)}{' …' if len(names) > _TOLD else ''}"


def held(lines: Sequence[Packed], before: Before, *, is_newer: bool) -> Iterator[Finding]:
    """What is lost since `before`, or counted otherwise. Only in a newer extraction has a table to
    cover what it did before."""
    now: dict[Name, Packed] = {(key_of(one.measure), one.frequency, one.geo): one for one in lines}
    gone = [name for name in before.lines if name not in now]
    if gone:
        yield Finding(
            "lost-series", "the file",
            f"{_counted(len(gone), 'series is', 'series are')} gone: {before.told(gone)}. "
            "The file may be broken off. Fetch it again; if the source gave them up, accept it.",
        )  # fmt: skip
    if is_newer:
        shorter = list(_shorter(now, before.lines))
        yield from shorter
        if not shorter:
            yield from _emptied(now, before)
    yield from _otherwise(now, before)


def _shorter(now: Mapping[Name, Packed], then: Mapping[Name, _Line]) -> Iterator[Finding]:
    """Of each kind of period: does it still begin where it did, and go on to where it went?"""
    for frequency in sorted({name[1] for name in now} & {name[1] for name in then}):
        before = [
            (begins, begins + len(values) // 8 - 1)
            for name, (begins, values) in then.items() if name[1] == frequency
        ]  # fmt: skip
        after = [
            (one.begins, one.begins + len(one.values) // 8 - 1)
            for name, one in now.items() if name[1] == frequency
        ]  # fmt: skip
        first, found_first = (min(begins for begins, _ends in each) for each in (before, after))
        last, found_last = (max(ends for _begins, ends in each) for each in (before, after))
        if found_first > first:
            begins, began = _codes(frequency, found_first, first)
            yield Finding(
                "lost-period", f"dimension time, code {began}",
                f"It begins with {begins}; what is stored begins with {began}, and would no longer "
                "be shown. Fetch all periods; if the source gave up the old ones, accept it.",
            )  # fmt: skip
        if found_last < last:
            ends, ended = _codes(frequency, found_last, last)
            yield Finding(
                "lost-period", f"dimension time, code {ended}",
                f"It ends with {ends}; what is stored goes on to {ended}. Fetch all periods, or "
                "tell the day on which this was extracted.",
            )  # fmt: skip


def _codes(frequency: str, *numbers: int) -> list[str]:
    return [at_ordinal(number, frequency).code for number in numbers]  # type: ignore[arg-type]  # stored so


@dataclass(slots=True)
class _Loss:
    """How many numbers there were and what has become of them: of all lines, and which lines lost
    more than half of theirs."""

    had: int = 0
    lost: int = 0
    names: list[Name] = field(default_factory=list)

    def add(self, name: Name, had: int, lost: int, *, is_large: bool) -> None:
        """What became of a line; one of small numbers isn't told by itself."""
        self.had += had
        self.lost += lost
        if is_large and lost > had * _LOST:
            self.names.append(name)

    @property
    def is_told(self) -> bool:
        """Whether a person should look."""
        return bool(self.names) or self.lost > self.had * _LOST


def _emptied(now: Mapping[Name, Packed], before: Before) -> Iterator[Finding]:
    """Whether most numbers have become none, or zero: of all series, or of a large one."""
    gone, zeros = _Loss(), _Loss()
    for name, one in now.items():
        if name not in before.lines:
            continue
        then, values = _beside(before.lines[name], one)
        had = ~np.isnan(then)
        counted = had & (then != 0)
        is_large = float(np.abs(then[had]).sum()) >= _LEAST
        lost = int(np.count_nonzero(had & np.isnan(values)))
        gone.add(name, int(np.count_nonzero(had)), lost, is_large=is_large)
        nothing = int(np.count_nonzero(counted & (values == 0)))
        zeros.add(name, int(np.count_nonzero(counted)), nothing, is_large=is_large)
    for loss, what in ((gone, "have no number any more"), (zeros, "have become zero")):
        if loss.is_told:
            of = f", most of all in {before.told(loss.names)}" if loss.names else ""
            yield Finding(
                "lost-figure", "the file",
                f"{loss.lost:,} of {loss.had:,} figures that are stored {what}{of}. Fetch the file "
                "again; if the source says so, accept it.",
            )  # fmt: skip


def _otherwise(now: Mapping[Name, Packed], before: Before) -> Iterator[Finding]:
    """Whether most series are many times what they were, or a large one very many times."""
    ratios: dict[Name, float] = {}
    alone: list[Name] = []
    for name, one in now.items():
        found = _sums(before.lines[name], one) if name in before.lines else None
        if found is None:
            continue
        was, is_now = found
        ratios[name] = is_now / was
        is_far = not 1 / _FACTOR_OF_ONE < ratios[name] < _FACTOR_OF_ONE
        if is_far and max(found) >= _LEAST_OF_ONE:
            alone.append(name)
    middle = median(ratios.values()) if len(ratios) >= _ENOUGH else 1.0
    if not 1 / _FACTOR < middle < _FACTOR:
        yield _unit("Most figures are", middle)
    elif alone:
        yield _unit(f"The figures of {before.told(alone)} are", ratios[alone[0]])


def _unit(what: str, ratio: float) -> Finding:
    times = 10 ** abs(log10(ratio))
    return Finding(
        "another-unit", "the file",
        f"{what} about {times:,.0f} times as {'large' if ratio > 1 else 'small'} as those of the "
        "same periods that are stored. Look whether the unit has changed, then accept the file.",
    )  # fmt: skip


def _sums(before: _Line, one: Packed) -> tuple[float, float] | None:
    """What it counted then and counts now, of the periods in both; none where that is little."""
    was, value = _beside(before, one)
    both = ~(np.isnan(was) | np.isnan(value))
    before_sum, sum_now = float(np.abs(was[both]).sum()), float(np.abs(value[both]).sum())
    if max(before_sum, sum_now) < _LEAST or min(before_sum, sum_now) <= 0:
        return None
    return before_sum, sum_now


def _beside(before: _Line, one: Packed) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The values of a line, and those that it has now for the same periods."""
    begins, values = before
    then, now = _read(values), _read(one.values)
    beside = np.full(len(then), np.nan)
    first = max(begins, one.begins)
    last = min(begins + len(then), one.begins + len(now))
    if last > first:
        beside[first - begins : last - begins] = now[first - one.begins : last - one.begins]
    return then, beside


def _read(values: bytes) -> NDArray[np.float64]:
    return np.frombuffer(values, "<f8")


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
