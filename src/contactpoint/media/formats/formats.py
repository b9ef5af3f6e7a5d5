"""What a reader of files is, how much it may gather, and what it says of a file it can't read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar, Final

from contactpoint.media.formats.tidying import joined, tidy

LARGEST_FILE: Final = 64 * 1024**2
MOST_UNPACKED: Final = 256 * 1024**2
MOST_PAGES: Final = 3_000
MOST_CHARACTERS: Final = 8_000_000
LONGEST_PART: Final = 400_000
"""Characters of a page that are kept in one piece; a longer one is kept in several."""


class UnreadableError(Exception):
    """No text can be had from the file; `problem` is one of `DocumentReading.Problem`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class EnoughError(Exception):
    """As much was gathered as is kept of one file; what follows is left out."""


class Gathered:
    """The text of a file, page by page, as long as it is not too much.

    `unit` is one of `DocumentReading.Unit`; `pages` how many the file has, 0 where not known.
    """

    def __init__(self) -> None:
        self.unit, self.pages, self.is_cut = "whole", 0, False
        self._texts: list[tuple[int, str]] = []
        self._length = 0

    def add(self, number: int, text: str) -> None:
        """The text of a page as the reader found it. Raises `EnoughError`."""
        if number > MOST_PAGES:
            raise EnoughError
        left = MOST_CHARACTERS - self._length
        shortened = text[:left]
        self.is_cut = self.is_cut or len(shortened) < len(text)
        self._length += len(shortened)
        self._texts += ((number, tidy(part)) for part in _parts(shortened))
        if left <= len(text):
            raise EnoughError

    def as_plain(self) -> dict[str, Any]:
        """What JSON can hold: pages without text are left out; the parts of a long one follow each
        other under one number.
        """
        texts = joined(self._texts)
        return {
            "unit": self.unit,
            "pages": self.pages,
            "cut": self.is_cut,
            "texts": [[number, text] for number, text in texts if text],
        }


def _parts(text: str) -> Iterator[str]:
    """Pieces that are short enough, parted between words where there are any."""
    start = 0
    while len(text) - start > LONGEST_PART:
        end = start + LONGEST_PART
        space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space if space > start else end
        yield text[start:end]
        start = end
    yield text[start:]


class Format(ABC):
    """One kind of file."""

    suffixes: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def looks_like(self, data: bytes, suffix: str) -> bool:
        """Whether the bytes begin, or are packed, as such a file is; the name counts for little."""

    def prepare(self) -> None:  # noqa: B027 — most have nothing to load
        """Load what reading needs, before the door is shut."""

    @abstractmethod
    def read(self, data: bytes, gathered: Gathered) -> None:
        """Gather the text. Raises `UnreadableError`, `EnoughError`; any other error is damage."""
