"""What every format is: how it is told apart, how bytes become a cube or rows, and back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from contactpoint.figures.errors import FiguresError
from contactpoint.figures.formats.opening import Source
from contactpoint.figures.limits import Limits
from contactpoint.figures.model import Cube, Rows


class Format(ABC):
    """One way to write figures down."""

    name: ClassVar[str]
    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    media_type: ClassVar[str]

    @abstractmethod
    def looks_like(self, head: str) -> bool:
        """Whether text that begins so is in this format."""

    @abstractmethod
    def read(self, source: Source, limits: Limits) -> Cube:
        """The whole file as a cube; raises `UnreadableError`."""

    def rows(self, source: Source, limits: Limits) -> Rows:
        """The rows one after the other, without holding more than a part where the format allows.

        What is wrong further down is found only there, so whoever stores them reads them twice, or
        in one transaction. A row that is given twice is not noticed."""
        return self.read(source, limits).as_rows()

    def write(self, cube: Cube) -> bytes:
        """The cube in this format."""
        raise FiguresError(f"{self.title} is only read. Write JSON-stat or CSV.")
