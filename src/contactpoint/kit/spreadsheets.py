"""Tables for spreadsheets, as CSV and as XLSX: no cell of ours is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """A text that begins like a formula gets an apostrophe before it; numbers stay."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def as_csv(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV (RFC 4180), the first being the heading."""
    file = io.StringIO()
    csv.writer(file).writerows([safe_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


def as_xlsx(rows: Iterable[Sequence[Any]], sheet: str) -> bytes:
    """The same as a workbook of one sheet; numbers stay numbers, all else is text."""
    import openpyxl  # noqa: PLC0415 — it takes numpy with it, which no web process needs
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 — as above

    book = openpyxl.Workbook(write_only=True)
    page: Any = book.create_sheet(sheet[:31])
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(page, value=safe_cell(value))
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        page.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
