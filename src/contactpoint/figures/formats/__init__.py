"""Reads and writes figures in each format; `FORMATS` is the list of them.

    read(Path("estat_migr_asyappctzm.tsv.gz"))      the format is told by how the file begins
    rows(Path("…"))                                 one after the other, in bounded memory
    write(cube, "json-stat")                        bytes

Tables of national sources are read by `contactpoint.figures.national`, with a mapping.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from contactpoint.figures.errors import FiguresError, UnreadableError
from contactpoint.figures.formats.csv import Csv, beside, read_together
from contactpoint.figures.formats.formats import Format
from contactpoint.figures.formats.jsonstat import JsonStat
from contactpoint.figures.formats.opening import Source, head_of, name_of
from contactpoint.figures.formats.sdmxcsv import SdmxCsv
from contactpoint.figures.formats.tsv import Tsv
from contactpoint.figures.limits import DEFAULT, Limits
from contactpoint.figures.model import Cube, Rows

FORMATS: Final[dict[str, Format]] = {one.name: one for one in (JsonStat(), Tsv(), SdmxCsv(), Csv())}

__all__ = [
    "FORMATS",
    "Format",
    "Source",
    "beside",
    "format_named",
    "format_of",
    "read",
    "read_together",
    "rows",
    "write",
]


def read(
    source: Source,
    *,
    format: str | None = None,
    extracted: date | None = None,
    limits: Limits = DEFAULT,
) -> Cube:
    """The cube in a file (`Path` or path as `str`) or its bytes, packed by gzip or not.

    `extracted` is the day on which the file was fetched: the vintage of its figures, where the file
    doesn't say it. Raises `UnreadableError` naming the place and the mend; `OSError` where the file
    can't be opened."""
    chosen = format_named(format) if format else format_of(source)
    cube = chosen.read(source, limits)
    if extracted is None or cube.origin.extracted is not None:
        return cube
    return cube.with_origin(extracted=extracted)


def rows(source: Source, *, format: str | None = None, limits: Limits = DEFAULT) -> Rows:
    """The rows of a file and the names of their dimensions. TSV and SDMX-CSV are read in bounded
    memory, whatever their size."""
    chosen = format_named(format) if format else format_of(source)
    return chosen.rows(source, limits)


def write(cube: Cube, format: str) -> bytes:
    """The cube in a format of `FORMATS`. Raises `FiguresError` for what can't be written."""
    return format_named(format).write(cube)


def format_named(name: str) -> Format:
    """The format called so."""
    if name in FORMATS:
        return FORMATS[name]
    raise FiguresError(f"There is no format {name!r}. There are: {', '.join(FORMATS)}.")


def format_of(source: Source) -> Format:
    """The format of a file, by how it begins. Raises `UnreadableError` where nothing tells."""
    head = head_of(source).decode("utf-8-sig", "replace")
    for one in FORMATS.values():
        if one.looks_like(head):
            return one
    raise UnreadableError(
        f"{name_of(source)} is in none of the formats {', '.join(FORMATS)}. Choose one, or "
        "describe the table by a mapping."
    )
