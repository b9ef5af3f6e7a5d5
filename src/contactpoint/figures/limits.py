"""How large a file of figures may be. Each limit is checked before, or while, memory is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from contactpoint.figures.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one file. Sizes in bytes; `cells` counts those that say something."""

    packed: int = 256 * 1024**2
    unpacked: int = 1024**3
    """Of what is read line by line, or part by part."""
    whole: int = 32 * 1024**2
    """Of what has to stand in memory whole: JSON (some two million cells) and workbooks."""
    line: int = 1024**2
    cells: int = 5_000_000
    """In a cube: 18 bytes each. A stream of rows may be longer."""
    dimensions: int = 20
    codes: int = 100_000
    """In one dimension."""
    code: int = 200
    """Characters of a code or the name of a dimension."""
    label: int = 2_000
    rows: int = 200_000
    """Of a sheet."""
    columns: int = 2_000


DEFAULT: Final = Limits()


def too_much(name: str, what: str, found: int, most: int) -> UnreadableError:
    """What to say where a limit is passed."""
    return UnreadableError(
        f"{name}: {found:,} {what}; {most:,} are allowed. Ask the source for less at a time, "
        "for example one country or a few years."
    )
