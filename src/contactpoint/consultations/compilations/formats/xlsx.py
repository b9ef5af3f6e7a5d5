"""Excel: states by questions, the counts, each answer in a line, and a sheet that says what it
is."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, ClassVar, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from contactpoint.consultations.compilations.addresses import network_url, round_url
from contactpoint.consultations.compilations.compilation import Compilation, Given, Question
from contactpoint.consultations.compilations.counting import Tally, tallies
from contactpoint.consultations.compilations.formats.csv import lines
from contactpoint.consultations.compilations.formats.formats import Format
from contactpoint.consultations.compilations.wording import days, kind_label, states_said
from contactpoint.kit.spreadsheets import fill

_MOST_COLUMNS: Final = 59


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
            fill(book.create_sheet(_("Table")), _table(compilation), **_look(30))
            fill(book.create_sheet(_("Counts")), _counts(compilation), **_look(30))
            fill(book.create_sheet(_("Answers")), lines(compilation), **_look(20))
            about = {**_look(60), "freeze": "", "has_head": False}
            fill(book.create_sheet(_("About")), _about(compilation), **about)
        stream = BytesIO()
        book.save(stream)
        return stream.getvalue()


def _table(compilation: Compilation) -> Iterator[Sequence[Any]]:
    """A row a state, a column a question. Each answer says itself who may know it, and whether its
    day is past: rows and cells are passed on without the rest."""
    questions = compilation.questions
    yield [_corner(compilation), *(f"{one.number}. {one.text.text}" for one in questions)]
    for state in compilation.states:
        row: list[Any] = [state.name]
        for question in questions:
            given = compilation.given.get((state.code, question.code))
            row.append("\n".join(_said(compilation, given)) if given else None)
        yield row


def _corner(compilation: Compilation) -> str:
    """Above the names of states and of questions: whether the sheet may be passed on."""
    return _("For the network only") if compilation.is_network else ""


def _said(compilation: Compilation, given: Given) -> Iterator[str]:
    yield from filter(None, (given.text, given.remark))
    if given.is_past:
        yield f"[{days(given)}]"
    if compilation.is_network:
        mark = _("Wider dissemination: yes") if given.is_wide else _("Wider dissemination: no")
        yield f"[{mark}]"


def _counts(compilation: Compilation) -> Iterator[Sequence[Any]]:
    columns = [_("Question"), pgettext("column", "Answer"), pgettext("column", "States"), _("of"),
               _("Which")]  # fmt: skip
    yield [*columns, _("Of these for the network only")] if compilation.is_network else columns
    for question in compilation.questions:
        for column in question.columns:
            for one in tallies(compilation, question, column):
                line: list[Any] = [
                    f"{column.number}. {column.text.text}",
                    one.option.label.text,
                    one.number,
                    one.of,
                    ", ".join(state.name for state in one.states),
                ]
                yield [*line, _kept(compilation, question, one)] if compilation.is_network else line


def _kept(compilation: Compilation, question: Question, tally: Tally) -> str:
    """The states whose answer may not be passed on."""
    given = ((one, compilation.given[one.code, question.code]) for one in tally.states)
    return ", ".join(state.name for state, answer in given if not answer.is_wide)


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


def _look(width: int) -> dict[str, Any]:
    return {
        "widths": (22, *[width] * (_MOST_COLUMNS - 1)),
        "freeze": "B2", "has_head": True, "has_names": True, "is_folded": True,
    }  # fmt: skip
