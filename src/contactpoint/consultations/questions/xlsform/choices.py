"""The sheet of choices."""

from typing import Final

from contactpoint.consultations.questions.carrying import CHOICE_CODE, CODE, InstrumentError
from contactpoint.consultations.questions.definition import Choice
from contactpoint.consultations.questions.xlsform.columns import Columns

KNOWN: Final = ("list_name", "name")


def choice_sets(columns: Columns) -> dict[str, tuple[Choice, ...]]:
    """Name of a list → its choices, each with the columns that a filter may look at."""
    found: dict[str, list[Choice]] = {}
    others = columns.others(KNOWN)
    for row in columns.sheet.rows:
        name, code = columns.get(row, "list_name"), columns.get(row, "name")
        if not name:
            raise InstrumentError(
                columns.place(row, "list_name"), "Of which list is this choice? Name it."
            )
        if not CODE.fullmatch(name):
            raise InstrumentError(
                columns.place(row, "list_name"), f'"{name}" is no name of a list.'
            )
        if not CHOICE_CODE.fullmatch(code):
            raise InstrumentError(
                columns.place(row, "name"),
                f'"{code}" is no name of a choice. Use letters, digits, ".", "-" and "_".',
            )
        if code in {one.code for one in found.get(name, ())}:
            raise InstrumentError(
                columns.place(row, "name"), f'"{code}" stands twice in the list "{name}".'
            )
        extra = {key: row.cells[at] for key, at in others.items() if at in row.cells}
        labels = columns.in_languages(row, "label")
        found.setdefault(name, []).append(Choice(code, labels, extra))
    return {name: tuple(choices) for name, choices in found.items()}
