"""The shape of an issue in one language, and how it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """A thing as it is told. `language` is that of the version it leads to; those of title and
    teaser are given where they are another than the edition's. `day` is of an event to come."""

    key: str
    language: str
    title: str
    url: str
    teaser: str = ""
    title_language: str = ""
    teaser_language: str = ""
    facts: Sequence[str] = ()
    mark: str = ""
    day: str = ""
    hue: int = 0

    @property
    def when(self) -> date | None:
        """The day, as a date."""
        return date.fromisoformat(self.day) if self.day else None


@dataclass(frozen=True, slots=True)
class Section:
    """Items under a heading, which may be in another language than the edition, or empty."""

    heading: str
    items: Sequence[Item]
    heading_language: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue in one language. `introduction_language` is given where nobody wrote one in it."""

    language: str
    title: str
    introduction: str = ""
    introduction_language: str = ""
    sections: Sequence[Section] = ()
    number: int = 0

    @property
    def items(self) -> list[Item]:
        """All of them, in order."""
        return [item for section in self.sections for item in section.items]

    @property
    def paragraphs(self) -> list[str]:
        """The introduction, parted at empty lines."""
        parts = self.introduction.replace("\r\n", "\n").split("\n\n")
        return [part.strip() for part in parts if part.strip()]

    @property
    def path(self) -> str:
        """Where it stands in public, without the host."""
        return f"/{self.language}/newsletter/{self.number}/"

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.introduction.strip() or self.items)


def as_json(edition: Edition) -> dict[str, Any]:
    """For the row that keeps it."""
    return asdict(edition)


def read(content: Mapping[str, Any]) -> Edition:
    """The edition of a row."""
    sections = [
        Section(**{**one, "items": [Item(**item) for item in one["items"]]})
        for one in content["sections"]
    ]
    return Edition(**{**content, "sections": sections})
