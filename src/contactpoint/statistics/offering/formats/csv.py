"""CSV for spreadsheets and programs: a line a cell, with names beside codes.

`docs/developers/statistics-data.md` says what each column holds.
"""

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from contactpoint.figures import Figure
from contactpoint.kit.spreadsheets import as_csv
from contactpoint.statistics.naming import names
from contactpoint.statistics.offering.citing import remarks
from contactpoint.statistics.offering.formats.formats import Format, number
from contactpoint.statistics.offering.tables import Part, Table

COLUMNS: Final = (
    *("indicator", "indicator_name", "geo", "geo_name", "time", "value", "flags"),
    *("unit", "unit_name", "extracted", "source", "remark"),
)
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take accents for something else."""
NONE: Final = ":"
"""What stands for a value that the source says it hasn't; where nobody said anything the cell is
empty."""


class Csv(Format):
    """Safe to open: no cell is ever run as a formula."""

    name: ClassVar[str] = "csv"
    title: ClassVar[str] = "CSV"

    def write(self, table: Table) -> bytes:
        """A heading, then a line for each indicator, place and period."""
        return (BYTE_ORDER_MARK + as_csv([COLUMNS, *_lines(table)])).encode()


def _lines(table: Table) -> Iterator[tuple[Any, ...]]:
    said = names(table.language)
    behind: dict[int, tuple[str, ...]] = {}
    for part, geo, when, figure in table.rows():
        if id(part) not in behind:
            behind[id(part)] = _behind(part, table)
        value: Any = ""
        if figure is not None:
            value = NONE if figure.value is None else number(figure.value)
        flags = figure.flags if figure is not None else ""
        unit, unit_name, extracted, source, remark = behind[id(part)]
        if part.is_printed:
            extracted, source = _printed(figure)
            # Of what isn't there nothing can be said.
            remark = remark if figure is not None else ""
        yield (
            *(part.name, part.label, geo, said.place(geo), when.code, value, flags),
            *(unit, unit_name, extracted, source, remark),
        )


def _printed(figure: Figure | None) -> tuple[str, str]:
    """The day and the source of one figure among several releases; none where there is none."""
    if figure is None:
        return "", ""
    return str(figure.vintage) if figure.vintage else "", figure.source


def _behind(part: Part, table: Table) -> tuple[str, ...]:
    """What is the same for all cells of an indicator."""
    said = remarks(
        is_computed=part.is_computed,
        is_example=part.is_example,
        is_printed=part.is_printed,
        language=table.language,
        publisher=part.publisher,
    )
    return (
        part.unit,
        names(table.language).code("unit", part.unit),
        str(part.vintage) if part.vintage else "",
        part.source,
        " ".join(said),
    )
