"""Numbers and flags as they stand in the cells of files from statistical offices."""

from __future__ import annotations

import re
from typing import Final

from contactpoint.figures import flags as flagging
from contactpoint.figures.building import NOTHING
from contactpoint.figures.errors import FiguresError

PLAIN: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?", re.A)
_LONGEST: Final = 60
_BIGGEST: Final = 1e300


def number(text: str) -> float:
    """A number with a decimal point and no thousands marks. Raises `FiguresError`.

    `float` alone also takes `nan`, `infinity`, `1_000` and digits of other scripts."""
    if len(text) > _LONGEST or PLAIN.fullmatch(text) is None:
        raise FiguresError(f"{text[:40]!r} is no number. Write one as 1234.5, or : for none.")
    value = float(text)
    if abs(value) > _BIGGEST:
        raise FiguresError(f"{text!r} is too large to be a figure. Look at the source.")
    return value


def said(value: str, flags: str) -> tuple[float, int]:
    """A cell of two columns: its number, or `NOTHING`, and its flags as `flags.packed`."""
    bits = flagging.packed(flags.strip()) if flags else 0
    text = value.strip()
    return (NOTHING if text in ("", ":") else number(text)), bits


def said_together(text: str) -> tuple[float, int]:
    """A cell with number and flags in it, as Eurostat's TSV has: `1234 bp`, `: c`, `:`.

    >>> said_together("5 p")
    (5.0, 64)
    """
    value, _, flags = text.strip().partition(" ")
    if value.startswith(":") and len(value) > 1:
        value, flags = ":", value[1:] + flags
    if not value:
        raise FiguresError("the cell is empty. Write : where there is no figure.")
    return said(value, flags)
