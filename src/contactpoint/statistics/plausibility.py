"""Looks at the values of a file by themselves: what no count can be, whatever was stored before.

A decimal sign that was misread, a part that is larger than its whole, a month that has hundreds of
times what the month before had. What a person has accepted isn't asked for again.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.figures import Cube, Dimension, Finding, period
from contactpoint.figures import flags as flagging
from contactpoint.figures.datasets import datasets
from contactpoint.figures.places import REPORTING, is_part, is_reporting
from contactpoint.statistics.holding import Before, Name
from contactpoint.statistics.packing import at_ordinal, key_of, measure_of, ordinal

_MOST: Final = 1e11
_LEAP: Final = 200.0
"""The end of summer of 2015 in Hungary was sixty times less than the month before."""
_LEAPS_FROM: Final = (100.0, 1_000.0)
"""From how much on a leap up or down says something."""
_TOTALS: Final = ("TOTAL", "T")
_NO_PARTS: Final = frozenset({"time", "freq", "unit"})

_Places = NDArray[np.int64]


def strange(cube: Cube, before: Before | None = None, rounding: float = 1) -> Iterator[Finding]:
    """Values that no count can have, by the kind of strangeness; `rounding` is to how much the
    source rounds, below one where it counts parts. What is stored in `before` already passes."""
    looked = _Looked(cube, before)
    values = cube.values
    kinds = [
        (values < 0, "below zero"),
        (values > _MOST, f"larger than {_MOST:,.0f}"),
    ]
    if rounding >= 1:
        kinds.append((np.mod(values, 1) > 0, "no whole number, though it counts"))
    for is_so, what in kinds:
        yield from looked.told([(at, at, f"is {what}") for at in np.flatnonzero(is_so).tolist()])
    yield from looked.told([
        (part, whole, f"is larger than {_number(values[whole])} of {code}, which holds it")
        for part, whole, code in _larger_than_whole(cube, rounding)
    ])  # fmt: skip
    yield from looked.told([
        (now, then, f"{_leapt(values[now], values[then])} of the period before")
        for now, then in _leaps(cube)
    ])  # fmt: skip


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


def rounding_of(code: str) -> float:
    """To how much the figures of a configured dataset are rounded; of others nothing is known."""
    known = datasets().get(code)
    return known.rounding if known else 1


class _Looked:
    """What is told of the cells of a cube."""

    def __init__(self, cube: Cube, before: Before | None) -> None:
        self.cube, self.before = cube, before
        self.sizes = [len(one.codes) for one in cube.dimensions]

    def told(self, cells: Sequence[tuple[int, int, str]]) -> Iterator[Finding]:
        """One finding for all cells of a kind, with the first of them. Each stands with another one
        that makes it strange, or with itself, and with what is said of it."""
        new = [one for one in cells if not (self._is_stored(one[0]) and self._is_stored(one[1]))]
        if not new:
            return
        at, _other, what = new[0]
        cell = ", ".join(f"{name} {code}" for name, code in self._codes(at).items())
        more = f", and {len(new) - 1:,} more" if len(new) > 1 else ""
        yield Finding(
            "strange-value", cell,
            f"The value {_number(self.cube.values[at])} ({cell}{more}) {what}. Fetch the file "
            "again, or look what it means and accept it.",
        )  # fmt: skip

    def _codes(self, at: int) -> dict[str, str]:
        where = np.unravel_index(self.cube.positions[at], self.sizes)
        return {
            one.id: one.codes[int(number)]
            for one, number in zip(self.cube.dimensions, where, strict=True)
        }

    def _is_stored(self, at: int) -> bool:
        if self.before is None:
            return False
        codes = self._codes(at)
        when = period(codes["time"])
        name: Name = (key_of(measure_of(codes.items())), when.frequency, codes.get("geo", ""))
        return self.before.value(name, ordinal(when)) == self.cube.values[at]


def _larger_than_whole(cube: Cube, give: float) -> Iterator[tuple[int, int, str]]:
    """Cells with the cell that holds them, and the code that makes it do so."""
    for one, stride in zip(cube.dimensions, cube.strides, strict=True):
        for whole, parts in _wholes(one):
            at = cube.positions // stride % len(one.codes)
            is_part = np.zeros(len(one.codes), dtype=bool)
            is_part[[one.places[code] for code in parts]] = True
            there = np.flatnonzero(is_part[at] & (cube.values > give))
            wanted = cube.positions[there] + (one.places[whole] - at[there]) * stride
            found = np.minimum(np.searchsorted(cube.positions, wanted), len(cube) - 1)
            is_larger = (cube.positions[found] == wanted) & (
                cube.values[there] > cube.values[found] + give
            )
            for part, holder in zip(
                there[is_larger].tolist(), found[is_larger].tolist(), strict=True
            ):
                yield part, holder, f"{one.id} {whole}"


def _wholes(one: Dimension) -> Iterator[tuple[str, list[str]]]:
    """The codes of a dimension that hold others, with these."""
    if one.id in _NO_PARTS:
        return
    if one.id == "geo":
        # Who belongs to a group by its name doesn't depend on the day.
        when = at_ordinal(0, "A")
        for group in one.codes:
            parts = [code for code in one.codes if code in REPORTING and group != "EU"
                     and is_part(code, group, when)]  # fmt: skip
            if parts:
                yield group, parts
        return
    total = next((code for code in _TOTALS if code in one.places), "")
    if total and len(one.codes) > 1:
        yield total, [code for code in one.codes if code != total]


def _leaps(cube: Cube) -> Iterator[tuple[int, int]]:
    """Cells that are many times as large or small as the number before them in their series, with
    that; not where the source tells a break."""
    if not cube.dimensions or cube.dimensions[-1].id != "time":
        return
    periods = [period(code) for code in cube.dimensions[-1].codes]
    kinds = np.array(["ASQM".index(one.frequency) for one in periods])
    here = np.flatnonzero(~np.isnan(cube.values))
    series, at = np.divmod(cube.positions[here], len(periods))
    values = cube.values[here]
    before, now = values[:-1], values[1:]
    up, down = _LEAPS_FROM
    is_leap = (series[1:] == series[:-1]) & (kinds[at[1:]] == kinds[at[:-1]])
    is_leap &= ((before >= up) & (now >= before * _LEAP)) | (
        (before >= down) & (now > 0) & (now * _LEAP <= before)
    )
    is_leap &= (cube.flags[here][1:] & flagging.packed(flagging.BREAK)) == 0
    for number in np.flatnonzero(is_leap).tolist():
        yield int(here[number + 1]), int(here[number])


def _leapt(now: float, then: float) -> str:
    if now > then:
        return f"is {now / then:,.0f} times the {_number(then)}"
    return f"is {then / now:,.0f} times less than the {_number(then)}"


def _number(value: float) -> str:
    return f"{value:,.10g}"
