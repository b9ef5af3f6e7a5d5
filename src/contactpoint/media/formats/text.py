"""Plain text and tables as text: one page, or several where form feeds part them."""

from __future__ import annotations

import codecs
from typing import Final

import charset_normalizer

from contactpoint.media.formats.formats import Format, Gathered, UnreadableError

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY: Final = ["cp1252", "cp1251", "cp1253"]
_SAMPLE: Final = 64 * 1024
_CONTROL: Final = bytes(sorted({*range(32), 127} - {9, 10, 11, 12, 13, 0x1B}))


class Text(Format):
    """UTF-8 and UTF-16, else the old encoding of Western Europe, of Cyrillic or of Greek."""

    suffixes = ("txt", "csv")

    def looks_like(self, data: bytes, suffix: str) -> bool:
        """Only the name tells, so only the content can refuse."""
        return suffix in self.suffixes

    def prepare(self) -> None:
        """Loads the encodings."""
        for encoding in ("utf-8-sig", "utf-16", *_LEGACY):
            codecs.lookup(encoding)
        charset_normalizer.from_bytes("Ça va, été.".encode("cp1252"), cp_isolation=_LEGACY).best()

    def read(self, data: bytes, gathered: Gathered) -> None:
        """One page a form feed."""
        pages = _decoded(data).split("\f")
        if len(pages) > 1:
            gathered.unit, gathered.pages = "page", len(pages)
        for number, text in enumerate(pages, 1):
            gathered.add(number, text)


def _decoded(data: bytes) -> str:
    bom = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")
    if bom:
        return data.decode(bom, "replace")
    if data.translate(None, _CONTROL) != data:
        raise UnreadableError("broken")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        best = charset_normalizer.from_bytes(data[:_SAMPLE], cp_isolation=_LEGACY).best()
        return data.decode(str(best.encoding) if best else "cp1252", "replace")
