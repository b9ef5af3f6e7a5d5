"""A cube as a table: a column a dimension, then value and flags; safe to open in a spreadsheet.

What a table has no place for (labels, codes without a cell, where the figures come from) stands in
a second file beside it, as JSON. Read together they give the same cube; the table alone gives the
same cells.
"""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any, Final

import numpy as np

from contactpoint.figures.building import Builder
from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.formats import numbers
from contactpoint.figures.formats.formats import Format
from contactpoint.figures.formats.jsonstat import JsonStat
from contactpoint.figures.formats.opening import Lines, Source, lines
from contactpoint.figures.limits import Limits
from contactpoint.figures.model import Cube, Origin, Row

_VALUE: Final = "value"
_FLAGS: Final = "flags"
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "'")


class Csv(Format):
    """What the portal gives its readers to take away."""

    name = "csv"
    title = "CSV"
    suffixes = (".csv", ".csv.gz")
    media_type = "text/csv"

    def looks_like(self, head: str) -> bool:
        """The first line ends with our two columns."""
        line = head.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
        return line.endswith(f",{_VALUE},{_FLAGS}")

    def read(self, source: Source, limits: Limits) -> Cube:
        """The cells as a cube; `UnreadableError` names the line."""
        with lines(source, limits) as text:
            reader = csv.reader(text, strict=True)
            ids = _header(reader, text)
            builder = Builder(text.name, ids, limits)
            numbers_of_lines = array("q")
            for codes, value, bits in _cells(reader, text, len(ids)):
                where = f"line {text.number}"
                series, last = builder.series(codes[:-1], where), builder.last(codes[-1], where)
                builder.add(series, last, value, bits)
                numbers_of_lines.append(text.number)
                builder.check()
        return builder.cube(Origin(), where=lambda cell: f"line {numbers_of_lines[cell]}")

    def write(self, cube: Cube) -> bytes:
        """The table, with a byte order mark, so that Excel reads it as UTF-8."""
        for one in cube.dimensions:
            if one.id in (_VALUE, _FLAGS):
                raise FiguresError(f"A dimension is called {one.id!r}. Rename it before CSV.")
        stream = StringIO(newline="")
        writer = csv.writer(stream)
        writer.writerow([*(safe(one.id) for one in cube.dimensions), _VALUE, _FLAGS])
        writer.writerows(_shown(row) for row in cube.rows())
        return stream.getvalue().encode("utf-8-sig")


def beside(cube: Cube) -> bytes:
    """What the table doesn't hold, as JSON-stat without a single value."""
    nothing = np.array([], dtype=np.int64)
    empty = Cube(
        cube.dimensions, nothing, nothing.astype(np.float64), nothing.astype(np.uint16), cube.origin
    )
    return JsonStat().write(empty)


def read_together(table: Source, described: Source, limits: Limits) -> Cube:
    """The cube of a table and of what stands beside it. Raises `UnreadableError`."""
    frame = JsonStat().read(described, limits)
    cells = Csv().read(table, limits)
    if [one.id for one in cells.dimensions] != [one.id for one in frame.dimensions]:
        raise UnreadableError(
            "The table and the description beside it have different dimensions. They belong to "
            "different figures; fetch both again."
        )
    positions = np.zeros(len(cells), dtype=np.int64)
    sizes = [len(one.codes) for one in cells.dimensions]
    places = np.unravel_index(cells.positions, sizes)
    for found, known, stride, column in zip(
        cells.dimensions, frame.dimensions, frame.strides, places, strict=True
    ):
        strange = [code for code in found.codes if code not in known.places]
        if strange:
            raise UnreadableError(
                f"The table has {strange[0]!r} in the dimension {known.id}, the description beside "
                "it doesn't. Fetch both again."
            )
        moved = np.array([known.places[code] for code in found.codes], dtype=np.int64)
        positions += moved[column] * stride
    order = np.argsort(positions, kind="stable")
    return replace(
        frame, positions=positions[order], values=cells.values[order], flags=cells.flags[order]
    )


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("BE")
    ("'=1+1", 'BE')
    """
    return f"'{text}" if text.startswith(_RISKY) else text


def _unsafe(text: str) -> str:
    return text[1:] if text.startswith("'") else text


def _shown(row: Row) -> list[Any]:
    """A number stays one: what can be read as a number is no formula."""
    value = row.value
    if value is None:
        shown = ":"
    elif value.is_integer() and abs(value) < 2**53:
        shown = str(int(value))
    else:
        shown = repr(value)
    return [*map(safe, row.codes), shown, row.flags]


def _header(reader: Iterator[list[str]], text: Lines) -> list[str]:
    try:
        head = next(reader, [])
    except csv.Error as error:
        raise UnreadableError(f"{text.name}, line 1: {error}.") from error
    if head[-2:] != [_VALUE, _FLAGS]:
        raise UnreadableError(
            f"{text.name}, line 1: the last two columns should be {_VALUE} and {_FLAGS}. For the "
            "table of another source, describe it by a mapping."
        )
    return [_unsafe(one) for one in head[:-2]]


def _cells(
    reader: Iterator[list[str]], text: Lines, width: int
) -> Iterator[tuple[tuple[str, ...], float, int]]:
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError(f"{text.name}, line {text.number}: {error}.") from error
        if not row:
            continue
        if len(row) != width + 2:
            raise UnreadableError(
                f"{text.name}, line {text.number}: {len(row)} cells for {width + 2} columns. The "
                "file may be broken off; fetch it again."
            )
        try:
            value, bits = numbers.said(row[-2], row[-1])
        except FiguresError as error:
            raise UnreadableError(
                f"{text.name}, line {text.number}, column {_VALUE}: {error}"
            ) from error
        yield tuple(map(_unsafe, row[:-2])), value, bits
