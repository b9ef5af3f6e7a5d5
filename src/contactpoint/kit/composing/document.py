"""The tree of a document: words and what they are, never how they look.

All text in it is text: nothing in it is read as markup, whatever it says. Addresses are those that
a reader may be sent to; others are left out by `address`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final, Literal
from urllib.parse import urljoin, urlsplit

SCHEMES: Final = frozenset({"http", "https", "mailto"})
LONGEST_ADDRESS: Final = 2000
TO_NOTE: Final = "#fn-"
WAY_BACK: Final = "#fnref-"
"""How ways to a note and back to the text begin."""
_RIGHTWARD: Final = frozenset({"ar", "fa", "he", "ps", "ur"})


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; a line break in them is one. `language` where it is another.

    `place` is a name by which the same document can lead here, with a `url` such as `#fn-1`.
    """

    text: str
    bold: bool = False
    italic: bool = False
    raised: Literal["", "super", "sub"] = ""
    url: str = ""
    language: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the title; levels count from 1."""

    what: ClassVar[str] = "heading"
    runs: Sequence[Run]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; one that `stays` is on the page of what follows it, as headings are."""

    what: ClassVar[str] = "paragraph"
    runs: Sequence[Run]
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody else."""

    what: ClassVar[str] = "quote"
    runs: Sequence[Run]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; an item is made of blocks, of which lists may be some. Numbers begin at `first`."""

    what: ClassVar[str] = "list"
    items: Sequence[Sequence[Block]]
    ordered: bool = False
    first: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, all as long as the head; columns in `numbers` line up at their end, those
    in `centred` in their middle.

    A cell is a text, or runs where something in it is in another language or leads somewhere.
    """

    what: ClassVar[str] = "table"
    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    numbers: frozenset[int] = frozenset()
    centred: frozenset[int] = frozenset()

    @property
    def heads(self) -> list[str]:
        """The head as it is said."""
        return [said(cell) for cell in self.head]

    @property
    def texts(self) -> list[list[str]]:
        """The rows as they are said, without how they look."""
        return [[said(cell) for cell in row] for row in self.rows]

    @property
    def lines(self) -> list[list[Sequence[Run]]]:
        """The head and the rows as runs, which a template can tell one by one."""
        return [[as_runs(cell) for cell in row] for row in (self.head, *self.rows)]


Cell = str | Sequence[Run]
Block = Heading | Paragraph | Quote | Listing | Table


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact, for the margin."""

    label: str
    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class Document:
    """What is said, and by whom. `dated` is a day in words, `made_at` when the text was as it is;
    `address` is where it stands on the web, `closing` what is said of that at the end.
    """

    title: str
    language: str
    publisher: str
    made_at: datetime
    summary: str = ""
    kicker: str = ""
    dated: str = ""
    address: str = ""
    facts: Sequence[Fact] = ()
    blocks: Sequence[Block] = ()
    closing: Sequence[Run] = ()
    authors: Sequence[str] = field(default_factory=list)

    @property
    def direction(self) -> Literal["rtl", "ltr"]:
        """In which direction its language is written."""
        return "rtl" if is_rightward(self.language) else "ltr"

    @property
    def foot(self) -> str:
        """Who says it, and of which day it is."""
        return " · ".join(filter(None, (self.publisher, self.dated)))


def is_rightward(language: str) -> bool:
    """Whether a language is written from the right."""
    return language.partition("-")[0] in _RIGHTWARD


def address(url: str, base: str = "") -> str:
    """The whole address that `url` leads to from `base`; empty where nobody should be sent."""
    try:
        whole = urljoin(base, url.strip())
        parts = urlsplit(whole)
    except ValueError:
        return ""
    sound = parts.scheme in SCHEMES and (parts.netloc or parts.scheme == "mailto")
    plain = not any(ord(letter) <= 32 or ord(letter) == 127 for letter in whole)
    return whole if sound and plain and len(whole) <= LONGEST_ADDRESS else ""


def words(runs: Sequence[Run]) -> str:
    """What runs say, without how they look."""
    return "".join(run.text for run in runs)


def said(cell: Cell) -> str:
    """What a cell says, without how it looks."""
    return cell if isinstance(cell, str) else words(cell)


def as_runs(cell: Cell) -> Sequence[Run]:
    """A cell as runs, whatever it is made of."""
    return [Run(cell)] if isinstance(cell, str) else cell


def links(blocks: Sequence[Block]) -> Iterator[str]:
    """The addresses that blocks lead to, in their order."""
    for block in blocks:
        if isinstance(block, Listing):
            for item in block.items:
                yield from links(item)
        elif not isinstance(block, Table):
            yield from (run.url for run in block.runs if run.url and not run.url.startswith("#"))
