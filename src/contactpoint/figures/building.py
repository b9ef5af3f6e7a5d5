"""Puts a cube together from cells in any order, within limits, and refuses a cell said twice."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.figures.errors import UnreadableError
from contactpoint.figures.limits import DEFAULT, Limits, too_much
from contactpoint.figures.model import Cube, Dimension, Origin, Role

NOTHING: Final = float("nan")
_MOST_PLACES: Final = 2**62


@dataclass
class Builder:
    """Collects cells. A key holds the codes of all dimensions but the last, whose code is given
    with each cell: so one series is looked up once, whatever its length."""

    name: str
    ids: Sequence[str]
    limits: Limits = DEFAULT
    _keys: dict[tuple[str, ...], int] = field(default_factory=dict)
    _codes: list[dict[str, int]] = field(default_factory=list)
    _places: list[array[int]] = field(default_factory=list)
    _series: array[int] = field(default_factory=lambda: array("q"))
    _last: array[int] = field(default_factory=lambda: array("q"))
    _values: array[float] = field(default_factory=lambda: array("d"))
    _flags: array[int] = field(default_factory=lambda: array("H"))

    def __post_init__(self) -> None:
        if len(self.ids) > self.limits.dimensions:
            raise too_much(self.name, "dimensions", len(self.ids), self.limits.dimensions)
        for place, one in enumerate(self.ids):
            check_code(one, f"{self.name}, name of dimension {place + 1}", self.limits)
        if not self.ids:
            raise UnreadableError(f"{self.name} has no dimension. Is it a table of figures?")
        if twice := repeated(self.ids):
            raise UnreadableError(
                f"{self.name} has the dimension {twice!r} twice. Rename or remove one."
            )
        self._codes = [{} for _ in self.ids]
        self._places = [array("q") for _ in self.ids[:-1]]

    def series(self, key: tuple[str, ...], where: str) -> int:
        """The number of a series, for `add`. `where` names the place in the file."""
        number = self._keys.get(key)
        if number is None:
            if len(key) != len(self.ids) - 1:
                raise UnreadableError(
                    f"{self.name}, {where}: {len(key)} codes stand here, {len(self.ids) - 1} "
                    "dimensions are named in the first line. Repair the line."
                )
            for place, code in enumerate(key):
                self._places[place].append(self._place(place, code, where))
            number = self._keys[key] = len(self._keys)
        return number

    def last(self, code: str, where: str) -> int:
        """The place of a code of the last dimension, for `add`."""
        return self._place(len(self.ids) - 1, code, where)

    def add(self, series: int, last: int, value: float, flags: int) -> None:
        """One cell; `NOTHING` as value where it says that there is none."""
        self._series.append(series)
        self._last.append(last)
        self._values.append(value)
        self._flags.append(flags)

    def extend(
        self, series: int, last: Sequence[int], values: Sequence[float], flags: Sequence[int]
    ) -> None:
        """Several cells of one series."""
        self._series.extend([series] * len(last))
        self._last.extend(last)
        self._values.extend(values)
        self._flags.extend(flags)
        self.check()

    def check(self) -> None:
        """Raises `UnreadableError` where there are too many cells by now."""
        if len(self._series) > self.limits.cells:
            raise too_much(self.name, "cells", len(self._series), self.limits.cells)

    def cube(
        self,
        origin: Origin,
        *,
        labels: Mapping[str, Mapping[str, str]] | None = None,
        titles: Mapping[str, str] | None = None,
        roles: Mapping[str, Role] | None = None,
        where: Callable[[int], str] = "cell {0}".format,
    ) -> Cube:
        """All that was added. `where` names the place of the n-th cell, for a message."""
        self.check()
        if not self._series:
            raise UnreadableError(f"{self.name} holds no figure. Was the question too narrow?")
        labels, titles, roles = labels or {}, titles or {}, roles or {}
        dimensions = tuple(
            Dimension(
                one, tuple(codes), titles.get(one, ""), labels.get(one, {}), roles.get(one, "")
            )
            for one, codes in zip(self.ids, self._codes, strict=True)
        )
        sizes = [len(one.codes) for one in dimensions]
        if prod(sizes) > _MOST_PLACES:
            raise too_much(self.name, "possible cells", prod(sizes), _MOST_PLACES)
        begins = np.zeros(len(self._keys), dtype=np.int64)
        for place, codes in enumerate(self._places):
            begins += np.frombuffer(codes, dtype=np.int64) * prod(sizes[place + 1 :])
        positions = begins[np.frombuffer(self._series, dtype=np.int64)]
        positions += np.frombuffer(self._last, dtype=np.int64)
        values = np.frombuffer(self._values, dtype=np.float64)
        flags = np.frombuffer(self._flags, dtype=np.uint16)
        order = _sorted(positions, self.name, where)
        return Cube(dimensions, positions[order], values[order], flags[order], origin)

    def _place(self, dimension: int, code: str, where: str) -> int:
        codes = self._codes[dimension]
        place = codes.get(code)
        if place is None:
            check_code(code, f"{self.name}, {where}, dimension {self.ids[dimension]}", self.limits)
            place = codes[code] = len(codes)
            if place >= self.limits.codes:
                raise too_much(
                    f"{self.name}, dimension {self.ids[dimension]}",
                    "codes", place + 1, self.limits.codes,
                )  # fmt: skip
        return place


def repeated(names: Iterable[str]) -> str | None:
    """The first name that stands there a second time, in one pass."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def check_code(code: str, where: str, limits: Limits) -> None:
    """Raises `UnreadableError` for a code that is empty, too long or can't be printed."""
    wrong = (
        "is empty" if not code.strip()
        else f"has {len(code):,} characters" if len(code) > limits.code
        else "holds a control character" if not code.isprintable()
        else ""
    )  # fmt: skip
    if wrong:
        raise UnreadableError(f"{where}: the code {code[:40]!r} {wrong}. Repair or remove it.")


def _sorted(
    positions: NDArray[np.int64], name: str, where: Callable[[int], str]
) -> NDArray[np.int64]:
    order = np.argsort(positions, kind="stable")
    same = np.flatnonzero(np.diff(positions[order]) == 0)
    if len(same):
        first, second = order[same[0]], order[same[0] + 1]
        raise UnreadableError(
            f"{name}, {where(int(second))}: this cell was given already, in {where(int(first))}. "
            "Remove one of them."
        )
    return order
