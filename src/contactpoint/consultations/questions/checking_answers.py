"""Whether an answer can be taken: its shape, its choices, the instrument's own constraint; which
required answers are missing, and which don't fit any more since another was changed."""

import datetime
from collections.abc import Mapping
from typing import Any

from contactpoint.consultations.questions.answering import (
    Answers,
    as_operand,
    choice_names,
    is_empty,
)
from contactpoint.consultations.questions.definition import (
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
from contactpoint.consultations.questions.messages import Problem, message
from contactpoint.consultations.questions.shapes import SHAPES, RefusedError, longest, offered
from contactpoint.consultations.questions.walking import course

__all__ = ["AnswerError", "Problem", "amiss", "checked", "longest", "missing", "offered"]


class AnswerError(ValueError):
    """An answer can't be taken. `message` is for who answers, in their language."""

    def __init__(self, code: str, message: str, problem: Problem = Problem.WRONG_SHAPE) -> None:
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.problem = code, message, problem


def checked(
    instrument: Instrument,
    question: Question,
    value: Any,
    answers: Mapping[str, Value],
    *,
    today: datetime.date,
    language: str = "en",
) -> Value:
    """The answer in the shape that `Kind` tells, or an `AnswerError`. Numbers may come as they were
    typed ("12,5"). `answers` are the others given so far: choices and constraints may look at
    them. None for no answer; of several choices [] stays."""
    try:
        found = SHAPES[question.kind](question, value, instrument, answers, today)
        if not is_empty(found) and not _fits(instrument, question, found, answers, today):
            raise RefusedError(Problem.CONSTRAINT)
    except RefusedError as refused:
        own = question.constraint_messages if refused.problem is Problem.CONSTRAINT else None
        raise AnswerError(
            question.code,
            message(refused.problem, language, own, longest(question)),
            refused.problem,
        ) from None
    return found


def missing(
    instrument: Instrument,
    answers: Mapping[str, Value],
    *,
    today: datetime.date,
    section: str = "",
    language: str = "en",
) -> dict[str, str]:
    """Code → message, for each relevant question that has to be answered and isn't; of one section
    or of all. Of a matrix that is required each row has to be."""
    found: dict[str, str] = {}
    way = course(instrument, answers, today=today, language=language)
    known = Answers(instrument, way.values, today)
    for shown in way.sections:
        if section and shown.section.code != section:
            continue
        for question in shown.questions:
            if not question.is_asked or not question.required:
                continue
            value = way.values.get(question.code)
            own = as_operand(question, value)
            if not is_true(worked_out(parsed(question.required), Surroundings(today, known, own))):
                continue
            problem = _lacks(question, value)
            if problem:
                found[question.code] = message(problem, language, question.required_messages)
    return found


def amiss(
    instrument: Instrument,
    answers: Mapping[str, Value],
    *,
    today: datetime.date,
    language: str = "en",
) -> dict[str, str]:
    """Code → message, for all that keeps answers from being sent: what is `missing`, and what
    fitted when it was given but no longer does. A constraint and the choices that are offered may
    look at another answer, which was changed since."""
    found = missing(instrument, answers, today=today, language=language)
    way = course(instrument, answers, today=today, language=language)
    for question in way.questions():
        value = way.values.get(question.code)
        if question.code in found or not (question.constraint or question.choice_filter):
            continue
        if question.is_asked and not is_empty(value):
            try:
                checked(instrument, question, value, way.values, today=today, language=language)
            except AnswerError as error:
                found[question.code] = error.message
    order = [question.code for question in way.questions()]
    return {code: found[code] for code in order if code in found}


def _lacks(question: Question, value: Value) -> Problem | None:
    if is_empty(value):
        return Problem.MISSING
    if question.kind is Kind.MATRIX and isinstance(value, dict):
        return None if all(value.get(row.code) for row in question.rows) else Problem.ROWS_MISSING
    return None


def _fits(
    instrument: Instrument,
    question: Question,
    value: Value,
    answers: Mapping[str, Value],
    today: datetime.date,
) -> bool:
    if not question.constraint:
        return True
    known = Answers(instrument, {**answers, question.code: value}, today)
    around = Surroundings(
        today,
        known,
        as_operand(question, value),
        choice_name=choice_names(instrument, instrument.language),
    )
    return is_true(worked_out(parsed(question.constraint), around))
