"""A workbook as rows whose cells know where they stand. pyxform reads it, as it does for the other
tools that take XLSForms; only where its rows came from is added here."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile

from contactpoint.consultations.questions.carrying import InstrumentError
from contactpoint.consultations.questions.xlsform.guarding import (
    LARGEST,
    MOST_COLUMNS,
    MOST_ROWS,
    SHEETS,
    column_name,
    ensure_harmless,
)

_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by their heading; what is empty isn't there."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, str]

    def place(self, heading: str) -> str:
        """Such as `survey!C12`."""
        return f"{self.sheet}!{self.columns.get(heading, 'A')}{self.number}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its headings: heading → letter of its column."""

    name: str
    columns: Mapping[str, str]
    rows: tuple[Row, ...]


def sheets(name: str, data: bytes) -> dict[str, Sheet]:
    """The sheets that an XLSForm has, by name; an `InstrumentError` for what is no XLSForm."""
    if data.startswith(_OLD):
        raise InstrumentError(name, "This is the old format of Excel. Save it as .xlsx.")
    book = _workbook(name, data) if data.startswith(_ZIP) else _csv(name, data)
    found = {sheet: _sheet(sheet, book) for sheet in SHEETS if book.get(sheet) is not None}
    if "survey" not in found:
        raise InstrumentError(name, 'There is no sheet "survey". Name the sheet of questions so.')
    return found


def _workbook(name: str, data: bytes) -> dict[str, Any]:
    # pyxform and openpyxl take their time to be loaded, and only an upload needs them.
    from openpyxl import load_workbook  # noqa: PLC0415
    from pyxform.errors import PyXFormError  # noqa: PLC0415
    from pyxform.xls2json_backends import xlsx_to_dict  # noqa: PLC0415

    ensure_harmless(name, data)
    try:
        book = xlsx_to_dict(BytesIO(data))
        opened = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for title in opened.sheetnames:
            sheet = title.lower() if len(opened.sheetnames) > 1 else "survey"
            if sheet in SHEETS and sheet in book:
                first = next(opened[title].iter_rows(max_row=1, max_col=MOST_COLUMNS), ())
                book[f"{sheet}_row"] = [cell.value for cell in first]
        return dict(book)
    except (PyXFormError, BadZipFile, KeyError, ValueError, TypeError, OSError, AttributeError,
            SyntaxError, IndexError, EOFError, RuntimeError, zlib.error) as error:  # fmt: skip
        raise InstrumentError(name, _mended(error)) from error


def _csv(name: str, data: bytes) -> dict[str, Any]:
    from pyxform.errors import PyXFormError  # noqa: PLC0415
    from pyxform.xls2json_backends import csv_to_dict  # noqa: PLC0415

    if len(data) > LARGEST:
        raise InstrumentError(name, f"The file is larger than {LARGEST // 2**20} MB. Split it.")
    if b"\x00" in data:
        raise InstrumentError(name, "This is no table. Hand in a workbook (.xlsx) or CSV.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InstrumentError(f"{name}, line {line}", "Save the CSV as UTF-8.") from error
    try:
        book = csv_to_dict(text.encode())
    except (PyXFormError, KeyError, ValueError, TypeError, IndexError) as error:
        raise InstrumentError(name, _mended(error)) from error
    except Exception as error:
        # The csv module's own error, whose class is named as the module.
        raise InstrumentError(name, _mended(error)) from error
    for sheet in SHEETS:
        headings = book.get(f"{sheet}_header")
        if headings:
            book[f"{sheet}_row"] = list(headings[0])
        if len(book.get(sheet) or ()) > MOST_ROWS:
            raise InstrumentError(f"{sheet}!A{MOST_ROWS + 1}", f"More than {MOST_ROWS:,} rows.")
    return dict(book)


def _mended(error: Exception) -> str:
    reason = " ".join(str(error).split())[:300].rstrip(".") or type(error).__name__
    return f"It can't be read: {reason}. Compare it with an XLSForm that was taken out here."


def _sheet(name: str, book: Mapping[str, Any]) -> Sheet:
    written = [" ".join(str(one).split()) if one else "" for one in book.get(f"{name}_row", [])]
    columns = {heading: column_name(at) for at, heading in enumerate(written, 1) if heading}
    rows = tuple(_rows(name, book[name] or [], columns))
    return Sheet(name, columns, rows)


def _rows(name: str, rows: Any, columns: Mapping[str, str]) -> Iterator[Row]:
    for number, cells in enumerate(rows, 2):
        texts = {
            " ".join(str(heading).split()): str(value).strip()
            for heading, value in cells.items()
            if heading and value is not None and str(value).strip()
        }
        if texts:
            yield Row(name, number, texts, columns)
