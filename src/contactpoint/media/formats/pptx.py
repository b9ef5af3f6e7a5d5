"""PowerPoint: slides in the order of the show; hidden ones keep their number and are not read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from contactpoint.media.formats.formats import Gathered
from contactpoint.media.formats.packed import ZIP, Archive, Elements, Packed

_MAIN: Final = "ppt/presentation.xml"


class Pptx(Packed):
    """What stands on the slides; the speaker's notes are not for readers."""

    suffixes = ("pptx",)

    def looks_like(self, data: bytes, suffix: str) -> bool:
        """A zip with the main part of a presentation."""
        return data.startswith(ZIP) and b"ppt/presentation" in data

    def _read(self, archive: Archive, gathered: Gathered) -> None:
        order = _Order()
        archive.parse(_MAIN, order)
        parts = archive.related(_MAIN)
        gathered.unit, gathered.pages = "slide", len(order.slides)
        for number, key in enumerate(order.slides, 1):
            slide = _Slide()
            _kind, name = parts.get(key, ("", ""))
            if name in archive.names:
                archive.parse(name, slide)
            gathered.add(number, "" if slide.is_hidden else "".join(slide.parts))


class _Order(Elements):
    """The keys of the slides, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.slides: list[str] = []
        self._keys: list[str] = []

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 — SAX's name
        """A slide has two attributes called `id`: the one with a prefix points to its part."""
        if name.rpartition(":")[2] == "sldId":
            items = dict(attrs.items())  # type: ignore[attr-defined]
            self.slides += [value for key, value in items.items() if key.endswith(":id")][:1]


class _Slide(Elements):
    """The text of a slide, tables and diagrams included."""

    skipped = frozenset({"Fallback"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.is_hidden = False
        self._is_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sld":
            self.is_hidden = attributes.get("show") in ("0", "false")
        elif name == "t":
            self._is_text = True
        elif name in ("br", "tab"):
            self.parts.append(" ")

    def end(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "p":
            self.parts.append("\n\n")

    def text(self, content: str) -> None:
        if self._is_text:
            self.parts.append(content)
