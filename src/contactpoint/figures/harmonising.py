"""Brings a cube of any year to the names and codes of today, so that old and new files compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from contactpoint.figures.building import repeated
from contactpoint.figures.datasets import Dataset
from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.model import Cube, Dimension, Role, Row, Rows
from contactpoint.figures.periods import period
from contactpoint.figures.places import place

_NAMES: Final = {"time_period": "time"}
_PLACES: Final = ("geo", "citizen", "c_dest", "c_birth", "partner")
_ROLES: Final[dict[str, Role]] = {"time": "time", "geo": "geo"}


def harmonised(cube: Cube, dataset: Dataset) -> Cube:
    """The same figures, with the dimensions in the order of `dataset`, periods in their own order,
    and today's codes. A dimension that `dataset` doesn't know comes first: `surprises` tells it.

    Raises `UnreadableError` where two codes mean the same cell, or a period can't be read."""
    renamed = [_renamed(one, dataset) for one in cube.dimensions]
    ids = [one.id for one in renamed]
    _refuse_two_names(ids, dataset)
    order = _order(ids, dataset)
    tables: list[NDArray[np.int64]] = []
    dimensions = []
    for at in order:
        codes = sorted(set(renamed[at].codes)) if ids[at] == "time" else _once(renamed[at].codes)
        places = {code: number for number, code in enumerate(codes)}
        tables.append(np.array([places[code] for code in renamed[at].codes], dtype=np.int64))
        dimensions.append(replace(renamed[at], codes=tuple(codes)))
    positions = np.zeros(len(cube), dtype=np.int64)
    # One dimension at a time: all columns of a large cube at once would take ten times its memory.
    for at, table, one in zip(order, tables, dimensions, strict=True):
        places_before = cube.positions // cube.strides[at] % len(cube.dimensions[at].codes)
        positions *= len(one.codes)
        positions += table[places_before]
    if _lacks_frequency(ids, dataset):
        dimensions.insert(0, Dimension("freq", (dataset.frequency,)))
    order_of_cells = np.argsort(positions, kind="stable")
    positions = positions[order_of_cells]
    _refuse_doubles(positions, dimensions, dataset)
    return Cube(
        tuple(dimensions),
        positions,
        cube.values[order_of_cells],
        cube.flags[order_of_cells],
        replace(cube.origin, dataset=dataset.code),
    )


def harmonised_rows(rows: Rows, dataset: Dataset) -> Rows:
    """As `harmonised`, row by row in bounded memory. Two codes that mean the same cell give two
    rows; a unique index finds them."""
    ids = [_name(one, dataset) for one in rows.ids]
    _refuse_two_names(ids, dataset)
    order = _order(ids, dataset)
    made = tuple(ids[at] for at in order)
    before = (dataset.frequency,) if _lacks_frequency(ids, dataset) else ()
    changes = [(at, _changing(ids[at], dataset)) for at in order]
    return Rows(
        (("freq",) if before else ()) + made,
        _changed(rows, changes, before),
        replace(rows.origin, dataset=dataset.code),
    )


def _changed(
    rows: Rows, changes: list[tuple[int, Callable[[str], str]]], before: tuple[str, ...]
) -> Iterator[Row]:
    # The rows of a series follow each other and differ in the last code: the others change once.
    last = len(rows.ids) - 1
    slot = next(at for at, (source, _) in enumerate(changes) if source == last)
    change_last = changes[slot][1]
    told: dict[str, str] = {}
    series: tuple[str, ...] | None = None
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    for codes, value, flags in rows:
        if codes[:-1] != series:
            series = codes[:-1]
            head = before + tuple(change(series[at]) for at, change in changes[:slot])
            tail = tuple(change(series[at]) for at, change in changes[slot + 1 :])
        code = codes[-1]
        if code not in told:
            told[code] = change_last(code)
        yield Row((*head, told[code], *tail), value, flags)


def _name(one: str, dataset: Dataset) -> str:
    name = one.lower()
    return dataset.names.get(name, _NAMES.get(name, name))


def _refuse_two_names(ids: list[str], dataset: Dataset) -> None:
    if twice := repeated(ids):
        raise UnreadableError(
            f"{dataset.code}: two dimensions both mean {twice}. Remove the one of before."
        )


def _order(ids: list[str], dataset: Dataset) -> list[int]:
    known = {name: at for at, name in enumerate(dataset.dimensions)}
    return sorted(range(len(ids)), key=lambda at: known.get(ids[at], -1))


def _lacks_frequency(ids: list[str], dataset: Dataset) -> bool:
    return "freq" in dataset.dimensions and "freq" not in ids


def _renamed(one: Dimension, dataset: Dataset) -> Dimension:
    name = _name(one.id, dataset)
    change = _changing(name, dataset)
    labels: dict[str, str] = {}
    for code, label in one.labels.items():
        labels.setdefault(change(code), label)
    return Dimension(
        name, tuple(map(change, one.codes)), one.label, labels, one.role or _ROLES.get(name, "")
    )


def _changing(name: str, dataset: Dataset) -> Callable[[str], str]:
    """What leads from a code in a file to today's."""
    if name == "time":
        return _period
    if name in _PLACES:
        return place
    codes = dataset.codes.get(name, {})
    return lambda code: codes.get(code, code)


def _period(code: str) -> str:
    try:
        return period(code).code
    except FiguresError as error:
        raise UnreadableError(f"dimension time: {error}") from error


def _once(codes: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(codes))


def _refuse_doubles(positions: np.ndarray, dimensions: list[Dimension], dataset: Dataset) -> None:
    same = np.flatnonzero(np.diff(positions) == 0)
    if not len(same):
        return
    places = np.unravel_index(int(positions[same[0]]), [len(one.codes) for one in dimensions])
    cell = ", ".join(
        f"{one.id} {one.codes[int(at)]}" for one, at in zip(dimensions, places, strict=True)
    )
    raise UnreadableError(
        f"{dataset.code}: the cell {cell} stands under a code of today and one of before. Remove "
        "one of them."
    )
