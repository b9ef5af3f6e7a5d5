"""CSV: a line an answer. `docs/developers/compilations.md` says what each column holds."""

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.consultations.compilations.formats.formats import Format
from contactpoint.kit.spreadsheets import as_csv

COLUMNS: Final = (
    "state", "state_name", "question", "number", "text", "choices", "answer", "language",
    "remark", "remark_language", "sources", "files", "answered_on", "confirmed_on", "valid_until",
    "is_past",
)  # fmt: skip
MARK: Final = "wider_dissemination"
"""A column of the network's version."""
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take accents for something else."""


class Csv(Format):
    """Safe to open: no cell is ever run as a formula."""

    name: ClassVar[str] = "csv"
    title: ClassVar[str] = "CSV"
    media_type: ClassVar[str] = "text/csv; charset=utf-8; header=present"

    def write(self, compilation: Compilation) -> bytes:
        """A heading, then a line for each state and question."""
        return (BYTE_ORDER_MARK + as_csv(lines(compilation))).encode()


def lines(compilation: Compilation) -> Iterator[tuple[Any, ...]]:
    """As CSV and Excel have them."""
    yield (*COLUMNS, MARK) if compilation.is_network else COLUMNS
    for state, question, given in compilation.rows():
        line = (
            state.code,
            state.name,
            question.code,
            question.number,
            question.text.text,
            " ".join(
                f"{row}={code}" if row else code
                for row, codes in given.chosen.items()
                for code in codes
            ),
            given.text,
            given.language,
            given.remark,
            given.remark_language if given.remark else "",
            "; ".join(filter(None, (f"{one.title} {one.url}".strip() for one in given.sources))),
            "; ".join(one.name for one in given.files),
            given.answered_on.isoformat(),
            given.confirmed_on.isoformat() if given.confirmed_on else "",
            given.valid_until.isoformat(),
            "yes" if given.is_past else "no",
        )
        yield (*line, "yes" if given.is_wide else "no") if compilation.is_network else line
