"""Tables for spreadsheets, as CSV and as XLSX: no cell of ours is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

LONGEST_CELL: Final = 32_767
"""Letters that Excel holds in one."""
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
    """The same as a workbook of one sheet; numbers stay numbers, all else is text. It too keeps the
    apostrophe, for whoever saves it as CSV."""
    from openpyxl import Workbook  # noqa: PLC0415 — it takes numpy with it, see `fill`

    book = Workbook(write_only=True)
    fill(book.create_sheet(sheet[:31]), ([safe_cell(one) for one in row] for row in rows))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def fill(
    sheet: Any,
    rows: Iterable[Sequence[Any]],
    *,
    widths: Sequence[float] = (),
    freeze: str = "",
    has_head: bool = False,
    has_names: bool = False,
    is_folded: bool = False,
) -> None:
    """Write rows into a sheet of openpyxl's that is only written. A text is a text, whatever it
    begins with: nothing is ever computed. What XML has no sign for is left out.

    The first row is a heading where it `has_head`, the first column where it `has_names`; long
    texts are `is_folded` into lines; `widths` are those of the first columns, in letters.
    """
    # openpyxl takes numpy with it, which no web process needs before somebody wants a workbook.
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    strong, folded = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    if freeze:
        sheet.freeze_panes = freeze
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    for at, row in enumerate(rows):
        cells: list[Any] = []
        for place, value in enumerate(row):
            if not isinstance(value, str):
                cells.append(value)
                continue
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL])
            cell.data_type = "s"
            if is_folded:
                cell.alignment = folded
            if (has_head and at == 0) or (has_names and place == 0):
                cell.font = strong
            cells.append(cell)
        sheet.append(cells)
