"""Looks at values, and holds new lines against those of the extraction before: what a list of
codes can't show.

A file that breaks off between two lines still has every code, a download of some years only has
every series, and a table that begins to count in thousands changes no name.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from math import log10
from statistics import median
from typing import Final

import numpy as np

from contactpoint.figures import Cube, Finding
from contactpoint.figures.datasets import datasets
from contactpoint.figures.places import is_reporting
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.packing import Packed, at_ordinal, key_of

_TOLD: Final = 3
_ENOUGH: Final = 3
"""So few series may well have grown threefold."""
_LEAST: Final = 100.0
"""Nor does a series of small numbers say anything."""
_FACTOR: Final = 5.0
_MOST: Final = 1e11

_Line = tuple[int, bytes]
_Name = tuple[str, str, str]


def strange(cube: Cube) -> Iterator[Finding]:
    """Values that no count can have: below zero, beyond all people, or parts of a person."""
    kinds = [
        (cube.values < 0, "below zero"),
        (cube.values > _MOST, f"larger than {_MOST:,.0f}"),
    ]
    if cube.origin.dataset in datasets():
        kinds.append((np.mod(cube.values, 1) > 0, "no whole number, though it counts"))
    for is_so, what in kinds:
        places = np.flatnonzero(is_so)
        if len(places):
            at = int(places[0])
            where = np.unravel_index(
                cube.positions[at], [len(one.codes) for one in cube.dimensions]
            )
            cell = ", ".join(
                f"{one.id} {one.codes[int(number)]}"
                for one, number in zip(cube.dimensions, where, strict=True)
            )
            more = f", and {len(places) - 1:,} more" if len(places) > 1 else ""
            yield Finding(
                "strange-value", cell,
                f"The value {float(cube.values[at]):g} ({cell}{more}) is {what}. Fetch the file "
                "again, or look what it means and accept it.",
            )  # fmt: skip


def strangers(cube: Cube) -> Iterator[Finding]:
    """Places that no table of Eurostat's has, which a first file can't be held against another
    for."""
    places = next((one for one in cube.dimensions if one.role == "geo" or one.id == "geo"), None)
    unknown = [code for code in places.codes if not is_reporting(code)] if places else []
    for code in unknown:
        yield Finding(
            "new-code", f"geo {code[:40]}",
            f"{code[:40]!r} in the dimension geo is no country or group of countries that figures "
            "are known of. Correct it, or look what it means and accept it.",
        )  # fmt: skip


def held(lines: Sequence[Packed], before: Extraction, *, is_newer: bool) -> Iterator[Finding]:
    """What is lost since `before`, or counted otherwise. Only in a newer extraction has a table to
    go on to where it went before. One query."""
    now: dict[_Name, Packed] = {(key_of(one.measure), one.frequency, one.geo): one for one in lines}
    then: dict[_Name, _Line] = {}
    told: dict[_Name, str] = {}
    rows = before.lines.order_by("pk").values_list(
        "series__key", "series__frequency", "series__geo", "series__measure", "begins", "values"
    )
    for key, frequency, geo, measure, begins, values in rows.iterator():
        name = (key, frequency, geo)
        then[name] = (begins, bytes(values))
        if name not in now:
            told[name] = f"{measure} geo={geo}".replace("\t", " ")
    if told:
        yield Finding(
            "lost-series", "the file",
            f"{_counted(len(told), 'series is', 'series are')} gone: "
            f"{'; '.join(islice(told.values(), _TOLD))}{' …' if len(told) > _TOLD else ''}. "
            "The file may be broken off. Fetch it again; if the source gave them up, accept it.",
        )  # fmt: skip
    if is_newer:
        yield from _shorter(now, then)
    yield from _otherwise(now, then)


def _shorter(now: dict[_Name, Packed], then: dict[_Name, _Line]) -> Iterator[Finding]:
    """Of each kind of period: does it still go on to where it went?"""
    for frequency in sorted({name[1] for name in now} & {name[1] for name in then}):
        last = max(
            begins + len(values) // 8 - 1
            for name, (begins, values) in then.items() if name[1] == frequency
        )  # fmt: skip
        found = max(
            one.begins + len(one.values) // 8 - 1
            for name, one in now.items() if name[1] == frequency
        )  # fmt: skip
        if found < last:
            ends, ended = (at_ordinal(number, frequency).code for number in (found, last))  # type: ignore[arg-type]  # stored so
            yield Finding(
                "lost-period", f"dimension time, code {ended}",
                f"It ends with {ends}; what is stored goes on to {ended}. Fetch all periods, or "
                "tell the day on which this was extracted.",
            )  # fmt: skip


def _otherwise(now: dict[_Name, Packed], then: dict[_Name, _Line]) -> Iterator[Finding]:
    """Whether most series are many times what they were."""
    ratios = [
        ratio
        for name, one in now.items()
        if name in then and (ratio := _ratio(one, then[name])) is not None
    ]
    if len(ratios) < _ENOUGH:
        return
    middle = median(ratios)
    if 1 / _FACTOR < middle < _FACTOR:
        return
    times = 10 ** abs(log10(middle))
    yield Finding(
        "another-unit", "the file",
        f"Most figures are about {times:,.0f} times as {'large' if middle > 1 else 'small'} as "
        "those of the same periods that are stored. Look whether the unit has changed, then "
        "accept the file.",
    )  # fmt: skip


def _ratio(one: Packed, before: _Line) -> float | None:
    """What it counts now to what it counted then, of the periods in both."""
    begins, values = before
    then, now = np.frombuffer(values, "<f8"), np.frombuffer(one.values, "<f8")
    first = max(begins, one.begins)
    last = min(begins + len(then), one.begins + len(now))
    if last <= first:
        return None
    was = then[first - begins : last - begins]
    value = now[first - one.begins : last - one.begins]
    both = ~(np.isnan(was) | np.isnan(value))
    before_sum, sum_now = float(np.abs(was[both]).sum()), float(np.abs(value[both]).sum())
    if max(before_sum, sum_now) < _LEAST or min(before_sum, sum_now) <= 0:
        return None
    return sum_now / before_sum


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
