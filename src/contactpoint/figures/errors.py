"""What can be wrong with figures. Every message says where, what, and the mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Surprise = Literal[
    "new-dimension",
    "lost-dimension",
    "new-code",
    "lost-code",
    "lost-period",
    "lost-series",
    "lost-figure",
    "strange-value",
    "another-unit",
    "another-frequency",
    "another-dataset",
    "another-publisher",
]


class FiguresError(ValueError):
    """Figures can't be read, compared or written."""


class UnreadableError(FiguresError):
    """A file is malformed, truncated, too large or hostile: nothing of it is taken."""


class NotAddableError(FiguresError):
    """Figures were to be added up that don't add up."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One surprise of a file that could be read: what it is, where, and what to do about it."""

    surprise: Surprise
    place: str
    message: str


class SurprisingError(FiguresError):
    """A file can be read but isn't what was expected: it is set aside whole for a person."""

    def __init__(self, name: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        told = " ".join(one.message for one in self.findings[:5])
        more = len(self.findings) - 5
        super().__init__(f"{name} is set aside. {told}" + (f" And {more} more." * (more > 0)))
