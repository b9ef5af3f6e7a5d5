"""What is stored of a table, read into rows of cells that know what they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.safestring import SafeString

from contactpoint.kit.blocks.laying import Laid
from contactpoint.kit.markup import inline_from_markdown

Alignment = Literal["", "at-end", "centred"]
_STANDING: Final[dict[str, Alignment]] = {"htRight": "at-end", "htCenter": "centred"}
CLASSES: Final = {one: name for name, one in _STANDING.items()}
"""How a column stands, as the editor of cells calls it."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """`scope` is that of a header cell, empty for others."""

    html: SafeString
    scope: Literal["", "col", "row"]
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head, if it has one, and its rows, all of one length."""

    caption: str
    head: Sequence[GridCell]
    rows: Sequence[Sequence[GridCell]]


def stored(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str = "",
    alignments: Mapping[int, Alignment] | None = None,
) -> dict[str, Any]:
    """A table as the editor of cells keeps it, its first row being the head."""
    data = [list(head), *map(list, rows)]
    cells = [
        {"row": row, "col": column, "className": CLASSES[alignment]}
        for row in range(len(data))
        for column, alignment in sorted((alignments or {}).items())
        if alignment
    ]
    return {
        "data": data,
        "cell": cells,
        "mergeCells": [],
        "table_header_choice": "row",
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_caption": caption,
    }


def sound(value: Any) -> dict[str, Any]:
    """What came from a form, of which nothing is taken on trust, as a table is stored."""
    found = value if isinstance(value, dict) else {}
    rows = [row for row in _list(found.get("data")) if isinstance(row, list)]
    data = [[str(one) if isinstance(one, str | int | float) else "" for one in row] for row in rows]
    cells = [
        {"row": one["row"], "col": one["col"], "className": str(one.get("className") or "")}
        for one in _list(found.get("cell"))
        if isinstance(one, dict)
        and isinstance(one.get("row"), int)
        and isinstance(one.get("col"), int)
    ]
    choice = found.get("table_header_choice")
    return {
        "data": data,
        "cell": cells,
        "mergeCells": [],
        "table_header_choice": choice if choice in ("row", "column", "both", "neither") else "",
        "first_row_is_table_header": choice in ("row", "both"),
        "first_col_is_header": choice in ("column", "both"),
        "table_caption": str(found.get("table_caption") or ""),
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def gridded(value: Mapping[str, Any], laid: Laid) -> Grid:
    """Without the empty rows and columns at its end; a column of numbers lines up at its end where
    nobody chose otherwise."""
    rows = _filled(value)
    standing = _standing(value)
    choice = value.get("table_header_choice") or ""
    has_head = choice in ("row", "both") or bool(value.get("first_row_is_table_header"))
    has_names = choice in ("column", "col", "both") or bool(value.get("first_col_is_header"))
    numbers = _numbers(rows, first=1 if has_head else 0)

    def cell(row: int, column: int) -> GridCell:
        is_head = has_head and row == 0
        scope: Literal["", "col", "row"] = (
            "col" if is_head else "row" if has_names and column == 0 else ""
        )
        alignment = standing.get((row, column), "at-end" if column in numbers else "")
        html = laid.with_references(inline_from_markdown(rows[row][column]))
        return GridCell(html, scope, alignment)

    made = [[cell(row, column) for column in range(len(rows[row]))] for row in range(len(rows))]
    caption = str(value.get("table_caption") or "").strip()
    return Grid(caption, made[0] if has_head and made else [], made[1 if has_head else 0 :])


def texts_of(value: Mapping[str, Any]) -> list[str]:
    """The words of a table in their order: its caption, then its cells."""
    cells = [cell for row in value.get("data") or () for cell in row]
    return [str(one) for one in (value.get("table_caption"), *cells) if one]


def lines_of(value: Mapping[str, Any]) -> list[str]:
    """The same, a line for each row."""
    rows = [" · ".join(filter(None, row)) for row in _filled(value)]
    return [one for one in (str(value.get("table_caption") or "").strip(), *rows) if one]


def has_letters(text: str) -> bool:
    """Whether there is anything to translate."""
    return any(map(str.isalpha, text))


def is_number(text: str) -> bool:
    """Whether it is read as one; a dash says that there is none."""
    return text in ("", "–", "-", "—", ":") or (
        any(map(str.isdigit, text)) and not has_letters(text)
    )


def _filled(value: Mapping[str, Any]) -> list[list[str]]:
    rows = [[str(cell or "").strip() for cell in row] for row in value.get("data") or ()]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at for row in rows for at, cell in enumerate(row, 1) if cell), default=0)
    return [[*row, *[""] * width][:width] for row in rows]


def _standing(value: Mapping[str, Any]) -> dict[tuple[int, int], Alignment]:
    found: dict[tuple[int, int], Alignment] = {}
    for one in value.get("cell") or ():
        names = str(one.get("className") or "").split()
        if names:  # one that stands at the beginning is chosen too
            chosen = [_STANDING[name] for name in names if name in _STANDING]
            found[one.get("row"), one.get("col")] = chosen[0] if chosen else ""
    return found


def _numbers(rows: Sequence[Sequence[str]], first: int) -> set[int]:
    """All columns but the first of which each cell is a number."""
    below = rows[first:]
    return {
        column
        for column in range(1, len(below[0]) if below else 0)
        if all(is_number(row[column]) for row in below) and any(row[column] for row in below)
    }
