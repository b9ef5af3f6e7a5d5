"""Workbooks for tests of XLSForm."""

from io import BytesIO
from typing import Any

from openpyxl import Workbook


def workbook(**sheets: list[list[Any]]) -> bytes:
    """A workbook with these sheets, each a list of rows."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def table(text: str) -> list[list[str]]:
    """Rows of a table that is written with bars."""
    rows = [line.strip().split("|") for line in text.strip().splitlines()]
    return [[cell.strip() for cell in row] for row in rows]
