"""Word: pages as Word last laid them out, because the file itself has none.

Word notes where its own pages began when it saved (`lastRenderedPageBreak`). Where it did not,
pages that the author began count; where there are none of either, all is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from contactpoint.media.formats.formats import Gathered
from contactpoint.media.formats.packed import ZIP, Archive, Elements, Packed

_MAIN: Final = "word/document.xml"
_NOTES: Final = ("footnotes", "endnotes")


class Docx(Packed):
    """The running text with its notes; headers, footers and comments are left out."""

    suffixes = ("docx",)

    def looks_like(self, data: bytes, suffix: str) -> bool:
        """A zip with the main part of a Word document."""
        return data.startswith(ZIP) and b"word/document" in data

    def _read(self, archive: Archive, gathered: Gathered) -> None:
        hints = _Hints()
        archive.parse(_MAIN, hints)
        notes: dict[tuple[str, str], str] = {}
        for kind in _NOTES:
            name = f"word/{kind}.xml"
            if name in archive.names:
                reader = _Notes()
                archive.parse(name, reader)
                notes |= {(kind, number): text for number, text in reader.found.items()}
        body = _Body(gathered, notes, by_layout=hints.layout > 0)
        archive.parse(_MAIN, body)
        if hints.layout or hints.author:
            gathered.unit, gathered.pages = "page", body.number
        body.finish()


class _Hints(Elements):
    """How many page breaks there are of either kind."""

    layout = author = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.layout += name == "lastRenderedPageBreak"
        self.author += name == "br" and attributes.get("type") == "page"


class _Text(Elements):
    """Gathers what is written in `t` elements; a paragraph ends a paragraph."""

    # Fallback repeats what stands beside it for older programs.
    skipped = frozenset({"Fallback", "instrText", "delText"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._is_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "t":
            self._is_text = True
        elif name in ("tab", "br", "cr"):
            self.parts.append(" ")

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "p":
            self.parts.append("\n\n")

    def text(self, content: str) -> None:
        if self._is_text:
            self.parts.append(content)


class _Notes(_Text):
    """Notes by their number in the file."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._number = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("footnote", "endnote"):
            self._number, self.parts = attributes.get("id", ""), []
        super().start(name, attributes)

    def end(self, name: str) -> None:
        super().end(name)
        if name in ("footnote", "endnote"):
            self.found[self._number] = "".join(self.parts)


class _Body(_Text):
    """The running text by page, each note at the foot of the page that refers to it."""

    def __init__(
        self, gathered: Gathered, notes: Mapping[tuple[str, str], str], *, by_layout: bool
    ) -> None:
        super().__init__()
        self.number = 1
        self._gathered, self._notes, self._by_layout = gathered, notes, by_layout
        self._pages: list[str] = []
        self._foot: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        is_break = (
            name == "lastRenderedPageBreak"
            if self._by_layout
            else name == "br" and attributes.get("type") == "page"
        )
        if is_break:
            self._turn()
        elif name in ("footnoteReference", "endnoteReference"):
            kind = f"{name.removesuffix('Reference')}s"
            self._foot.append(self._notes.get((kind, attributes.get("id", "")), ""))
        super().start(name, attributes)

    def finish(self) -> None:
        """Hand the pages over."""
        self._turn()
        for number, text in enumerate(self._pages, 1):
            self._gathered.add(number, text)

    def _turn(self) -> None:
        self._pages.append("".join([*self.parts, "\n\n", *self._foot]))
        self.parts, self._foot = [], []
        self.number = len(self._pages) + 1
