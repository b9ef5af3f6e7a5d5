"""Answers as expressions see them."""

import datetime
from collections.abc import Callable, Mapping

from contactpoint.consultations.questions.definition import Instrument, Kind, Question, Value, said
from contactpoint.consultations.questions.expressions import Operand
from contactpoint.consultations.questions.expressions.values import as_date, as_number


def is_empty(value: Value) -> bool:
    """Whether nothing was answered; 0 is an answer."""
    return value is None or (not isinstance(value, int) and not value)


def as_operand(question: Question, value: Value) -> Operand:
    """Several codes are one text with spaces between, as in XLSForm."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return " ".join(value.values())
    if isinstance(value, list):
        return " ".join(value)
    if question.kind in {Kind.INTEGER, Kind.DECIMAL}:
        number = as_number(str(value))
        return "" if number.is_nan() else number
    if question.kind is Kind.DATE:
        return as_date(str(value)) or ""
    return str(value)


def as_row(value: Value, row: str) -> Operand:
    """What was chosen in one row of a matrix."""
    return value.get(row, "") if isinstance(value, dict) else ""


def referred(instrument: Instrument) -> dict[str, tuple[str, str]]:
    """What `${…}` may name → (code of the question, row of its matrix or "")."""
    names: dict[str, tuple[str, str]] = {}
    for question in instrument.questions():
        for row in question.rows:
            names[f"{question.code}.{row.code}"] = (question.code, row.code)
    return names | {question.code: (question.code, "") for question in instrument.questions()}


def choice_names(instrument: Instrument, language: str) -> Callable[[str, str], str]:
    """For `jr:choice-name`: the label of a choice, in the language or its fallback."""

    def name(code: str, value: str) -> str:
        names = referred(instrument)
        question = instrument.question(names.get(code, ("", ""))[0])
        for choice in instrument.choices_of(question) if question else ():
            if choice.code == value:
                return said(choice.labels, language, instrument.language).text or value
        return value

    return name


class Answers:
    """Given answers, one look-up for all expressions. `worked` holds what was calculated, with its
    own type: a truth that a calculation found is no text."""

    def __init__(
        self, instrument: Instrument, values: Mapping[str, Value], today: datetime.date
    ) -> None:
        self.names = referred(instrument)
        self.questions = {one.code: one for one in instrument.questions()}
        self.values = dict(values)
        self.worked: dict[str, Operand] = {}
        self.today = today

    def __call__(self, name: str) -> Operand:
        code, row = self.names.get(name, ("", ""))
        if not code:
            return ""
        if code in self.worked:
            return self.worked[code]
        value = self.values.get(code)
        return as_row(value, row) if row else as_operand(self.questions[code], value)
