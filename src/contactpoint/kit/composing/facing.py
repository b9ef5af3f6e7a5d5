"""The tree of a sheet in two languages: what is said in one stands beside the same in the other.

For a talk at a counter: one reads one side, the other reads the other, and both see the same line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contactpoint.kit.composing.document import Block

MOST_PAGES: Final = 2
"""One sheet of paper has two sides."""


@dataclass(frozen=True, slots=True)
class Row:
    """The same in both languages; a side that lacks it is empty. `marked` is what nobody may
    overlook."""

    first: Sequence[Block]
    second: Sequence[Block]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A text in both languages. `address` leads to the very words of the second one; `closing` is
    said beside its code, in both languages."""

    titles: tuple[str, str]
    rows: Sequence[Row]
    address: str
    closing: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Facing:
    """A sheet. `languages` are the codes of both, `names` what each calls itself."""

    title: str
    languages: tuple[str, str]
    names: tuple[str, str]
    publisher: str
    made_at: datetime
    dated: str
    sections: Sequence[Section]
    foot: tuple[str, str] = ("", "")
