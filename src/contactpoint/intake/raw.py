"""The shape in which every importer hands over an item: as found, nothing inferred."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class RawItem:
    """One item of a source.

    `position` counts from 1 in the order of the source; `first_line` and `last_line` are 1-based.
    `themes` and `keywords` are the strings as the source has them, in its order. `notes` are
    problems that only the importer can see: pairs of a code and what the message needs to say it.
    """

    text: str
    position: int = 0
    date: str = ""
    themes: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    first_line: int = 0
    last_line: int = 0
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    @property
    def original(self) -> str:
        """The item as one text, one line for each thing that the source says."""
        lines = [self.text]
        if self.date:
            lines.append(f"When: {self.date}")
        if self.themes:
            lines.append(f"Main theme: {', '.join(self.themes)}")
        if self.keywords:
            lines.append(f"Keywords: {', '.join(self.keywords)}")
        return "\n".join(lines)
