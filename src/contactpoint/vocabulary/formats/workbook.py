"""A workbook in the EMN's order of fields. Read cell by cell, within limits, and never computed.

A few kilobytes of zip can hold gigabytes, so the sizes are added up before anything is unpacked and
the characters counted while it is read.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from contactpoint.vocabulary.formats import tables
from contactpoint.vocabulary.formats.formats import LARGEST_FILE
from contactpoint.vocabulary.model import Scheme, VocabularyError

MOST_PARTS: Final = 1_000
HIGHEST_RATIO: Final = 100
"""Text in many languages shrinks to a fifth or a tenth; a hundredth is a bomb."""
MOST_ROWS: Final = 200_000
_SMALL: Final = 1024 * 1024
_LONGEST_CELL: Final = 32_767
_WIDTHS: Final = {"Definition": 60, "Translations": 50, "Notes": 40, "Term": 30, "Source": 30}
_EPOCH: Final = datetime(2000, 1, 1)


def read(data: bytes, name: str, scheme_id: str | None) -> Scheme:
    """The first sheet as a scheme. Raises `VocabularyError`."""
    _refuse_bombs(data, name)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found = list(_numbered(book, name))
    except VocabularyError:
        raise
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, OSError,
            AttributeError, SyntaxError, IndexError, EOFError, RuntimeError,
            zlib.error) as error:  # fmt: skip
        reason = " ".join(str(error).split())[:300].rstrip(".") or type(error).__name__
        if reason.startswith("Unable to read workbook"):
            reason = "its XML is broken, or has entities, which can hide an attack"
        raise VocabularyError(
            f"{name} can't be read as a workbook: {reason}. Save it again as .xlsx."
        ) from error
    return tables.scheme_of(iter(found), name, scheme_id, "row")


def write(scheme: Scheme) -> bytes:
    """A workbook of one sheet. Raises `VocabularyError` for what a cell can't hold."""
    rows = [_checked(row, number) for number, row in enumerate(tables.rows(scheme), 1)]
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = _EPOCH
    book.properties.creator = ""
    sheet = book.create_sheet(scheme.id[:31].translate(str.maketrans(":\\/?*[]", "-------")))
    sheet.freeze_panes = "C2"
    for place, column in enumerate(tables.COLUMNS):
        sheet.column_dimensions[_letter(place)].width = _WIDTHS.get(column, 20)
    for number, row in enumerate(rows, 1):
        sheet.append([_cell(sheet, text, number) for text in row])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _refuse_bombs(data: bytes, name: str) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise VocabularyError(f"{name} is not a workbook. Save it as .xlsx.") from error
    whole, packed = sum(part.file_size for part in parts), max(1, len(data))
    is_bomb = whole > _SMALL and whole / packed > HIGHEST_RATIO
    if len(parts) > MOST_PARTS or whole > LARGEST_FILE or is_bomb:
        raise VocabularyError(
            f"{name} unpacks to {whole // 2**20} MB in {len(parts)} parts; "
            f"{LARGEST_FILE // 2**20} MB and {HIGHEST_RATIO} times its size are allowed. Save only "
            "the sheet with the glossary, as a new file."
        )


def _numbered(book: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    sheet = book.worksheets[0]
    read = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=64), 1):
        cells = ["" if value is None else _shown(value) for value in row]
        read += sum(map(len, cells))
        if number > MOST_ROWS or read > LARGEST_FILE:
            raise VocabularyError(
                f"{name}, row {number}: the sheet is larger than {MOST_ROWS:,} rows or "
                f"{LARGEST_FILE // 2**20} million characters. Remove empty rows, or split it."
            )
        yield number, cells


def _shown(value: object) -> str:
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if is_whole and isinstance(value, float) else str(value)


def _checked(row: list[str], number: int) -> list[str]:
    about = f"concept {row[1]!r}" if number > 1 else "the header"
    for text in row:
        if len(text) > _LONGEST_CELL:
            raise VocabularyError(
                f"{about}: {text[:40]!r}… has {len(text):,} characters; a cell holds "
                f"{_LONGEST_CELL:,}. Choose CSV or Turtle."
            )
        if ILLEGAL_CHARACTERS_RE.search(text):
            raise VocabularyError(
                f"{about}: {text[:40]!r} holds a control character, which a workbook can't. Remove "
                "it."
            )
    return row


def _cell(sheet: Any, text: str, number: int) -> Any:
    cell = WriteOnlyCell(sheet, text or None)
    if text:
        cell.data_type = "s"
    if number == 1:
        cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _letter(place: int) -> str:
    return chr(ord("A") + place)
