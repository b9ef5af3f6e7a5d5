"""Rows between "begin group" and "end group", as a tree."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from contactpoint.consultations.questions.carrying import InstrumentError
from contactpoint.consultations.questions.xlsform.columns import Columns
from contactpoint.consultations.questions.xlsform.sheets import Row

DEEPEST: Final = 10
_BEGINS: Final = frozenset({"begin group", "begin_group", "begin lgroup"})
_ENDS: Final = frozenset({"end group", "end_group", "end lgroup"})
_REPEATS: Final = frozenset({"begin repeat", "begin_repeat", "begin loop"})
_DISABLED: Final = frozenset({"yes", "true", "true()", "1"})
TABLE: Final = "table-list"
_NO_LABEL: Final = "list-nolabel"


@dataclass(slots=True)
class Group:
    """A group and what is in it."""

    row: Row
    inner: "list[Row | Group]" = field(default_factory=list)


def tree(columns: Columns, rows: Iterable[Row]) -> list[Row | Group]:
    """The rows, those of a group within it; an `InstrumentError` where one isn't closed. What is
    disabled is left out, a group with all that is in it."""
    top: list[Row | Group] = []
    open_groups: list[Group] = []
    left_out = 0
    for row in rows:
        kind = " ".join(columns.get(row, "type").lower().split())
        place = columns.place(row, "type")
        around = open_groups[-1].inner if open_groups else top
        if left_out or columns.get(row, "disabled").lower() in _DISABLED:
            if left_out or kind in _BEGINS:
                left_out += (kind in _BEGINS) - (kind in _ENDS)
            continue
        if kind in _REPEATS:
            raise InstrumentError(
                place, "Repeats aren't asked here. Write the questions one by one, or a matrix."
            )
        if kind in _BEGINS:
            if len(open_groups) >= DEEPEST:
                raise InstrumentError(place, f"More than {DEEPEST} groups within each other.")
            group = Group(row)
            around.append(group)
            open_groups.append(group)
        elif kind in _ENDS:
            if not open_groups:
                raise InstrumentError(place, "No group is open here. Delete the row.")
            open_groups.pop()
        elif kind:
            around.append(row)
        else:
            raise InstrumentError(place, "The row has no type. Write one, or delete the row.")
    if open_groups:
        raise InstrumentError(
            columns.place(open_groups[-1].row, "type"),
            'This group is never closed. Add a row "end group" after its last question.',
        )
    return top


def is_matrix(columns: Columns, group: Group) -> bool:
    """Whether a group is one table: it says so, or its rows hide their labels."""
    if TABLE in columns.get(group.row, "appearance").lower():
        return True
    return any(
        isinstance(one, Row) and _NO_LABEL in columns.get(one, "appearance").lower()
        for one in group.inner
    )


def matrix_rows(columns: Columns, group: Group) -> list[Row]:
    """The rows of a matrix, without the one that only heads it."""
    found: list[Row] = []
    for one in group.inner:
        if isinstance(one, Group):
            raise InstrumentError(
                columns.place(one.row, "type"), "No group can stand in a table. Close it before."
            )
        kind = columns.get(one, "type").lower()
        if not kind.startswith(("select_one ", "select one ")):
            raise InstrumentError(
                columns.place(one, "type"),
                "In a table each row is of the type select_one. Move the others out of the group.",
            )
        if columns.get(one, "appearance").lower() != "label":
            found.append(one)
    if not found:
        raise InstrumentError(columns.place(group.row, "type"), "The table has no rows. Add them.")
    return found
