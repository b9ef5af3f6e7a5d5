"""Holds a new file against what was stored of the one before: what has changed that a person should
see first? New periods are expected; anything else new or gone sets the file aside whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

import numpy as np

from contactpoint.figures.datasets import Dataset
from contactpoint.figures.errors import FiguresError, Finding, SurprisingError
from contactpoint.figures.model import Cube, Row, Rows
from contactpoint.figures.periods import period

_UNIT: Final = "unit"
_First = Callable[[str, str], str]
_ENOUGH: Final = 0.9
_LOOKED_BACK: Final = 12


@dataclass(frozen=True)
class Description:
    """What is known of a file: its dimensions with their codes; none where any is fine."""

    dataset: str
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit: str = ""

    def to_plain(self) -> dict[str, Any]:
        """As lists and texts, which JSON can hold."""
        dimensions = {name: list(codes) for name, codes in self.dimensions.items()}
        return {"dataset": self.dataset, "dimensions": dimensions, "unit": self.unit}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Description:
        """What `to_plain` gave."""
        dimensions = {name: tuple(codes) for name, codes in plain["dimensions"].items()}
        return cls(plain["dataset"], dimensions, plain["unit"])


def describe(cube: Cube) -> Description:
    """What to store of a cube, to hold the next one against."""
    return Description(
        cube.origin.dataset, {one.id: one.codes for one in cube.dimensions}, cube.origin.unit
    )


def describe_rows(rows: Rows) -> tuple[Description, Mapping[tuple[str, str], Row]]:
    """The same of rows that aren't held: and the first row of each dimension and code. Reads to the
    end, so that whatever is wrong in a file is found before anything of it is stored."""
    firsts: list[dict[str, Row]] = [{} for _ in rows.ids]
    last = firsts[-1]
    series: tuple[str, ...] | None = None
    for row in rows:
        codes = row.codes
        if codes[:-1] != series:  # the rows of a series follow each other
            series = codes[:-1]
            for code, known in zip(series, firsts, strict=False):
                known.setdefault(code, row)
        if codes[-1] not in last:
            last[codes[-1]] = row
    found = {name: tuple(known) for name, known in zip(rows.ids, firsts, strict=True)}
    return Description(rows.origin.dataset, found, rows.origin.unit), {
        (name, code): row
        for name, known in zip(rows.ids, firsts, strict=True)
        for code, row in known.items()
    }


def expected(dataset: Dataset) -> Description:
    """What is known of a dataset before the first file: its dimensions, frequency and unit."""
    codes = {"freq": (dataset.frequency,), _UNIT: (dataset.unit,)}
    return Description(dataset.code, {name: codes.get(name, ()) for name in dataset.dimensions})


def checked(cube: Cube, before: Description, name: str = "The file") -> Cube:
    """The cube where nothing in it surprises. Raises `SurprisingError` with all findings."""
    found = tuple(surprises(cube, before))
    if found:
        raise SurprisingError(name, found)
    return cube


def checked_rows(rows: Rows, before: Description, name: str = "The file") -> Description:
    """What to store of rows where nothing in them surprises; they are read to the end. Raises
    `SurprisingError`."""
    ids = rows.ids
    now, firsts = describe_rows(rows)

    def first(dimension: str, code: str) -> str:
        return _cell(ids, firsts[dimension, code].codes)

    found = tuple(_surprises(now, before, first))
    if found:
        raise SurprisingError(name, found)
    return now


def surprises(cube: Cube, before: Description) -> Iterator[Finding]:
    """All that has changed, with the place and what to do."""
    return _surprises(describe(cube), before, lambda name, code: _first(cube, name, code))


def _surprises(now: Description, before: Description, first: _First) -> Iterator[Finding]:
    if now.dataset != before.dataset:
        yield Finding(
            "another-dataset", "the file",
            f"It holds {now.dataset or 'an unnamed dataset'}, not {before.dataset}. Fetch the "
            "right one.",
        )  # fmt: skip
    if now.unit != before.unit:
        yield Finding(
            "another-unit", "the file",
            f"Its unit is {now.unit or 'not said'}, it was {before.unit or 'not said'}. Look "
            "whether figures still compare, then accept the new description.",
        )  # fmt: skip
    for name in now.dimensions:
        if name not in before.dimensions:
            yield _dimension("new-dimension", name, "is new")
    for name, codes in before.dimensions.items():
        if name not in now.dimensions:
            yield _dimension("lost-dimension", name, "is gone")
        elif codes:
            yield from _codes(name, now.dimensions[name], codes, first)


def _dimension(surprise: Any, name: str, what: str) -> Finding:
    return Finding(
        surprise, f"dimension {name}",
        f"The dimension {name} {what}. Add it to the description of the dataset (a new name for an "
        "old one goes under `names`), then load the file again.",
    )  # fmt: skip


def _codes(
    name: str, now: tuple[str, ...], before: tuple[str, ...], first: _First
) -> Iterator[Finding]:
    if name == "time":
        yield from _periods(name, now, before)
        return
    known, still = set(before), set(now)
    for code in now:
        if code not in known:
            unit = name == _UNIT
            yield Finding(
                "another-unit" if unit else "another-frequency" if name == "freq" else "new-code",
                f"dimension {name}, code {code}",
                f"The code {code} in {name} is new; its first cell is {first(name, code)}. "
                "Look what it means, then accept the new description, or add a new name for an "
                "old code under `codes`.",
            )
    for code in before:
        if code not in still:
            yield Finding(
                "lost-code", f"dimension {name}, code {code}",
                f"The code {code} in {name} is gone. If the source gave it up, accept the new "
                "description; else fetch the file again.",
            )  # fmt: skip


def _periods(name: str, after: tuple[str, ...], before: tuple[str, ...]) -> Iterator[Finding]:
    try:
        now = {period(code) for code in after}
        then = {period(code) for code in before}
    except FiguresError as error:
        yield Finding("another-frequency", f"dimension {name}", str(error))
        return
    strange = sorted(
        when for when in now if when.frequency not in {each.frequency for each in then}
    )
    if strange:
        yield Finding(
            "another-frequency", f"dimension {name}, code {strange[0].code}",
            f"{strange[0].code} is another kind of period than {before[0]}. Fetch the table of the "
            "right frequency.",
        )  # fmt: skip
    for gone in sorted(when for when in then - now if min(now) < when < max(now)):
        yield Finding(
            "lost-period", f"dimension {name}, code {gone.code}",
            f"The period {gone.code} is gone from between others. Fetch the file again; if the "
            "source took it back, accept the new description.",
        )  # fmt: skip


def _first(cube: Cube, name: str, code: str) -> str:
    ids = [each.id for each in cube.dimensions]
    columns = np.unravel_index(cube.positions, [len(each.codes) for each in cube.dimensions])
    at = ids.index(name)
    found = np.flatnonzero(columns[at] == cube.dimensions[at].places[code])
    if not len(found):
        return "empty"
    codes = [
        each.codes[int(column[found[0]])]
        for each, column in zip(cube.dimensions, columns, strict=True)
    ]
    return _cell(ids, codes)


def _cell(ids: Sequence[str], codes: Sequence[str]) -> str:
    return ", ".join(f"{name} {code}" for name, code in zip(ids, codes, strict=True))


def complete_until(cube: Cube, across: str = "geo") -> str | None:
    """The newest period for which about as many report as did in the twelve periods before.

    The newest months of a table hold only those who report early: a sum or an average over them
    falls without anybody having counted less."""
    ids = [one.id for one in cube.dimensions]
    time = cube.time
    columns = np.unravel_index(cube.positions, [len(one.codes) for one in cube.dimensions])
    here = ~np.isnan(cube.values)
    pairs = np.unique(
        np.stack([columns[ids.index(time.id)][here], columns[ids.index(across)][here]]), axis=1
    )
    counts = np.bincount(pairs[0], minlength=len(time.codes)).tolist()
    ordered = sorted(time.codes, key=period)
    reporting = [counts[time.places[code]] for code in ordered]
    for at in range(len(ordered) - 1, -1, -1):
        before = reporting[max(0, at - _LOOKED_BACK) : at] or [reporting[at]]
        if reporting[at] and reporting[at] >= _ENOUGH * median(before):
            return ordered[at]
    return None
