"""The shape of each kind of answer: from what was given to what is kept."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from contactpoint.consultations.questions.answering import Answers
from contactpoint.consultations.questions.definition import (
    Choice,
    Instrument,
    Kind,
    Question,
    Value,
)
from contactpoint.consultations.questions.expressions import (
    Surroundings,
    is_true,
    parsed,
    worked_out,
)
from contactpoint.consultations.questions.expressions.values import as_date
from contactpoint.consultations.questions.messages import Problem

LONGEST: Final = {Kind.TEXT: 1_000, Kind.LONG_TEXT: 20_000, Kind.RICH_TEXT: 500_000}
"""The portal's own limits, in characters."""
MOST_FILES: Final = 20
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
_DECIMAL: Final = re.compile(r"([+-]?)([0-9]{0,15})(?:[.,]([0-9]{1,10}))?", re.ASCII)
_COUNTRY: Final = re.compile(r"[A-Z]{2}", re.ASCII)


class RefusedError(Exception):
    """An answer has another shape than its kind."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def offered(
    instrument: Instrument,
    question: Question,
    answers: Mapping[str, Value],
    *,
    today: datetime.date,
) -> tuple[Choice, ...]:
    """The choices that are offered to who answered that so far."""
    choices = instrument.choices_of(question)
    if not question.choice_filter:
        return choices
    known = Answers(instrument, answers, today)
    condition = parsed(question.choice_filter, names=True)
    return tuple(
        one
        for one in choices
        if is_true(
            worked_out(
                condition, Surroundings(today, known, names={**one.columns, "name": one.code})
            )
        )
    )


def longest(question: Question) -> int:
    """How many characters an answer may have; 0 where they aren't counted."""
    own = LONGEST.get(question.kind, 0)
    return min(question.longest, own) if question.longest and own else own


Shaping = Callable[
    [Question, Any, Instrument, Mapping[str, Value], datetime.date],
    Value,
]


def _text(question: Question, value: Any, *_rest: Any) -> Value:
    if value is None:
        return None
    if not isinstance(value, str) or "\x00" in value:
        raise RefusedError(Problem.WRONG_SHAPE)
    text = value.replace("\r\n", "\n").strip()
    if len(text) > longest(question):
        raise RefusedError(Problem.TOO_LONG)
    if question.kind is Kind.TEXT and "\n" in text:
        text = " ".join(text.split("\n"))
    return text or None


def _integer(_question: Question, value: Any, *_rest: Any) -> Value:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise RefusedError(Problem.NO_WHOLE_NUMBER)
    if isinstance(value, int) and abs(value) >= 10**15:
        raise RefusedError(Problem.NO_WHOLE_NUMBER)
    text = str(value).strip()
    if not _WHOLE.fullmatch(text):
        raise RefusedError(Problem.NO_WHOLE_NUMBER)
    return int(text)


def _decimal(_question: Question, value: Any, *_rest: Any) -> Value:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise RefusedError(Problem.NO_NUMBER)
    if isinstance(value, int) and abs(value) >= 10**15:
        raise RefusedError(Problem.NO_NUMBER)
    match = _DECIMAL.fullmatch(str(value).strip())
    if match is None or not (match[2] or match[3]):
        raise RefusedError(Problem.NO_NUMBER)
    sign, whole, part = match.groups(default="")
    number = f"{whole.lstrip('0') or '0'}{'.' + part if part else ''}"
    return f"-{number}" if sign == "-" and number.strip("0.") else number


def _date(_question: Question, value: Any, *_rest: Any) -> Value:
    if value is None or value == "":
        return None
    date = as_date(value.strip()) if isinstance(value, str) and len(value.strip()) == 10 else None
    if date is None:
        raise RefusedError(Problem.NO_DATE)
    return date.isoformat()


def _codes(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise RefusedError(Problem.WRONG_SHAPE)
    return list(value)


def _offered(
    question: Question, instrument: Instrument, answers: Mapping[str, Value], today: datetime.date
) -> list[str]:
    return [one.code for one in offered(instrument, question, answers, today=today)]


def _one(
    question: Question,
    value: Any,
    instrument: Instrument,
    answers: Mapping[str, Value],
    today: datetime.date,
) -> Value:
    if value is None or value == "":
        return None
    if value not in _offered(question, instrument, answers, today):
        raise RefusedError(Problem.NO_CHOICE)
    return str(value)


def _several(
    question: Question,
    value: Any,
    instrument: Instrument,
    answers: Mapping[str, Value],
    today: datetime.date,
) -> Value:
    if value is None:
        return None
    chosen = _codes(value)
    codes = _offered(question, instrument, answers, today)
    if not set(chosen) <= set(codes):
        raise RefusedError(Problem.NO_CHOICE)
    if question.kind is Kind.RANKING:
        if len(set(chosen)) != len(chosen):
            raise RefusedError(Problem.TWICE)
        return chosen or None
    return [code for code in codes if code in set(chosen)]


def _matrix(
    question: Question,
    value: Any,
    instrument: Instrument,
    answers: Mapping[str, Value],
    today: datetime.date,
) -> Value:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise RefusedError(Problem.WRONG_SHAPE)
    rows = [row.code for row in question.rows]
    codes = _offered(question, instrument, answers, today)
    if not set(value) <= set(rows):
        raise RefusedError(Problem.NO_ROW)
    if not all(one in codes for one in value.values() if one):
        raise RefusedError(Problem.NO_CHOICE)
    return {row: value[row] for row in rows if value.get(row)} or None


def _files(_question: Question, value: Any, *_rest: Any) -> Value:
    references = _codes(value if value is not None else [])
    if len(references) > MOST_FILES or any(len(one) > 40 for one in references):
        raise RefusedError(Problem.WRONG_SHAPE)
    return references or None


def _country(_question: Question, value: Any, *_rest: Any) -> Value:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise RefusedError(Problem.NO_COUNTRY)
    return value


def _concept(_question: Question, value: Any, *_rest: Any) -> Value:
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > 200 or not value.isprintable():
        raise RefusedError(Problem.WRONG_SHAPE)
    return value


def _nothing(_question: Question, value: Any, *_rest: Any) -> Value:
    if value is not None and value != "":
        raise RefusedError(Problem.WRONG_SHAPE)
    return None


SHAPES: Final[Mapping[Kind, Shaping]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.RICH_TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.ONE: _one,
    Kind.MANY: _several,
    Kind.RANKING: _several,
    Kind.MATRIX: _matrix,
    Kind.FILE: _files,
    Kind.COUNTRY: _country,
    Kind.CONCEPT: _concept,
    Kind.NOTE: _nothing,
    Kind.CALCULATED: _nothing,
}
