"""What a reader of files is, how much it may gather, and what it says of a file it can't read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Final

from contactpoint.media.formats.tidying import joined, tidy

LARGEST_FILE: Final = 64 * 1024**2
MOST_UNPACKED: Final = 256 * 1024**2
MOST_PAGES: Final = 3_000
MOST_CHARACTERS: Final = 8_000_000
LONGEST_PAGE: Final = 400_000


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
        shortened = text[: min(LONGEST_PAGE, left)]
        self.is_cut = self.is_cut or len(shortened) < len(text)
        self._length += len(shortened)
        self._texts.append((number, tidy(shortened)))
        if left <= len(text):
            raise EnoughError

    def as_plain(self) -> dict[str, Any]:
        """What JSON can hold: pages without text are left out."""
        texts = joined(self._texts)
        return {
            "unit": self.unit,
            "pages": self.pages,
            "cut": self.is_cut,
            "texts": [[number, text] for number, text in texts if text],
        }


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
