"""OpenDocument: text by page as it was last laid out, presentations by slide, sheets by sheet.

A text notes where pages began (`soft-page-break`) and which paragraphs begin one by their style.
Where it notes neither, all is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from contactpoint.media.formats.formats import Gathered, UnreadableError
from contactpoint.media.formats.packed import ZIP, Archive, Elements, Packed

_MIME: Final = b"application/vnd.oasis.opendocument."
_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_HEAD: Final = 4096


class OpenDocument(Packed):
    """What all three share; `kind` is the end of the media type that stands at the head."""

    kind: ClassVar[bytes]
    unit: ClassVar[str]

    def looks_like(self, data: bytes, suffix: str) -> bool:
        """The media type stands unpacked in the first part of the zip."""
        return data.startswith(ZIP) and _MIME + self.kind in data[:_HEAD]

    def _read(self, archive: Archive, gathered: Gathered) -> None:
        if _MANIFEST in archive.names:
            manifest = _Manifest()
            archive.parse(_MANIFEST, manifest)
            if manifest.is_encrypted:
                raise UnreadableError("encrypted")
        body = _Body(self.unit)
        archive.parse(_CONTENT, body)
        if self.unit != "page" or len(body.pages) > 1:
            gathered.unit, gathered.pages = self.unit, len(body.pages)
        for number, text in enumerate(body.pages, 1):
            gathered.add(number, text)


class Odt(OpenDocument):
    """A text; what was deleted and comments are left out."""

    suffixes, kind, unit = ("odt",), b"text", "page"


class Odp(OpenDocument):
    """A presentation; the speaker's notes are left out."""

    suffixes, kind, unit = ("odp",), b"presentation", "slide"


class Ods(OpenDocument):
    """A spreadsheet; a cell that is repeated counts once."""

    suffixes, kind, unit = ("ods",), b"spreadsheet", "sheet"


class _Manifest(Elements):
    is_encrypted = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.is_encrypted = self.is_encrypted or name == "encryption-data"


class _Body(Elements):
    """The pages, slides or sheets, the last of which is being written."""

    skipped = frozenset({"tracked-changes", "annotation", "notes", "meta", "scripts", "forms"})

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._texts: list[str] = []
        self._unit = unit
        self._style, self._breaking = "", set[str]()
        self._inside = 0

    @property
    def pages(self) -> list[str]:
        """All that were begun; before the first slide or sheet stands nothing that is one."""
        pages = [*self._texts, "".join(self._parts)]
        return pages if self._unit == "page" else pages[1:]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "paragraph-properties" and attributes.get("break-before") == "page":
            self._breaking.add(self._style)
        elif self._begins_one(name, attributes):
            self._turn()
        if name in ("p", "h"):
            self._inside += 1
        elif name in ("s", "tab", "line-break"):
            self._parts.append(" ")
        elif name == "table" and self._unit == "sheet":
            self._parts.append(f"{attributes.get('name', '')}\n\n")

    def end(self, name: str) -> None:
        if name in ("p", "h"):
            self._inside -= 1
            self._parts.append(" " if self._unit == "sheet" else "\n\n")
        elif name == "table-row":
            self._parts.append("\n\n")

    def text(self, content: str) -> None:
        if self._inside:
            self._parts.append(content)

    def _begins_one(self, name: str, attributes: Mapping[str, str]) -> bool:
        if self._unit == "slide":
            return name == "page"
        if self._unit == "sheet":
            return name == "table"
        begins = name in ("p", "h", "table") and attributes.get("style-name") in self._breaking
        # A break before the first paragraph begins the page that is there already.
        return name == "soft-page-break" or (begins and bool("".join(self._parts).strip()))

    def _turn(self) -> None:
        self._texts.append("".join(self._parts))
        self._parts = []
