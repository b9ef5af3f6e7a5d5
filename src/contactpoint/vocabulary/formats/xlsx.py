"""Excel as a format among the others; what reads and writes it is loaded when it is used."""

from __future__ import annotations

from contactpoint.vocabulary.formats.formats import Format
from contactpoint.vocabulary.model import Scheme


class Xlsx(Format):
    """The table for those who work in a spreadsheet."""

    name = "xlsx"
    title = "Excel"
    suffixes = (".xlsx",)
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def looks_like(self, head: str) -> bool:
        """It begins as a zip file does."""
        return head.startswith("PK\x03\x04")

    def _read(self, data: bytes, name: str, scheme_id: str | None) -> Scheme:
        # openpyxl takes numpy with it, which no web process needs.
        from contactpoint.vocabulary.formats import workbook  # noqa: PLC0415

        return workbook.read(data, name, scheme_id)

    def _write(self, scheme: Scheme) -> bytes:
        from contactpoint.vocabulary.formats import workbook  # noqa: PLC0415

        return workbook.write(scheme)
