"""What a document says of itself beside its text, so that an editor sees it before readers do.

Names of people, of the office and its programs, comments, changes that Word still remembers, sheets
that are hidden, files inside, and the place where a picture in it was taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import repeat
from typing import Any, Final

from contactpoint.media.formats.formats import Format
from contactpoint.media.formats.packed import ZIP, Archive, Elements

LONGEST: Final = 300
MOST_PICTURES: Final = 200
_EXIF: Final = b"Exif\0\0"
_GPS: Final = 0x8825
_LATITUDE: Final = 2
_PICTURES: Final = re.compile(r"(?:word|ppt|xl)/media/.+|Pictures/.+")
_COMMENTS: Final = re.compile(
    r"word/comments\.xml|ppt/comments/.+\.xml|xl/(?:comments\d*|comments/.+|threadedComments/.+)\.xml"
)
_TEXTS: Final = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_INSIDE: Final = re.compile(r"(?:word|ppt|xl)/embeddings/.+")
_HIDDEN: Final = re.compile(r"xl/workbook\.xml")
_NAMES: Final = {
    "docProps/core.xml": {
        "creator": "author",
        "lastModifiedBy": "editor",
        "title": "title",
        "subject": "subject",
        "keywords": "keywords",
        "description": "remark",
        "created": "made",
        "modified": "changed",
    },
    "docProps/app.xml": {"Company": "company", "Manager": "manager", "Application": "program"},
    "meta.xml": {
        "initial-creator": "author",
        "creator": "editor",
        "title": "title",
        "subject": "subject",
        "keyword": "keywords",
        "description": "remark",
        "creation-date": "made",
        "date": "changed",
        "generator": "program",
    },
}
_OF_PDF: Final = {
    "Author": "author",
    "Title": "title",
    "Subject": "subject",
    "Keywords": "keywords",
    "Creator": "program",
    "Producer": "maker",
    "CreationDate": "made",
    "ModDate": "changed",
    "Company": "company",
}
_REMARKS: Final = frozenset([1, 3, 9, 10, 11, 12, 13, 14, 15])
"""PDFium's numbers of annotations that are somebody's remark: notes, marks, drawings, stamps."""
MOST_PAGES: Final = 500
_COUNTED: Final = {
    "ins": "changes",
    "del": "changes",
    "moveFrom": "changes",
    "changed-region": "changes",
    "comment": "comments",
    "cm": "comments",
    "threadedComment": "comments",
    "annotation": "comments",
}


def prepare() -> None:
    """Loads what looking at pictures needs, before the door is shut."""
    import PIL.Image  # noqa: PLC0415 — only the process that reads loads it
    import PIL.TiffImagePlugin  # noqa: PLC0415

    PIL.Image.Exif()


def properties(data: bytes, reader: Format) -> dict[str, Any]:
    """Texts by name, and the counts of `comments`, `changes`, `inside` and `hidden`; `position` is
    true where a picture tells where it was taken. What is not there has no name."""
    found: dict[str, Any] = {}
    try:
        if reader.suffixes == ("pdf",):
            _of_pdf(data, found)
        elif data.startswith(ZIP):
            _of_archive(Archive(data), found)
    except Exception:  # damaged, or too much: what was found so far is told
        found["incomplete"] = True
    return {name: value for name, value in found.items() if value}


def _of_pdf(data: bytes, found: dict[str, Any]) -> None:
    import pypdfium2  # noqa: PLC0415 — only the process that reads a PDF loads it

    document = pypdfium2.PdfDocument(data)
    told = document.get_metadata_dict(skip_empty=True)
    for name, ours in _OF_PDF.items():
        if value := told.get(name):
            found[ours] = _tidy(value)
    found["inside"] = document.count_attachments()
    found["position"] = _tells_place(data)
    found["comments"] = sum(map(_remarks, range(min(len(document), MOST_PAGES)), repeat(document)))


def _remarks(number: int, document: Any) -> int:
    """How many there are on a page."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 — as above

    page = document[number]
    count = 0
    for place in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, place)
        if annotation:
            count += pdfium.FPDFAnnot_GetSubtype(annotation) in _REMARKS
            pdfium.FPDFPage_CloseAnnot(annotation)
    page.close()
    return count


def _of_archive(archive: Archive, found: dict[str, Any]) -> None:
    for part, names in _NAMES.items():
        if part in archive.names:
            archive.parse(part, _Named(names, found))
    found["inside"] = sum(1 for name in archive.names if _INSIDE.fullmatch(name))
    pictures = sorted(name for name in archive.names if _PICTURES.fullmatch(name))
    found["position"] = any(
        _tells_place(archive.bytes_of(name)) for name in pictures[:MOST_PICTURES]
    )
    for name in sorted(archive.names):
        if name == "content.xml" or any(
            one.fullmatch(name) for one in (_COMMENTS, _TEXTS, _HIDDEN)
        ):
            archive.parse(name, _Counted(found))


def _tells_place(data: bytes) -> bool:
    """Whether a picture somewhere in these bytes says where it was taken."""
    from PIL.Image import Exif  # noqa: PLC0415 — as above

    start = data.find(_EXIF)
    tried = 0
    while start >= 0 and tried < MOST_PICTURES:
        tried += 1
        told = Exif()
        try:
            told.load(data[start : start + 65_536])
            if _LATITUDE in told.get_ifd(_GPS):
                return True
        except Exception:  # noqa: S110 — bytes that look like it and aren't
            pass
        start = data.find(_EXIF, start + len(_EXIF))
    return False


def _tidy(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST]


class _Named(Elements):
    """The texts of elements with these names."""

    def __init__(self, names: Mapping[str, str], found: dict[str, Any]) -> None:
        super().__init__()
        self._names, self._found = names, found
        self._open = ""
        self._text = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._open, self._text = self._names.get(name, ""), ""

    def text(self, content: str) -> None:
        if self._open and len(self._text) < LONGEST:
            self._text += content

    def end(self, name: str) -> None:
        if self._open and (tidied := _tidy(self._text)):
            self._found.setdefault(self._open, tidied)
        self._open = ""


class _Counted(Elements):
    """How many comments, remembered changes and hidden sheets there are."""

    def __init__(self, found: dict[str, Any]) -> None:
        super().__init__()
        self._found = found

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = _COUNTED.get(name)
        if kind:
            self._found[kind] = self._found.get(kind, 0) + 1
        if name == "sheet" and attributes.get("state", "visible") != "visible":
            self._found["hidden"] = self._found.get("hidden", 0) + 1
