"""Office files are XML in a zip: read part by part, counted while it unpacks, never computed.

XML is read as a stream, by the standard library's parser with document types refused, so no entity
is ever resolved and no tree is kept.
"""

from __future__ import annotations

import codecs
import posixpath
from abc import abstractmethod
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final
from xml.sax.handler import ContentHandler
from zipfile import ZipFile

from defusedxml.expatreader import create_parser

from contactpoint.media.formats.formats import MOST_UNPACKED, Format, Gathered, UnreadableError

ZIP: Final = b"PK\x03\x04"
_CHUNK: Final = 64 * 1024


class Archive:
    """A zip whose parts are counted while they are unpacked, whatever it says of their sizes."""

    def __init__(self, data: bytes) -> None:
        self._zip = ZipFile(BytesIO(data))
        self.names = frozenset(self._zip.namelist())
        self.size = sum(part.file_size for part in self._zip.infolist())
        self._left = MOST_UNPACKED

    def parse(self, name: str, handler: ContentHandler) -> None:
        """Read a part as XML. Raises `UnreadableError` for too much of it, `KeyError` for none."""
        parser: Any = create_parser(forbid_dtd=True)
        parser.setContentHandler(handler)
        with self._zip.open(name) as part:
            while chunk := part.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise UnreadableError("large")
                parser.feed(chunk)
        parser.close()

    def bytes_of(self, name: str) -> bytes:
        """A part as it is. Raises `UnreadableError` for too much of it."""
        found = bytearray()
        with self._zip.open(name) as part:
            while chunk := part.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise UnreadableError("large")
                found += chunk
        return bytes(found)

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """By id: the kind of each part that a part of an Open XML file points to, and its name."""
        folder, base = posixpath.split(name)
        wanted = f"{folder}/_rels/{base}.rels"
        handler = _Relations(folder)
        if wanted in self.names:
            self.parse(wanted, handler)
        return handler.found


class Elements(ContentHandler):
    """Calls `start` and `end` with the local name of each element, `text` with what stands in it.

    Elements of `skipped` are left out with all that is in them.
    """

    skipped: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self._depth_skipped = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 — SAX's name
        """Prefixes are a file's own choice and tell nothing."""
        local = name.rpartition(":")[2]
        if self._depth_skipped or local in self.skipped:
            self._depth_skipped += 1
        else:
            self.start(local, {key.rpartition(":")[2]: value for key, value in attrs.items()})

    def endElement(self, name: str) -> None:  # noqa: N802 — SAX's name
        """Ends the element, or one that is skipped."""
        if self._depth_skipped:
            self._depth_skipped -= 1
        else:
            self.end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        """Text comes in pieces."""
        if not self._depth_skipped:
            self.text(content)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, content: str) -> None:
        """A piece of text."""


class _Relations(Elements):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = (kind, path)


class Packed(Format):
    """An office file, told from another by a mark that stands unpacked in it."""

    def prepare(self) -> None:
        """Loads the encoding that a zip's names are in."""
        codecs.lookup("cp437")

    def read(self, data: bytes, gathered: Gathered) -> None:
        """Takes the directory of the zip; parts are unpacked as they are needed."""
        self._read(Archive(data), gathered)

    @abstractmethod
    def _read(self, archive: Archive, gathered: Gathered) -> None:
        """Gather the text of the archive."""
