"""Reads the text of files by page: `FORMATS` is the list of readers, tried in this order.

A pure library that runs in a process of its own (`child`), started by `guarding`:

    read(file, "pdf")       {"unit": "page", "pages": 12, "cut": False, "texts": [[1, "…"], …]}
"""

from __future__ import annotations

from typing import Final

from contactpoint.media.formats.docx import Docx
from contactpoint.media.formats.formats import Format, UnreadableError
from contactpoint.media.formats.opendocument import Odp, Ods, Odt
from contactpoint.media.formats.pdf import Pdf
from contactpoint.media.formats.pptx import Pptx
from contactpoint.media.formats.text import Text
from contactpoint.media.formats.xlsx import Xlsx

FORMATS: Final[tuple[Format, ...]] = (
    *(Pdf(), Odt(), Odp(), Ods(), Docx(), Pptx(), Xlsx()),
    Text(),
)
SUFFIXES: Final = frozenset(suffix for one in FORMATS for suffix in one.suffixes)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def format_of(data: bytes, suffix: str) -> Format:
    """Who reads it, by its content. Raises `UnreadableError` where nobody does, saying why."""
    if not data:
        raise UnreadableError("blank")
    for one in FORMATS:
        if one.looks_like(data, suffix):
            return one
    if data.startswith(_OLE):
        raise UnreadableError("encrypted" if _ENCRYPTED in data else "old")
    raise UnreadableError("broken" if suffix in SUFFIXES else "kind")
