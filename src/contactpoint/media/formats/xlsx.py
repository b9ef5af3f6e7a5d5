"""Excel: sheets in their order; hidden ones keep their number and are not read."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any, Final

from contactpoint.media.formats.formats import (
    MOST_CHARACTERS,
    MOST_UNPACKED,
    Format,
    Gathered,
    UnreadableError,
)
from contactpoint.media.formats.packed import ZIP, Archive

_MOST_COLUMNS: Final = 500


class Xlsx(Format):
    """What the cells held when the file was saved: formulas are not computed."""

    suffixes = ("xlsx",)

    def looks_like(self, data: bytes, suffix: str) -> bool:
        """A zip with the main part of a workbook."""
        return data.startswith(ZIP) and b"xl/workbook" in data

    def prepare(self) -> None:
        """Loads openpyxl, and what it loads only when it reads."""
        import openpyxl  # noqa: PLC0415 — it takes numpy with it, which no other reader needs

        stream = BytesIO()
        openpyxl.Workbook().save(stream)
        _text_of(openpyxl.load_workbook(BytesIO(stream.getvalue()), read_only=True).active)

    def read(self, data: bytes, gathered: Gathered) -> None:
        """The library unpacks by itself, so sizes are added up before: a part can't be larger."""
        import openpyxl  # noqa: PLC0415 — see above

        if Archive(data).size > MOST_UNPACKED:
            raise UnreadableError("large")
        book = openpyxl.load_workbook(
            BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        gathered.unit, gathered.pages = "sheet", len(book.worksheets)
        for number, sheet in enumerate(book.worksheets, 1):
            text = _text_of(sheet) if sheet.sheet_state == "visible" else ""
            gathered.add(number, text and f"{sheet.title}\n\n{text}")


def _text_of(sheet: Any) -> str:
    """A line for each row that holds anything, as long as a file may be and a little more."""
    sheet.reset_dimensions()  # a file may say that it has a million rows
    lines, length = [], 0
    for row in sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS):
        line = " ".join(_shown(value) for value in row if value not in (None, ""))
        if line:
            lines.append(line)
            length += len(line) + 2
        if length > MOST_CHARACTERS:
            break
    return "\n\n".join(lines)


def _shown(value: object) -> str:
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if is_whole and isinstance(value, float) else str(value)
