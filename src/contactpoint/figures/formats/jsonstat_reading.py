"""Reads JSON-stat 2.0 in all its shapes: values and status as a list or by position, one status for
all, categories as a list or by place, with or without labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import prod
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from contactpoint.figures import flags as flagging
from contactpoint.figures.building import check_code
from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.formats.jsonstat_cells import Cells
from contactpoint.figures.limits import Limits, too_much
from contactpoint.figures.model import ROLES, Cube, Dimension, Origin, Role

OURS: Final = "contactpoint"
_MOST_PLACES: Final = 2**62
_BIGGEST: Final = 1e300


class Reading:
    """One answer of a source, read part by part."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits

    def cube(self, said: dict[str, Any]) -> Cube:
        kind = said.get("class", "dataset")
        if kind != "dataset" or "value" not in said:
            problem = said.get("error") or f"its class is {kind!r}"
            raise UnreadableError(
                f"{self.name} holds no dataset ({str(problem)[:300]}). Ask for one dataset, in "
                "JSON-stat 2.0."
            )
        dimensions = self._dimensions(said)
        size = prod(len(one.codes) for one in dimensions)
        if size > _MOST_PLACES:
            raise too_much(self.name, "possible cells", size, _MOST_PLACES)
        places, values = self._numbers(said["value"], size)
        marked, bits = self._status(said.get("status"), size, places)
        cube = _joined(dimensions, (places, values), (marked, bits), self._origin(said))
        self._count(len(cube))
        return cube

    def _dimensions(self, said: dict[str, Any]) -> tuple[Dimension, ...]:
        ids, sizes, described = said.get("id"), said.get("size"), said.get("dimension")
        if not isinstance(ids, list) or not ids or not all(isinstance(one, str) for one in ids):
            raise self._wrong("id", "is no list of names of dimensions")
        if not isinstance(sizes, list) or len(sizes) != len(ids):
            raise self._wrong("size", f"has no number for each of the {len(ids)} dimensions")
        if len(ids) > self.limits.dimensions:
            raise too_much(self.name, "dimensions", len(ids), self.limits.dimensions)
        if len(set(ids)) < len(ids):
            raise self._wrong("id", "names a dimension twice")
        if not isinstance(described, dict):
            raise self._wrong("dimension", "is missing")
        roles = self._roles(said.get("role"), ids)
        return tuple(
            self._dimension(one, size, described.get(one), roles.get(one, ""))
            for one, size in zip(ids, sizes, strict=True)
        )

    def _dimension(self, one: str, size: Any, said: Any, role: Role) -> Dimension:
        check_code(one, f"{self.name}, id", self.limits)
        where = f"dimension {one}"
        category = said.get("category") if isinstance(said, dict) else None
        if not isinstance(category, dict):
            raise self._wrong(where, "has no category")
        labels = category.get("label", {})
        if not isinstance(labels, dict):
            raise self._wrong(where, "has labels that are no object")
        codes = self._codes(category.get("index", None), labels, where)
        if isinstance(size, bool) or size != len(codes):
            raise self._wrong(where, f"has {len(codes)} codes, but its size is said to be {size!r}")
        if not codes:
            raise self._wrong(
                where, "has no code: the question named one that the source doesn't know"
            )
        for code in codes:
            check_code(code, f"{self.name}, {where}", self.limits)
        return Dimension(
            one,
            tuple(codes),
            self._text(said.get("label"), where),
            {code: self._text(label, where) for code, label in labels.items()},
            role,
        )

    def _codes(self, index: Any, labels: dict[str, Any], where: str) -> list[str]:
        if index is None and len(labels) == 1:
            return list(labels)
        if isinstance(index, dict):
            are_numbers = all(type(place) is int for place in index.values())
            if not are_numbers or sorted(index.values()) != list(range(len(index))):
                raise self._wrong(where, "numbers its codes with gaps, twice, or not by numbers")
            index = sorted(index, key=index.__getitem__)
        if not isinstance(index, list) or not all(isinstance(code, str) for code in index):
            raise self._wrong(where, "has an index that is neither a list nor an object of codes")
        if len(index) > self.limits.codes:
            raise too_much(f"{self.name}, {where}", "codes", len(index), self.limits.codes)
        if len(set(index)) < len(index):
            raise self._wrong(where, "has a code twice")
        return cast(list[str], index)

    def _roles(self, said: Any, ids: list[str]) -> dict[str, Role]:
        if said is None:
            return {}
        if not isinstance(said, dict) or not all(isinstance(each, list) for each in said.values()):
            raise self._wrong("role", "is no object of lists")
        roles: dict[str, Role] = {}
        for role, named in said.items():
            for one in named:
                if one not in ids:
                    raise self._wrong("role", f"names {str(one)[:40]!r}, which is no dimension")
                if role in ROLES:
                    roles[one] = role
        return roles

    def _numbers(self, said: Any, size: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        if isinstance(said, Cells):
            places, order = self._in_order(said.places, size, "value")
            numbers = said.numbers if order is None else said.numbers[order]
            there = ~np.isnan(numbers)
            return places[there], numbers[there]
        places, found = self._positioned(said, size, "value")
        kinds = set(map(type, found))
        if not kinds <= {int, float}:
            at = next(n for n, one in enumerate(found) if type(one) not in (int, float))
            raise self._wrong(
                f"value at position {places[at]}", f"is {str(found[at])[:40]!r}, which is no number"
            )
        try:
            values = np.array(found, dtype=np.float64)
        except OverflowError as error:
            raise self._wrong("value", "has a number that is too large") from error
        wild = np.flatnonzero(~(np.abs(values) <= _BIGGEST))
        if len(wild):
            raise self._wrong(f"value at position {places[wild[0]]}", "is too large to be a figure")
        return places, values

    def _status(
        self, said: Any, size: int, valued: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
        if isinstance(said, str):  # one for all that is there
            said = {str(place): said for place in valued.tolist()}
        if said is None:
            said = {}
        if isinstance(said, list) and len(said) == 1 < size:
            return self._status(said[0], size, valued)
        if isinstance(said, Cells):
            places, order = self._in_order(said.places, size, "status")
            which = said.which if order is None else said.which[order]
            known = self._known(said.kinds, places[np.unique(which, return_index=True)[1]])
            bits = np.array([known[one] for one in said.kinds], dtype=np.uint16)
            return places, bits[which]
        places, found = self._positioned(said, size, "status")
        known = self._known(found, places)
        return places, np.array([known[one] for one in found], dtype=np.uint16)

    def _known(self, found: Sequence[Any], places: NDArray[np.int64]) -> dict[Any, int]:
        """What each status means; `places` is where each stands, for the message."""
        known: dict[Any, int] = {}
        for at, one in enumerate(found):
            if isinstance(one, str) and one in known:
                continue
            try:
                known[one] = flagging.packed(one)
            except (FiguresError, TypeError) as error:
                told = error if isinstance(error, FiguresError) else f"{str(one)[:40]!r} is no text"
                raise UnreadableError(
                    f"{self.name}, status at position {places[at]}: {told}"
                ) from error
        return known

    def _positioned(self, said: Any, size: int, what: str) -> tuple[NDArray[np.int64], list[Any]]:
        """Positions, sorted, and what stands there; nothing stands where `null` does."""
        if isinstance(said, list):
            if len(said) != size and said:
                raise self._wrong(what, f"has {len(said):,} entries for {size:,} cells")
            kept = [place for place, one in enumerate(said) if one is not None]
            self._count(len(kept))
            return np.array(kept, dtype=np.int64), [said[place] for place in kept]
        if not isinstance(said, dict):
            raise self._wrong(what, "is neither a list nor an object")
        self._count(len(said))
        together = "".join(said)  # `int` alone also takes `1_0`, ` 1` and digits of other scripts
        if (said and not (together.isascii() and together.isdecimal())) or "" in said:
            odd = next(one for one in said if not (one.isascii() and one.isdecimal()))
            raise self._wrong(what, f"has {odd[:40]!r} where a position should be")
        try:
            places = np.fromiter(map(int, said), dtype=np.int64, count=len(said))
        except (ValueError, OverflowError) as error:
            raise self._wrong(what, "has a position beyond all bounds") from error
        places, order = self._in_order(places, size, what)
        found = list(said.values())
        if order is not None:
            found = [found[at] for at in order.tolist()]
        if None in found:
            kept = [at for at, one in enumerate(found) if one is not None]
            return places[kept], [found[at] for at in kept]
        return places, found

    def _in_order(
        self, places: NDArray[np.int64], size: int, what: str
    ) -> tuple[NDArray[np.int64], NDArray[np.intp] | None]:
        """Positions from the first to the last, and where each stood; None where they stand so."""
        self._count(len(places))
        order = None
        if bool(np.any(np.diff(places) <= 0)):
            order = np.argsort(places, kind="stable")
            places = places[order]
        if len(places) and places[-1] >= size:
            raise self._wrong(what, f"has position {places[-1]}; there are {size:,} cells, from 0")
        if order is not None and bool(np.any(np.diff(places) == 0)):
            raise self._wrong(what, f"has position {places[:-1][np.diff(places) == 0][0]} twice")
        return places, order

    def _count(self, cells: int) -> None:
        if cells > self.limits.cells:
            raise too_much(self.name, "cells", cells, self.limits.cells)

    def _origin(self, said: dict[str, Any]) -> Origin:
        extension = said.get("extension")
        extension = extension if isinstance(extension, dict) else {}
        ours = extension.get(OURS)
        ours = ours if isinstance(ours, dict) else {}
        theirs = self._text(extension.get("id"), "extension").lower()
        extracted = self._text(ours.get("extracted"), "extension")
        try:
            vintage = date.fromisoformat(extracted) if extracted else None
        except ValueError as error:
            raise self._wrong("extension", f"has {extracted[:40]!r} as a date") from error
        publisher = self._text(said.get("source"), "source")
        return Origin(
            publisher="Eurostat" if publisher == "ESTAT" else publisher,
            dataset=self._text(ours.get("dataset", theirs), "extension"),
            title=self._text(said.get("label"), "label"),
            extracted=vintage,
            updated=self._text(said.get("updated"), "updated"),
            unit=self._text(ours.get("unit"), "extension"),
            aggregate=self._text(ours.get("aggregate"), "extension"),
            address=self._text(said.get("href"), "href"),
        )

    def _text(self, said: Any, where: str) -> str:
        if said is None:
            return ""
        if not isinstance(said, str):
            raise self._wrong(where, f"has {str(said)[:40]!r} where a text should be")
        if len(said) > self.limits.label:
            raise too_much(f"{self.name}, {where}", "characters", len(said), self.limits.label)
        return said

    def _wrong(self, where: str, what: str) -> UnreadableError:
        return UnreadableError(f"{self.name}: {where} {what}. Fetch it again.")


def _joined(
    dimensions: tuple[Dimension, ...],
    valued: tuple[NDArray[np.int64], NDArray[np.float64]],
    marked: tuple[NDArray[np.int64], NDArray[np.uint16]],
    origin: Origin,
) -> Cube:
    """Values and status are lists of their own: a cell may be in either."""
    positions = np.union1d(valued[0], marked[0])
    values = np.full(len(positions), np.nan)
    values[np.searchsorted(positions, valued[0])] = valued[1]
    bits = np.zeros(len(positions), dtype=np.uint16)
    bits[np.searchsorted(positions, marked[0])] = marked[1]
    return Cube(dimensions, positions, values, bits, origin)
