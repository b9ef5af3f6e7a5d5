"""CSV that a spreadsheet opens as text: no cell of ours is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: Any) -> Any:
    """A text that begins like a formula gets an apostrophe before it; numbers stay."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def as_csv(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV (RFC 4180), the first being the heading."""
    file = io.StringIO()
    csv.writer(file).writerows([safe_cell(cell) for cell in row] for row in rows)
    return file.getvalue()
