"""What a cell of a national table says: a text, or a number with marks for its flags."""

from __future__ import annotations

from typing import Any

from contactpoint.figures import flags as flagging
from contactpoint.figures.building import NOTHING
from contactpoint.figures.errors import FiguresError
from contactpoint.figures.formats.numbers import number
from contactpoint.figures.national.mapping import Table

_SPACES = "\u00a0\u202f "


def text_of(cell: Any) -> str:
    """A cell as text; a whole number without `.0`; none as nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def amount(cell: Any, beside: str, table: Table) -> tuple[float, int]:
    """The number in a cell, or `NOTHING`, and its flags as `flags.packed`. Raises `FiguresError`.

    An empty cell says nothing as well, because a table has a cell for every row and column; zero
    has to be written."""
    if isinstance(cell, bool):
        raise FiguresError(f"{cell} is no number. Write one.")
    if isinstance(cell, int | float):
        return number(repr(cell)), flagging.packed(beside)
    text = text_of(cell)
    bits = flagging.packed(beside)
    for mark, meant in table.marks.items():
        if text.endswith(mark) and text not in table.missing:
            text = text.removesuffix(mark).rstrip()
            bits |= flagging.packed(meant)
    if not text or text in table.missing:
        return NOTHING, bits
    return number(_plain(text, table)), bits


def _plain(text: str, table: Table) -> str:
    """A number as Python writes it. Thousands have to stand where they belong, so that `1.234` is
    never taken for `1234` or the other way round by mistake."""
    sign, digits = ("-", text[1:]) if text[:1] in ("-", "−") else ("", text)
    whole, point, part = digits.partition(table.decimal)
    if table.thousands:
        marks = _SPACES if table.thousands in _SPACES else table.thousands
        for mark in marks[1:]:
            whole = whole.replace(mark, marks[0])
        first, *groups = whole.split(marks[0])
        if groups and (not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups)):
            raise FiguresError(f"{text[:40]!r} has its thousands in the wrong place. Correct it.")
        whole = first + "".join(groups)
    if not whole.isdecimal() or (point and not part.isdecimal()):
        raise FiguresError(
            f"{text[:40]!r} is no number with {table.decimal!r} before decimals"
            + (f" and {table.thousands!r} between thousands" if table.thousands else "")
            + ". Correct the cell, or name it in the mapping under missing or marks."
        )
    return f"{sign}{whole}.{part}" if point else f"{sign}{whole}"
