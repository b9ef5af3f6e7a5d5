"""Files of results: CSV, Excel and JSON. No cell is ever run as a formula."""

import json
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _

from contactpoint.kit.spreadsheets import as_csv

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take accents for something else."""
_LONGEST_CELL: Final = 32_767
Sheets = Mapping[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]
"""Name → heading and rows."""


def csv_of(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One table."""
    return (BYTE_ORDER_MARK + as_csv([heading, *rows])).encode()


def xlsx_of(sheets: Sheets, about: Iterable[tuple[str, str]]) -> bytes:
    """A sheet for each table, and one that says what it is."""
    # It is needed for this format alone, and takes its time to be loaded.
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    book.properties.creator = ""
    for name, (heading, rows) in sheets.items():
        _fill(book.create_sheet(name[:31]), [heading, *rows])
    _fill(book.create_sheet(_("About")), [list(one) for one in about], is_table=False)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def json_of(about: Iterable[tuple[str, str]], **tables: tuple[Sequence[str], Any]) -> bytes:
    """One object: what it is, and lists of objects by the names of columns."""
    said: dict[str, Any] = {"metadata": dict(about)}
    for name, (heading, rows) in tables.items():
        said[name] = [dict(zip(heading, row, strict=True)) for row in rows]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _fill(sheet: Any, rows: Iterable[Sequence[Any]], *, is_table: bool = True) -> None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    strong = Font(bold=True)
    if is_table:
        sheet.freeze_panes = "B2"
    for letter, width in zip("ABCDEF", (24, 24 if is_table else 90, 16, 20, 40, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for at, row in enumerate(rows):
        cells: list[Any] = []
        for place, value in enumerate(row):
            if not isinstance(value, str):
                cells.append(value)
                continue
            # A text is a text, whatever it begins with: nothing is ever computed.
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL])
            cell.data_type = "s"
            if (at == 0 and is_table) or (place == 0 and not is_table):
                cell.font = strong
            cells.append(cell)
        sheet.append(cells)
