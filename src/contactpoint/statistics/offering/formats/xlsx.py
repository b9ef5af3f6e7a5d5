"""Excel: a sheet for each kind of period with a row a series, and a sheet that says what it is."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.figures import Period
from contactpoint.kit.spreadsheets import fill
from contactpoint.statistics.naming import names
from contactpoint.statistics.offering.citing import licence_of, remarks_of, reuse, source_lines
from contactpoint.statistics.offering.describing import meanings
from contactpoint.statistics.offering.formats.csv import NONE
from contactpoint.statistics.offering.formats.formats import Format, number
from contactpoint.statistics.offering.tables import Part, Table

_TABLE: Final[dict[str, Any]] = {"widths": (34, 24, 12), "freeze": "D2", "has_head": True}


class Xlsx(Format):
    """For those who work in a spreadsheet: periods run to the right."""

    name: ClassVar[str] = "xlsx"
    title: ClassVar[str] = "Excel"

    def write(self, table: Table) -> bytes:
        """Figures, then their flags in sheets of the same shape, then what all of it is."""
        # It is needed for this format alone, and takes its time to be loaded.
        from openpyxl import Workbook  # noqa: PLC0415

        book = Workbook(write_only=True)
        book.properties.creator = ""
        if table.changed is not None:
            book.properties.created = book.properties.modified = table.changed.replace(tzinfo=None)
        with override(table.language):
            for frequency, parts in _by_frequency(table).items():
                kind = names(table.language).code("freq", frequency)
                fill(book.create_sheet(kind), _figures(parts, table), **_TABLE)
                if any(row.figure and row.figure.flags for part in parts for row in part.rows()):
                    title = _("%(kind)s, flags") % {"kind": kind}
                    flags = _figures(parts, table, is_flags=True)
                    fill(book.create_sheet(title[:31]), flags, **_TABLE)
            fill(book.create_sheet(_("About")), _about(table), widths=(24, 90, 12), has_names=True)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()


def _by_frequency(table: Table) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in table.parts:
        if part.periods:
            found.setdefault(part.periods[0].frequency, []).append(part)
    return found


def _figures(
    parts: Sequence[Part], table: Table, *, is_flags: bool = False
) -> Iterable[Sequence[Any]]:
    said = names(table.language)
    periods: list[Period] = sorted({when for part in parts for when in part.periods})
    yield [_("Indicator"), _("Place"), _("Code"), *(when.code for when in periods)]
    for part in parts:
        for geo, line in part.lines.items():
            cells: list[Any] = [part.label, said.place(geo), geo]
            for when in periods:
                figure = line.get(when)
                if figure is None:
                    cells.append(None)
                elif is_flags:
                    cells.append(figure.flags or None)
                else:
                    cells.append(NONE if figure.value is None else number(figure.value))
            yield cells


def _about(table: Table) -> Iterable[Sequence[Any]]:
    said = names(table.language)
    yield [_("Title"), table.title]
    for remark in remarks_of(table):
        yield [_("Note"), remark]
    for note in table.notes:
        yield [_("Note"), note]
    yield [_("Page"), table.page]
    yield [_("Data"), table.address_of("json")]
    for part in table.parts:
        yield [_("Indicator"), part.label]
        if part.definition:
            yield [_("Definition"), part.definition]
        yield [_("Unit"), said.code("unit", part.unit)]
        for line in source_lines([part], table.language):
            yield ["", line]
        if part.address:
            yield ["", part.address]
    for code in table.places:
        yield [code, said.code("geo", code)]
    for letter, meaning in meanings(table).items():
        yield [letter, meaning]
    yield [NONE, _("The source has no figure.")]
    yield [_("Empty cell"), _("Nobody has said anything: that is not zero.")]
    if licence_of(table):
        yield [_("Reuse"), reuse(table.language)]
        yield ["", licence_of(table)]
