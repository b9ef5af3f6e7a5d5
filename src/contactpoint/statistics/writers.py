"""Who writes reports of figures: apps that have pages register here, since this one knows none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from contactpoint.figures import Period


@dataclass(frozen=True, slots=True)
class Written:
    """A draft in a language: made, renewed, or left alone because somebody has worked on it."""

    language: str
    page: int
    title: str
    what: Literal["made", "renewed", "left"]


Writer = Callable[[Period, str], list[Written]]
_writers: list[Writer] = []


def register(writer: Writer) -> None:
    """Called once, when Django starts."""
    if writer not in _writers:
        _writers.append(writer)


def written(when: Period, country: str) -> list[Written]:
    """All drafts of a period. Raises `FiguresError` where there is nothing to tell."""
    return [one for writer in _writers for one in writer(when, country)]
