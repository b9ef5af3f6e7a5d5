"""What a reader is shown: shapes only, for the page, the feed, the table and the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from contactpoint.search.engines.base import Sort
from contactpoint.search.engines.queries import Narrowing

PARTS: Final = {
    "pdf": "page",
    **dict.fromkeys(("pptx", "odp"), "slide"),
    **dict.fromkeys(("xlsx", "ods"), "sheet"),
}
"""What is numbered in files of a kind."""


@dataclass(frozen=True, slots=True)
class Selection:
    """How a reader narrows, orders and reads a question, apart from its words.

    `off` holds concepts that were switched off, `narrower` whether what is narrower counts too,
    `languages` those whose texts are searched; empty: all.
    """

    narrowings: Mapping[str, Narrowing] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: Sort = "fit"
    off: frozenset[str] = frozenset()
    narrower: bool = False
    languages: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A concept, a place or an institution recognised in the question: `text` are the asker's words
    that mean it.

    `token` is its slug, with the scheme before it where that is not the glossary; `url` its page,
    if it has one; `narrower` how many concepts stand below it.
    """

    token: str
    label: str
    url: str
    text: str
    language: str
    on: bool = True
    narrower: int = 0


@dataclass(frozen=True, slots=True)
class Guess:
    """A word that stands nowhere, and what was looked for because a part of it means that."""

    text: str
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that the question excludes, and what is called so (`labels`) in any language.

    `without` is the question that does not exclude it, `literally` the one that excludes just these
    words; empty where it excludes no more than they.
    """

    text: str
    labels: Sequence[str]
    without: str
    literally: str = ""


class Piece(NamedTuple):
    """A piece of a highlight, and whether it is what was asked for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Highlight:
    """A sentence in which words of the question stand; of a file, with its name, address, page."""

    pieces: Sequence[Piece]
    language: str
    file: str = ""
    url: str = ""
    page: int = 0

    @property
    def ending(self) -> str:
        """That of the file's name, in small letters without its dot."""
        return PurePosixPath(urlsplit(self.url).path).suffix.removeprefix(".").lower()

    @property
    def part(self) -> str:
        """What `page` numbers in such a file: a page, a slide, a sheet; empty for others."""
        return PARTS.get(self.ending, "")

    @property
    def text(self) -> str:
        """The sentence without marks."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Result:
    """A thing that answers, in the version that this reader can read best.

    `alternates` maps the languages of all its versions to addresses; `reasons` are sentences in the
    reader's language; `title_language` and `teaser_language` are given where these words are not
    translated; `missing` are words of the question that it has neither as words nor as
    concepts (only among `Results.partial`); `pinned` was put first by an editor.
    """

    key: str
    kind: str
    type: str
    title: Sequence[Piece]
    url: str
    language: str
    teaser: str
    day: date | None
    alternates: dict[str, str]
    pk: int = 0
    themes: Sequence[str] = ()
    concepts: Sequence[str] = ()
    highlights: list[Highlight] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    missing: Sequence[str] = ()
    pinned: bool = False
    score: float = 0.0
    title_language: str = ""
    teaser_language: str = ""

    @property
    def title_text(self) -> str:
        """The title without marks."""
        return "".join(piece.text for piece in self.title)


@dataclass(frozen=True, slots=True)
class Correction:
    """What the reader may have meant: the whole question with other words, never used by itself."""

    text: str
    changed: Sequence[str]


@dataclass(slots=True)
class Results:
    """The answer to a question: `results` have all of it, `partial` some of it.

    `facets` maps names to values to counts of things; `partial` is filled on the first page only,
    where few answer all of it. `unheard` are words in capitals that are small without them, and
    that nothing was looked for by.
    """

    question: str
    language: str
    total: int = 0
    results: list[Result] = field(default_factory=list)
    partial: list[Result] = field(default_factory=list)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    chips: Sequence[Chip] = ()
    guesses: Sequence[Guess] = ()
    left_out: Sequence[LeftOut] = ()
    corrections: Sequence[Correction] = ()
    unheard: Sequence[str] = ()
