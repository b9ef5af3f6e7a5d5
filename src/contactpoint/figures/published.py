"""Figures as Eurostat published them at the time, with the changes it printed beside them.

`data/published-figures.csv` names the source of each row: news releases and archived versions of
Statistics Explained, © European Union, reused under Decision 2011/833/EU. The changes were computed
from the unrounded figures of their own day, so they are what a change of ours is held against.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from contactpoint.figures.changes import Change, Comparison, Reason, best
from contactpoint.figures.errors import UnreadableError
from contactpoint.figures.figure import Figure
from contactpoint.figures.formats.numbers import number
from contactpoint.figures.periods import Period, period
from contactpoint.figures.vintages import vintage

_PERCENT: Final = re.compile(r"([+-][0-9]+)%")
_BASE: Final = re.compile(r"\(Q([1-4]) ([12][0-9]{3}): ([0-9]+)\)")
_UNROUNDED: Final = re.compile(r"\(([0-9]+) unrounded\)")
_COLUMNS: Final = [
    "period", "geo", "measure", "value", "change_previous", "change_year", "vintage", "source",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Published:
    """One row: a figure, and the changes in whole per cent that were printed with it."""

    figure: Figure
    previous: int | None = None
    year: int | None = None


@cache
def published() -> tuple[Published, ...]:
    """The rows of the file, in its order."""
    source = files("contactpoint.figures") / "data" / "published-figures.csv"
    return parsed(source.read_text(encoding="utf-8"))


def parsed(text: str) -> tuple[Published, ...]:
    """Rows of such a file; a base that its source names in brackets becomes a row of its own.
    Raises `UnreadableError` naming the line."""
    reader = csv.DictReader(text.splitlines(), strict=True)
    if reader.fieldnames != _COLUMNS:
        raise UnreadableError(f"Line 1: the columns should be {', '.join(_COLUMNS)}.")
    found: list[Published] = []
    for row in reader:
        try:
            found += _rows(row)
        except (ValueError, TypeError, AttributeError) as error:
            raise UnreadableError(f"Line {reader.line_num}: {error}") from error
    return tuple(found)


def compared(
    row: Published,
    comparison: Comparison,
    rows: Sequence[Published],
    despite: Sequence[Reason] = (),
) -> Change:
    """The change that `rows` allow to compute for a row, on the base among them that fits best."""
    current = row.figure
    wanted = current.period.previous if comparison == "previous" else current.period.year_before
    bases = [
        one.figure
        for one in rows
        if one.figure.period == wanted and one.figure.measure == current.measure
        and one.figure.value is not None and _is_rival(one.figure, current)
    ]  # fmt: skip
    return best(current, bases, despite=despite, comparison=comparison)


def _is_rival(base: Figure, current: Figure) -> bool:
    """Countries are compared with themselves, the EU with itself in any composition."""
    return base.geo == current.geo or (base.geo[:2] == "EU" == current.geo[:2])


def _rows(row: dict[str, str]) -> list[Published]:
    when, source = period(row["period"]), row["source"]
    figure = Figure(
        value=number(row["value"]) if row["value"] else None,
        period=when,
        geo=row["geo"],
        measure=row["measure"],
        unit="PER",
        vintage=vintage(row["vintage"]),
        give=_give(row["value"]),
        source=source,
    )
    if unrounded := _UNROUNDED.search(source):
        figure = replace(figure, value=float(unrounded[1]), give=_give(unrounded[1]))
    made = [Published(figure, _change(row["change_previous"]), _change(row["change_year"]))]
    if base := _BASE.search(source):
        of = Period(int(base[2]), 3 * int(base[1]) - 2, "Q")
        made.append(
            Published(replace(figure, period=of, value=float(base[3]), give=_give(base[3])))
        )
    return made


def _change(said: str) -> int | None:
    if not said:
        return None
    match = _PERCENT.fullmatch(said)
    if match is None:
        raise ValueError(f"{said[:20]!r} is no change. Write one as +3%.")
    return int(match[1])


def _give(said: str) -> float:
    """Half of the place that a published number is rounded to: 151000 to a thousand, and never to
    less than five, as all of these statistics are."""
    zeros = len(said) - len(said.rstrip("0"))
    return max(10.0**zeros, 5.0) / 2 if said else 0.0
