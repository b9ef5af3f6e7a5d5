"""The rows of a CSV file or a sheet, as cells. Nothing is computed, and nothing unpacked unseen."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from contactpoint.figures.errors import UnreadableError
from contactpoint.figures.formats.opening import Source, name_of, whole
from contactpoint.figures.limits import Limits, too_much
from contactpoint.figures.national.mapping import Table

_MOST_PARTS: Final = 1_000
_HIGHEST_RATIO: Final = 100
_SMALL: Final = 1024**2
_ZIP: Final = b"PK\x03\x04"
Cells = tuple[int, list[Any]]


def rows(source: Source, table: Table, limits: Limits) -> Iterator[Cells]:
    """Each row with its number, from 1. Cells of CSV are texts. Raises `UnreadableError`."""
    name, data = name_of(source), whole(source, limits)
    found = _sheet(data, name, table, limits) if data.startswith(_ZIP) else _csv(data, name, table)
    for number, cells in found:
        if number > limits.rows:
            raise too_much(name, "rows or more", number, limits.rows)
        if len(cells) > limits.columns:
            raise too_much(f"{name}, row {number}", "columns", len(cells), limits.columns)
        yield number, cells


def _csv(data: bytes, name: str, table: Table) -> Iterator[Cells]:
    encoding = "utf-8-sig" if table.encoding == "utf-8" else table.encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"{name}, line {line}: this is not {table.encoding} text. Say its encoding in the "
            "mapping, or save it as UTF-8."
        ) from error
    delimiter = table.delimiter or max((",", ";", "\t"), key=text[:4096].count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableError(f"{name}, line {reader.line_num}: {error}.") from error
        yield reader.line_num, list(row)


def _sheet(data: bytes, name: str, table: Table, limits: Limits) -> Iterator[Cells]:
    # openpyxl is slow to import, and no web process needs it.
    from openpyxl import load_workbook  # noqa: PLC0415

    _refuse_bombs(data, name, limits)
    try:
        book, formulas = (
            load_workbook(BytesIO(data), read_only=True, data_only=computed, keep_links=False)
            for computed in (True, False)
        )
        if table.sheet and table.sheet not in book.sheetnames:
            raise UnreadableError(
                f"{name} has no sheet {table.sheet!r}. There are: {', '.join(book.sheetnames)}. "
                "Correct the mapping."
            )
        # One column more than allowed, so that a wider sheet is noticed and not cut off.
        found, written = (
            (one[table.sheet] if table.sheet else one.worksheets[0]).iter_rows(
                max_col=limits.columns + 1
            )
            for one in (book, formulas)
        )
        for number, (row, said) in enumerate(zip(found, written, strict=True), 1):
            _refuse_uncomputed(name, row, said)
            yield number, _trimmed([cell.value for cell in row])
    except UnreadableError:
        raise
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, AttributeError, SyntaxError,
            IndexError, EOFError, RuntimeError, zlib.error) as error:  # fmt: skip
        reason = " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
        raise UnreadableError(
            f"{name} can't be read as a workbook: {reason}. Save it again as .xlsx."
        ) from error


def _refuse_uncomputed(name: str, row: Sequence[Any], said: Sequence[Any]) -> None:
    """A formula without a stored result would look like a cell that says nothing. One that comes to
    an empty text has a result, of the type `str`."""
    for cell, formula in zip(row, said, strict=True):
        if formula.data_type == "f" and cell.value is None and cell.data_type != "str":
            raise UnreadableError(
                f"{name}, cell {formula.coordinate}: the formula has no stored result. Open the "
                "file in a spreadsheet program and save it there, or save the values alone."
            )


def _trimmed(cells: list[Any]) -> list[Any]:
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _refuse_bombs(data: bytes, name: str, limits: Limits) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(f"{name} is no workbook. Save it as .xlsx.") from error
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > _SMALL and unpacked / len(data) > _HIGHEST_RATIO
    if len(parts) > _MOST_PARTS or unpacked > limits.whole or is_bomb:
        raise UnreadableError(
            f"{name} unpacks to {unpacked / 2**20:.1f} MB in {len(parts)} parts; "
            f"{limits.whole // 2**20} MB and {_HIGHEST_RATIO} times its size are allowed. Save "
            "only the sheet with the figures, as a new file."
        )
