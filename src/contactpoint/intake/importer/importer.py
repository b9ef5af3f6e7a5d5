"""What every importer does: read a source from its start to its end as a stream of raw items."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from contactpoint.intake.mapping import Rules
from contactpoint.intake.raw import RawItem


class Importer(ABC):
    """Reads one source. Holds at most one item in memory, and may be read more than once.

    `newest_first` tells whether an item that is dated later than the one above it is odd.
    """

    name: ClassVar[str] = ""
    newest_first: ClassVar[bool] = False

    def __init__(self, path: Path, language: str, rules: Rules | None = None) -> None:
        self.path = path
        self.language = language
        self.rules = rules or Rules()

    @property
    def digest(self) -> str:
        """SHA-256 of the source's bytes, known after `check`."""
        return self._digest

    def check(self) -> None:
        """Look at the whole source, keeping nothing; raises `SourceError` if it can't be read."""
        self._digest = self._check()

    def items(self) -> Iterator[RawItem]:
        """All items in order, numbered from 1. Call `check` first.

        What is wrong with the source as a whole may only show at its end, so read it through once
        before anything is written.
        """
        for position, item in enumerate(self._items(), start=1):
            item.position = position
            yield item

    _digest: str = ""

    @abstractmethod
    def _check(self) -> str:
        """Raise `SourceError` or return the digest."""

    @abstractmethod
    def _items(self) -> Iterator[RawItem]:
        """Yield the items as found."""
