"""What an editor should know of a file whose text can be read all the same."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from contactpoint.media.formats import SUFFIXES
from contactpoint.media.formats.formats import Format
from contactpoint.media.formats.packed import ZIP

_MACROS: Final = re.compile(r"(?:.*/)?vbaProject\.bin|(?:Basic|Scripts)/.+/.+", re.IGNORECASE)
"""Of Open XML; of OpenDocument, modules in libraries, which hold at least one."""


def warning(data: bytes, suffix: str, reader: Format) -> str:
    """`macros` where opening the file may run a program, `disguised` where it is another kind of
    file than its name says, or nothing."""
    if data.startswith(ZIP):
        try:
            names = ZipFile(BytesIO(data)).namelist()
        except BadZipFile:
            names = []
        if any(map(_MACROS.fullmatch, names)):
            return "macros"
    is_other = suffix in SUFFIXES and suffix not in reader.suffixes
    return "disguised" if is_other else ""
