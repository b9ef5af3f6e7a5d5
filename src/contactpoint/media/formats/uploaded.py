"""Whether a file is of the kind that its name says, and no bomb, before it is stored.

Only its first bytes are looked at, and of a zip the list of its parts; nothing is unpacked.
"""

from __future__ import annotations

import codecs
from typing import IO, Final
from zipfile import BadZipFile, ZipFile

from contactpoint.media.formats.packed import ZIP

LARGEST: Final = 128 * 1024**2
MOST_UNPACKED: Final = 1024**3
MOST_RATIO: Final = 200
FREE: Final = 16 * 1024**2
"""What any zip may unpack to, however small it is."""
MOST_PARTS: Final = 20_000
_HEAD: Final = 4096
_MARKS: Final = {
    "docx": "word/document",
    "xlsx": "xl/workbook",
    "pptx": "ppt/presentation",
}
_ODF: Final = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
_PROGRAMS: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"#!/",
    b"L\x00\x00\x00\x01\x14",
)
RUNS: Final = (
    *(".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse"),
    *(".wsf", ".hta", ".lnk", ".jar", ".iso", ".chm", ".reg"),
)
"""Endings of what a machine would run."""


def refusal(file: IO[bytes], suffix: str) -> str:
    """`kind`, `large`, `program` or `broken` where it may not be taken, or nothing. The file must
    be one that can be sought in, and stands at its beginning afterwards."""
    try:
        file.seek(0, 2)
        if file.tell() > LARGEST:
            return "large"
        file.seek(0)
        head = file.read(_HEAD)
        return _refusal(file, head, suffix.lower())
    finally:
        file.seek(0)


def _refusal(file: IO[bytes], head: bytes, suffix: str) -> str:
    if head.startswith(_PROGRAMS):
        return "program"
    if suffix == "pdf":
        return "" if b"%PDF-" in head[:1024] else "kind"
    if suffix in ("txt", "csv"):
        return "" if _is_text(head) else "kind"
    if not head.startswith(ZIP):
        return "kind"
    if suffix in _ODF and _ODF[suffix] not in head[:256]:
        return "kind"
    return _of_zip(file, suffix)


def _of_zip(file: IO[bytes], suffix: str) -> str:
    try:
        file.seek(0)
        parts = ZipFile(file).infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return "broken"
    names = [part.filename.lower() for part in parts]
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        return "large"
    if unpacked > max(FREE, packed * MOST_RATIO):
        return "large"
    if any(name.endswith(RUNS) for name in names):
        return "program"
    mark = _MARKS.get(suffix)
    return "kind" if mark and not any(name.startswith(mark) for name in names) else ""


def _is_text(head: bytes) -> bool:
    """No other kind of file has bytes 0 in none of its first ones; UTF-16 says that it is one."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return b"\0" not in head and not head.startswith((b"%PDF-", ZIP, b"{\\rtf", b"\x89PNG"))
