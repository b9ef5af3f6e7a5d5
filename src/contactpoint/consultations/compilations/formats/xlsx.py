"""Excel: states by questions, the counts, each answer in a line, and a sheet that says what it
is."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, ClassVar, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from contactpoint.consultations.compilations.addresses import network_url, round_url
from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.consultations.compilations.counting import tallies
from contactpoint.consultations.compilations.formats.csv import lines
from contactpoint.consultations.compilations.formats.formats import Format
from contactpoint.consultations.compilations.wording import kind_label, states_said

_LONGEST_CELL: Final = 32_767


class Xlsx(Format):
    """For those who work in a spreadsheet."""

    name: ClassVar[str] = "xlsx"
    title: ClassVar[str] = "Excel"
    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, compilation: Compilation) -> bytes:
        """Four sheets."""
        # It is needed for this format alone, and takes its time to be loaded.
        from openpyxl import Workbook  # noqa: PLC0415

        book = Workbook(write_only=True)
        book.properties.creator = settings.SITE_NAME
        made_at = compilation.made_at.replace(tzinfo=None)
        book.properties.created = book.properties.modified = made_at
        with override(compilation.language):
            _fill(book.create_sheet(_("Table")), _table(compilation), width=30)
            _fill(book.create_sheet(_("Counts")), _counts(compilation), width=30)
            _fill(book.create_sheet(_("Answers")), lines(compilation), width=20)
            _fill(book.create_sheet(_("About")), _about(compilation), width=60, has_head=False)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()


def _table(compilation: Compilation) -> Iterator[Sequence[Any]]:
    """A row a state, a column a question."""
    questions = compilation.questions
    yield ["", *(f"{one.number}. {one.text.text}" for one in questions)]
    for state in compilation.states:
        row: list[Any] = [state.name]
        for question in questions:
            given = compilation.given.get((state.code, question.code))
            said = [given.text, given.remark] if given else []
            row.append("\n".join(filter(None, said)) or None)
        yield row


def _counts(compilation: Compilation) -> Iterator[Sequence[Any]]:
    yield [_("Question"), _("Answer"), pgettext("column", "States"), _("of"), _("Which")]
    for question in compilation.questions:
        for column in question.columns:
            for one in tallies(compilation, question, column):
                yield [
                    f"{column.number}. {column.text.text}",
                    one.option.label.text,
                    one.number,
                    one.of,
                    ", ".join(state.name for state in one.states),
                ]


def _about(compilation: Compilation) -> Iterator[Sequence[Any]]:
    where = network_url if compilation.is_network else round_url
    yield [_("Title"), compilation.title.text]
    yield [_("Kind"), kind_label(compilation.kind)]
    version = _("For the network only") if compilation.is_network else _("Public version")
    yield [_("Version"), version]
    if compilation.requested_by:
        yield [pgettext("query", "Requested by"), compilation.requested_by]
    if compilation.asked_on:
        yield [_("Date"), compilation.asked_on.isoformat()]
    yield [_("Compiled"), compilation.changed_on.isoformat()]
    yield [_("States that answered"), states_said(compilation.states)]
    yield [_("Summary"), compilation.summary.text]
    yield [_("Disclaimer"), compilation.disclaimer.text]
    yield [_("Background"), compilation.background.text]
    yield [_("Page"), settings.BASE_URL + where(compilation.code, compilation.language)]


def _fill(sheet: Any, rows: Iterable[Sequence[Any]], *, width: int, has_head: bool = True) -> None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    strong, folded = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    if has_head:
        sheet.freeze_panes = "B2"
    for at in range(1, 60):
        sheet.column_dimensions[get_column_letter(at)].width = 22 if at == 1 else width
    for at, row in enumerate(rows):
        cells = []
        for place, value in enumerate(row):
            if not isinstance(value, str):
                cells.append(value)
                continue
            # A text is a text, whatever it begins with: nothing is ever computed.
            cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL])
            cell.data_type = "s"
            cell.alignment = folded
            if (at == 0 and has_head) or place == 0:
                cell.font = strong
            cells.append(cell)
        sheet.append(cells)
