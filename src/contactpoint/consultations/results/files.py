"""Files of results: CSV, Excel and JSON. No cell is ever run as a formula."""

import json
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _

from contactpoint.kit.spreadsheets import as_csv, fill

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take accents for something else."""
_WIDTHS: Final = (16, 20, 40, 40)
Sheets = Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]
"""Name → heading and rows."""


def csv_of(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One table."""
    return (BYTE_ORDER_MARK + as_csv([heading, *rows])).encode()


def xlsx_of(sheets: Sheets, about: Iterable[tuple[str, str | int]]) -> bytes:
    """A sheet for each table, and one that says what it is."""
    # It is needed for this format alone, and takes its time to be loaded.
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    book.properties.creator = ""
    for name, (heading, rows) in sheets.items():
        table = [heading, *rows]
        fill(
            book.create_sheet(name[:31]), table,
            widths=(24, 24, *_WIDTHS), freeze="B2", has_head=True,
        )  # fmt: skip
    fill(book.create_sheet(_("About")), about, widths=(24, 90, *_WIDTHS), has_names=True)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def json_of(about: Iterable[tuple[str, str | int]], **tables: tuple[Sequence[str], Any]) -> bytes:
    """One object: what it is, and lists of objects by the names of columns."""
    said: dict[str, Any] = {"metadata": dict(about)}
    for name, (heading, rows) in tables.items():
        said[name] = [dict(zip(heading, row, strict=True)) for row in rows]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
