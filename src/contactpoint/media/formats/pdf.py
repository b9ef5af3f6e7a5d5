"""PDF, by PDFium: the pages as they are numbered from 1, whatever numbers are printed on them."""

from __future__ import annotations

import os
from typing import IO

from contactpoint.media.formats.formats import EnoughError, Format, Gathered, UnreadableError

_PASSWORD, _SECURITY = 4, 5
_HEAD, _MARK = 1024, b"%PDF-"


def is_pdf(file: IO[bytes]) -> bool:
    """Whether a real file is one; where it stands doesn't matter, and stays."""
    return _MARK in os.pread(file.fileno(), _HEAD, 0)


class Pdf(Format):
    """Text that stands on the page; a picture of text is none."""

    suffixes = ("pdf",)

    def looks_like(self, data: bytes, suffix: str) -> bool:
        """The mark may stand a little way in."""
        return _MARK in data[:_HEAD]

    def prepare(self) -> None:
        """Loads the native library."""
        import pypdfium2  # noqa: F401, PLC0415 — only the process that reads a PDF loads it

    def read(self, data: bytes, gathered: Gathered) -> None:
        """A page that is damaged is left out; the others are read."""
        import pypdfium2  # noqa: PLC0415 — see above

        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", 0)
            locked = code in (_PASSWORD, _SECURITY)
            raise UnreadableError("encrypted" if locked else "broken") from error
        gathered.unit, gathered.pages = "page", len(document)
        found = False
        for number in range(1, len(document) + 1):
            try:
                page = document[number - 1]
                text_page = page.get_textpage()
                text = text_page.get_text_bounded()
                text_page.close()
                page.close()
            except pypdfium2.PdfiumError:
                continue
            found = found or bool(text.strip())
            gathered.add(number, text)
        if gathered.pages and not found:
            raise UnreadableError("scanned")
        if not gathered.pages:
            raise EnoughError
