"""An instrument as a workbook that this portal and other tools of XLSForm read.

What XLSForm has no place for stands in columns of our own that other tools pass over: `longest`,
the title in other languages, and the introduction of a section as the hint of its group.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from contactpoint.consultations.questions.carrying import InstrumentError
from contactpoint.consultations.questions.definition import (
    Instrument,
    Kind,
    Question,
    Section,
    Texts,
)
from contactpoint.consultations.questions.xlsform.columns import named

_LONGEST_CELL: Final = 32_767
_TYPES: Final[dict[Kind, tuple[str, str]]] = {
    Kind.TEXT: ("text", ""),
    Kind.LONG_TEXT: ("text", "multiline"),
    Kind.RICH_TEXT: ("text", "rich-text"),
    Kind.INTEGER: ("integer", ""),
    Kind.DECIMAL: ("decimal", ""),
    Kind.DATE: ("date", ""),
    Kind.ONE: ("select_one {}", ""),
    Kind.MANY: ("select_multiple {}", ""),
    Kind.RANKING: ("rank {}", ""),
    Kind.FILE: ("file", ""),
    Kind.COUNTRY: ("text", "country"),
    Kind.CONCEPT: ("text", "concept"),
    Kind.NOTE: ("note", ""),
    Kind.CALCULATED: ("calculate", ""),
}
_PLAIN: Final = (
    "type", "name", "required", "relevant", "constraint", "calculation", "choice_filter",
    "appearance", "longest",
)  # fmt: skip
_TEXTS: Final[dict[str, str]] = {
    "hint": "hints",
    "required_message": "required_messages",
    "constraint_message": "constraint_messages",
}
_WIDTHS: Final = {"type": 26, "name": 18, "label": 60, "hint": 40}

Cells = dict[str, str]


def write(instrument: Instrument) -> bytes:
    """An .xlsx of the sheets survey, choices and settings."""
    # openpyxl takes its time to be loaded, and only those who take something out need it.
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    book.properties.creator = ""
    _fill(book, "survey", _survey(instrument), _headings(instrument))
    choices = list(_choices(instrument))
    columns = [name for cells in choices for name in cells]
    _fill(book, "choices", choices, dict.fromkeys(["list_name", "name", *columns]))
    _fill(book, "settings", [_settings(instrument)], dict.fromkeys(_settings(instrument)))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _languages(instrument: Instrument) -> Sequence[str]:
    return instrument.languages


def _headings(instrument: Instrument) -> Iterable[str]:
    labels = [f"label::{named(language)}" for language in _languages(instrument)]
    used = dict.fromkeys(name for cells in _survey(instrument) for name in cells)
    return dict.fromkeys([*_PLAIN[:2], *labels, *(one for one in _PLAIN[2:] if one in used), *used])


def _said(name: str, texts: Texts) -> Cells:
    return {f"{name}::{named(language)}": text for language, text in texts.items() if text}


def _survey(instrument: Instrument) -> Iterator[Cells]:
    for section in instrument.sections:
        yield _group(section)
        for question in section.questions:
            yield from _matrix(question) if question.kind is Kind.MATRIX else [_row(question)]
        yield {"type": "end group"}


def _group(section: Section) -> Cells:
    return {
        "type": "begin group",
        "name": section.code,
        **_said("label", section.titles),
        **_said("hint", section.introductions),
        "relevant": section.relevant,
    }


def _row(question: Question) -> Cells:
    kind, appearance = _TYPES[question.kind]
    return {
        "type": kind.format(question.choices),
        "name": question.code,
        "appearance": appearance,
        **_texts(question),
        **_expressions(question),
        "longest": str(question.longest or ""),
    }


def _texts(question: Question) -> Cells:
    cells = _said("label", question.labels)
    for name, field in _TEXTS.items():
        cells |= _said(name, getattr(question, field))
    return cells


def _expressions(question: Question) -> Cells:
    required = "yes" if question.required == "true()" else question.required
    fields = ("relevant", "constraint", "calculation", "choice_filter")
    return {"required": required} | {name: getattr(question, name) for name in fields}


def _matrix(question: Question) -> Iterator[Cells]:
    expressions = _expressions(question)
    required = expressions.pop("required")
    messages = _said("required_message", question.required_messages)
    texts = {name: text for name, text in _texts(question).items() if name not in messages}
    yield {
        "type": "begin group",
        "name": question.code,
        "appearance": "table-list",
        **texts,
        **expressions,
    }
    for row in question.rows:
        yield {
            "type": f"select_one {question.choices}",
            "name": f"{question.code}.{row.code}",
            **_said("label", row.labels),
            "required": required,
            **messages,
        }
    yield {"type": "end group"}


def _choices(instrument: Instrument) -> Iterator[Cells]:
    for name, choices in instrument.choice_sets.items():
        for one in choices:
            yield {
                "list_name": name,
                "name": one.code,
                **_said("label", one.labels),
                **one.columns,
            }


def _settings(instrument: Instrument) -> Cells:
    titles = dict(instrument.titles)
    return {
        "form_id": instrument.code,
        "default_language": named(instrument.language),
        "languages": " ".join(instrument.languages),
        "form_title": titles.pop(instrument.language, ""),
        **_said("translated_title", titles),
        **_said("introduction", instrument.introductions),
    }


def _fill(
    book: Any, title: str, rows: Iterable[Mapping[str, str]], headings: Iterable[str]
) -> None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "C2"
    columns = list(headings)
    for at, heading in enumerate(columns, 1):
        width = _WIDTHS.get(heading.partition("::")[0], 24)
        sheet.column_dimensions[get_column_letter(at)].width = width

    def cell(text: str, *, is_heading: bool = False) -> Any:
        if len(text) > _LONGEST_CELL:
            raise InstrumentError(title, f"A cell holds {_LONGEST_CELL:,} characters. Take JSON.")
        # A text is a text, whatever it begins with: nothing is ever computed.
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text) or None)
        if text:
            made.data_type = "s"
        made.font = Font(bold=is_heading)
        made.alignment = Alignment(wrap_text=True, vertical="top")
        return made

    sheet.append([cell(heading, is_heading=True) for heading in columns])
    for row in rows:
        sheet.append([cell(row.get(heading, "")) for heading in columns])
