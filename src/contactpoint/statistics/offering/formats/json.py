"""JSON for programs that want cells and no more to learn than names.

A cell whose `value` is null is one of which the source says that it has none; a cell that isn't
there is one of which nobody said anything.
"""

import json
from typing import Any, ClassVar

from contactpoint.figures import Figure
from contactpoint.statistics.offering.describing import described, meanings
from contactpoint.statistics.offering.formats.formats import Format, number
from contactpoint.statistics.offering.tables import Row, Table


class Json(Format):
    """What the table is, the flags in it, and its cells."""

    name: ClassVar[str] = "json"
    title: ClassVar[str] = "JSON"

    def write(self, table: Table) -> bytes:
        """One object: `metadata`, `flags`, `figures`."""
        said = {
            "metadata": described(table),
            "flags": meanings(table),
            "figures": [_cell(row, row.figure) for row in table.rows() if row.figure is not None],
        }
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _cell(row: Row, figure: Figure) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "indicator": row.part.name,
        "geo": row.geo,
        "time": row.period.code,
        "value": None if figure.value is None else number(figure.value),
    }
    if figure.flags:
        cell["flags"] = figure.flags
    if figure.is_example or row.part.is_example:
        cell["example"] = True
    if row.part.is_printed:
        cell |= {"extracted": str(figure.vintage or ""), "source": figure.source}
    return cell
