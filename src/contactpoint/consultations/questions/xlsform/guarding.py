"""What is refused of a workbook before anything else reads it.

A few kilobytes of zip can hold gigabytes, XML can hold entities, a sheet can say that it has a
million rows, and a formula is no text of a question. Each is refused with its sheet and cell.
"""

import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final
from xml.sax import SAXException
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException

from contactpoint.consultations.questions.carrying import InstrumentError
from contactpoint.media.formats.formats import UnreadableError
from contactpoint.media.formats.packed import Archive, Elements

LARGEST: Final = 5 * 1024**2
MOST_UNPACKED: Final = 50 * 1024**2
HIGHEST_RATIO: Final = 100
MOST_PARTS: Final = 200
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
_SMALL: Final = 1024**2
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
SHEETS: Final = ("survey", "choices", "settings")
"""Those that an XLSForm has; others aren't read."""
_BOOK: Final = "xl/workbook.xml"


def ensure_harmless(name: str, data: bytes) -> None:
    """An `InstrumentError` for a workbook that would take too much, or that computes."""
    if len(data) > LARGEST:
        raise InstrumentError(
            name, f"The file is larger than {LARGEST // 2**20} MB. Take pictures out of it."
        )
    try:
        _ensure_size(name, data)
        archive = Archive(data)
        if _BOOK not in archive.names:
            raise InstrumentError(name, "This is no workbook of Excel. Save it as .xlsx.")
        for part in sorted(archive.names):
            if part.endswith((".xml", ".rels")) and not part.startswith("xl/worksheets/sheet"):
                archive.parse(part, Elements())
        found = _sheets(archive)
        for title, part in found.items():
            if part in archive.names:
                is_read = len(found) == 1 or title.lower() in SHEETS
                archive.parse(part, _Sheet(title) if is_read else Elements())
    except DefusedXmlException:
        raise InstrumentError(
            name, "Its XML declares entities, which can hide an attack. Save it anew as .xlsx."
        ) from None
    except (SAXException, BadZipFile, UnreadableError, NotImplementedError, RuntimeError,
            ValueError, KeyError, OSError, EOFError, zlib.error) as error:  # fmt: skip
        if isinstance(error, InstrumentError):
            raise
        raise InstrumentError(
            name, "The file can't be read as a workbook. Save it anew as .xlsx."
        ) from error


def _ensure_size(name: str, data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    is_bomb = whole > _SMALL and whole / max(1, len(data)) > HIGHEST_RATIO
    if whole > MOST_UNPACKED or is_bomb or len(parts) > MOST_PARTS:
        raise InstrumentError(
            name,
            f"It unpacks to {whole / 2**20:.0f} MB in {len(parts)} parts; "
            f"{MOST_UNPACKED // 2**20} MB, {HIGHEST_RATIO} times its size and {MOST_PARTS} parts "
            "are allowed. Copy the sheets into a new file.",
        )
    if any("vbaproject" in part.filename.lower() for part in parts):
        raise InstrumentError(name, "The workbook has macros. Save it as .xlsx, without them.")


def _sheets(archive: Archive) -> dict[str, str]:
    book = _Book()
    archive.parse(_BOOK, book)
    related = archive.related(_BOOK)
    return {title: related[key][1] for title, key in book.sheets if key in related}


class _Book(Elements):
    """The names of sheets, and by which relation each is found."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))


class _Sheet(Elements):
    """Looks at each cell of a sheet for what is refused."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title, self.row, self.column, self.cell = title, 0, 0, "A1"

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self.row = _number(attributes.get("r"), self.row + 1)
            self.column = 0
            if self.row > MOST_ROWS:
                raise InstrumentError(
                    f"{self.title}!A{self.row}",
                    f"A sheet may have {MOST_ROWS:,} rows. Delete those that are empty.",
                )
        elif name == "c":
            self.column += 1
            match = _CELL.fullmatch(attributes.get("r", ""))
            self.cell = match[0] if match else f"{column_name(self.column)}{self.row}"
            place = column_number(match[1]) if match else self.column
            row = int(match[2]) if match else self.row
            if place > MOST_COLUMNS or self.column > MOST_COLUMNS or row > MOST_ROWS:
                raise InstrumentError(
                    f"{self.title}!{self.cell}",
                    f"A sheet may have {MOST_COLUMNS} columns and {MOST_ROWS:,} rows. Delete those "
                    "that are empty.",
                )
        elif name == "f":
            raise InstrumentError(
                f"{self.title}!{self.cell}", "Here stands a formula. Write the text itself."
            )


def _number(text: Any, otherwise: int) -> int:
    return int(text) if text and str(text).isdecimal() and len(text) < 10 else otherwise


def column_name(number: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
