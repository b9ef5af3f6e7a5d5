"""The shape of figures: a cube of dimensions, sparse, with a flag beside every value.

Three things are kept apart: a cell that says a number (zero is one), a cell that says that there is
no number (`:`, with or without a flag), and a cell that isn't there: nobody said anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import repeat
from math import isnan, prod
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from contactpoint.figures import flags as flagging
from contactpoint.figures.errors import FiguresError

Role = Literal["", "time", "geo", "metric"]
ROLES: Final[tuple[Role, ...]] = ("", "time", "geo", "metric")
_PART: Final = 65_536


class Cell(NamedTuple):
    """What a cell says: a number or `None` for none, and its flags in alphabetical order."""

    value: float | None
    flags: str = ""


class Row(NamedTuple):
    """A cell with the code of each dimension, in the order of the dimensions."""

    codes: tuple[str, ...]
    value: float | None
    flags: str = ""


@dataclass(frozen=True)
class Origin:
    """Where figures come from and when: `extracted` is their vintage, `updated` when the source
    last changed them. `unit` is for figures without a dimension of units, `aggregate` what the
    composition of the EU is where the codes don't say it (`EU28`)."""

    publisher: str = ""
    dataset: str = ""
    title: str = ""
    extracted: date | None = None
    updated: str = ""
    unit: str = ""
    aggregate: str = ""
    address: str = ""


@dataclass
class Rows(Iterator[Row]):
    """Rows one after the other, once; `ids` names the dimensions that their codes belong to."""

    ids: tuple[str, ...]
    found: Iterator[Row]
    origin: Origin

    def __next__(self) -> Row:
        return next(self.found)


@dataclass(frozen=True)
class Dimension:
    """One side of a cube. `labels` may name fewer codes than there are."""

    id: str
    codes: tuple[str, ...]
    label: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    role: Role = ""

    @cached_property
    def places(self) -> dict[str, int]:
        """Code to place."""
        return {code: place for place, code in enumerate(self.codes)}


@dataclass(frozen=True, eq=False)
class Cube:
    """Figures in memory, 18 bytes a cell.

    `positions` are the places of cells that say something, sorted, counted through the dimensions
    with the last one running fastest; `values` is NaN where a cell says that there is no value;
    `flags` holds `flags.packed`. Raises `FiguresError` where these don't fit each other."""

    dimensions: tuple[Dimension, ...]
    positions: NDArray[np.int64]
    values: NDArray[np.float64]
    flags: NDArray[np.uint16]
    origin: Origin = field(default_factory=Origin)

    def __post_init__(self) -> None:
        count = len(self.positions)
        if not (count == len(self.values) == len(self.flags)):
            raise FiguresError("A cube needs as many values and flags as positions.")
        if count and (self.positions[0] < 0 or self.positions[-1] >= self.size):
            raise FiguresError("A position lies outside the cube.")
        if count and not bool(np.all(np.diff(self.positions) > 0)):
            raise FiguresError("The positions of a cube must be sorted, each once.")
        if bool(np.any(np.isinf(self.values))):
            raise FiguresError("A value of a cube must be a finite number.")

    def __len__(self) -> int:
        return len(self.positions)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Cube)
            and self.dimensions == other.dimensions
            and self.origin == other.origin
            and np.array_equal(self.positions, other.positions)
            and np.array_equal(self.values, other.values, equal_nan=True)
            and np.array_equal(self.flags, other.flags)
        )

    __hash__ = None  # type: ignore[assignment]  # arrays have none

    @property
    def size(self) -> int:
        """How many cells there could be."""
        return prod(len(one.codes) for one in self.dimensions)

    @cached_property
    def strides(self) -> tuple[int, ...]:
        """By how many places the next code of each dimension is away."""
        sizes = [len(one.codes) for one in self.dimensions]
        return tuple(prod(sizes[place + 1 :]) for place in range(len(sizes)))

    def dimension(self, name: str) -> Dimension:
        """The dimension called so. Raises `FiguresError`."""
        for one in self.dimensions:
            if one.id == name:
                return one
        known = ", ".join(one.id for one in self.dimensions)
        raise FiguresError(f"There is no dimension {name!r}. There are: {known}.")

    @property
    def time(self) -> Dimension:
        """The dimension of periods: by its role, else by its name. Raises `FiguresError`."""
        named = [one for one in self.dimensions if one.role == "time"] or [
            one for one in self.dimensions if one.id.lower() in ("time", "time_period")
        ]
        if len(named) != 1:
            raise FiguresError(f"The cube has {len(named)} dimensions of time, not one.")
        return named[0]

    def cell(self, **codes: str) -> Cell | None:
        """One cell; `None` where nobody said anything. A dimension with one code may be left out.

        Raises `FiguresError` for a dimension that is unknown or left open; a code that the cube
        doesn't have is a cell that isn't there."""
        position = 0
        for one, stride in zip(self.dimensions, self.strides, strict=True):
            place = _place(one, codes)
            if place is None:
                return None
            position += place * stride
        for name in codes:
            self.dimension(name)
        found = int(np.searchsorted(self.positions, position))
        if found == len(self.positions) or self.positions[found] != position:
            return None
        return _cell(self.values[found].item(), int(self.flags[found]))

    def rows(self) -> Iterator[Row]:
        """Every cell that says something, in order, a part at a time."""
        letters = flagging.letters
        lists = [one.codes for one in self.dimensions]
        for begin in range(0, len(self), _PART):
            part = slice(begin, begin + _PART)
            places = np.unravel_index(self.positions[part], [len(one) for one in lists] or [1])
            columns = [
                [codes[place] for place in column.tolist()]
                for codes, column in zip(lists, places, strict=False)
            ]
            keys = zip(*columns, strict=True) if columns else repeat((), len(self.values[part]))
            values, bits = self.values[part].tolist(), self.flags[part].tolist()
            for key, value, bit in zip(keys, values, bits, strict=False):
                yield Row(key, None if isnan(value) else value, letters(bit) if bit else "")

    def as_rows(self) -> Rows:
        """The same, with the names of the dimensions."""
        return Rows(tuple(one.id for one in self.dimensions), self.rows(), self.origin)

    def without_empty(self) -> Cube:
        """The same without cells that say only that there is no number, and without codes that no
        cell has: half of the formats leave these out, and half don't."""
        keep = ~np.isnan(self.values) | (self.flags != 0)
        before = self.positions[keep]
        positions = np.zeros(len(before), dtype=np.int64)
        dimensions = []
        for one, stride in zip(self.dimensions, self.strides, strict=True):
            at = before // stride % len(one.codes)
            is_used = np.bincount(at, minlength=len(one.codes)) > 0
            used = tuple(
                code for code, is_there in zip(one.codes, is_used, strict=True) if is_there
            )
            positions *= len(used)
            positions += (np.cumsum(is_used) - 1)[at]
            labels = {code: label for code, label in one.labels.items() if code in set(used)}
            dimensions.append(replace(one, codes=used, labels=labels))
        return Cube(tuple(dimensions), positions, self.values[keep], self.flags[keep], self.origin)

    def with_origin(self, **changes: Any) -> Cube:
        """The same figures with something else said of where they come from."""
        return replace(self, origin=replace(self.origin, **changes))


def _place(dimension: Dimension, codes: Mapping[str, str]) -> int | None:
    if dimension.id in codes:
        return dimension.places.get(codes[dimension.id])
    if len(dimension.codes) == 1:
        return 0
    raise FiguresError(f"Which {dimension.id}? It has {len(dimension.codes)} codes; name one.")


def _cell(value: float, bits: int) -> Cell:
    return Cell(None if isnan(value) else value, flagging.letters(bits))
