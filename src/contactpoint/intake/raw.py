"""The shape in which every importer hands over an item: as found, nothing inferred."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class RawFile:
    """A picture or a file that belongs to an item and stands in its source.

    `name` is what the source calls it, `title` the words of its link or its caption, `alternative`
    the words that replace a picture. `read` gives its bytes, or raises `SourceError`.
    """

    name: str
    read: Callable[[], bytes]
    is_picture: bool = False
    title: str = ""
    alternative: str = ""
    checksum: str = ""


@dataclass(slots=True)
class RawItem:
    """One item of a source.

    `position` counts from 1 in the order of the source; `first_line` and `last_line` are 1-based.
    `themes` and `keywords` are the strings as the source has them, in its order. `notes` are
    problems that only the importer can see: pairs of a code and what the message needs to say it.

    A listing as text has nothing more. Other sources say more by themselves: `title`, `teaser`,
    `kind` (their own word for it), `address` (where the item stands, or stood), `blocks` (the text
    as `markup.blocks` gives it, beside the plain words in `text`) and `files`. `anchor` names the
    item for good, where the source does; else its words do.
    """

    text: str
    position: int = 0
    date: str = ""
    themes: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    first_line: int = 0
    last_line: int = 0
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    title: str = ""
    teaser: str = ""
    kind: str = ""
    address: str = ""
    anchor: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    files: list[RawFile] = field(default_factory=list)

    @property
    def original(self) -> str:
        """The item as one text, one line for each thing that the source says."""
        lines = [self.title] if self.title else []
        lines += [text for text in (self.teaser, self.text) if text and text != self.title]
        if self.date:
            lines.append(f"When: {self.date}")
        if self.kind:
            lines.append(f"Type: {self.kind}")
        if self.themes:
            lines.append(f"Main theme: {', '.join(self.themes)}")
        if self.keywords:
            lines.append(f"Keywords: {', '.join(self.keywords)}")
        lines += [f"File: {file.name}" for file in self.files]
        if self.address:
            lines.append(self.address)
        return "\n".join(lines)

    @property
    def facts(self) -> list[str]:
        """All that decides whether the source has changed."""
        more = [self.title, self.teaser, self.kind, self.address]
        more += [f"{file.checksum} {file.title} {file.alternative}" for file in self.files]
        more += [str(block) for block in self.blocks]
        return more if any(more) else []
