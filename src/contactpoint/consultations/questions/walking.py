"""The way through an instrument: what is asked of somebody who answered so far, and what follows
from their answers.

What isn't relevant counts as not answered, for all that depends on it. Conditions and calculations
are worked out in the order of what depends on what, whatever their place in the questionnaire; an
instrument in which something depends on itself can't be walked.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from contactpoint.consultations.questions.answering import Answers, as_operand, choice_names
from contactpoint.consultations.questions.carrying import InstrumentError
from contactpoint.consultations.questions.definition import (
    Instrument,
    Kind,
    Question,
    Section,
    Value,
)
from contactpoint.consultations.questions.expressions import (
    ExpressionError,
    Surroundings,
    as_text,
    is_true,
    parsed,
    references,
    worked_out,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A section, and its questions that are relevant now: notes among them, calculations not."""

    section: Section
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """What is asked now, and the answers that count: relevant ones, and what was worked out."""

    sections: tuple[Shown, ...]
    values: Mapping[str, Value]

    def questions(self) -> Iterator[Question]:
        """All that are relevant now, in order."""
        for shown in self.sections:
            yield from shown.questions

    def section(self, code: str) -> Shown | None:
        """The section of that code, where it is relevant."""
        return next((one for one in self.sections if one.section.code == code), None)


def order(instrument: Instrument) -> list[str]:
    """The codes of all questions, each after those that its condition and calculation look at; an
    `InstrumentError` where there is no such order, or where an expression can't be read."""
    names = {
        f"{question.code}.{row.code}": question.code
        for question in instrument.questions()
        for row in question.rows
    } | {question.code: question.code for question in instrument.questions()}
    graph: TopologicalSorter[str] = TopologicalSorter()
    for section in instrument.sections:
        place = f'section "{section.code}"'
        above = _looked_at(section.relevant, names, place)
        for question in section.questions:
            place = f'question "{question.code}"'
            looked = above | _looked_at(question.relevant, names, place)
            if question.kind is Kind.CALCULATED:
                looked |= _looked_at(question.calculation, names, place)
            graph.add(question.code, *sorted(looked))
    try:
        return list(graph.static_order())
    except CycleError as error:
        circle = error.args[1]
        path = " → ".join(f"${{{code}}}" for code in reversed(circle))
        raise InstrumentError(
            f'question "{circle[0]}"',
            f"It depends on itself: {path}. Take one of them out of a condition or a calculation.",
        ) from None


def _looked_at(text: str, names: Mapping[str, str], place: str) -> set[str]:
    if not text:
        return set()
    try:
        found = references(parsed(text).node)
    except ExpressionError as error:
        raise InstrumentError(place, str(error)) from None
    return {names[one.code] for one in found if one.code in names}


def course(
    instrument: Instrument,
    answers: Mapping[str, Value],
    *,
    today: datetime.date,
    language: str = "",
) -> Course:
    """What is relevant to who answered that so far. `language` is for names of choices within
    calculations; without one they are in that of the instrument, so that what is kept doesn't
    hang on who looks at it."""
    known = Answers(instrument, {}, today)
    choice_name = choice_names(instrument, language or instrument.language)
    sections = {q.code: one for one in instrument.sections for q in one.questions}
    open_sections: dict[str, bool] = {}
    relevant: set[str] = set()
    values: dict[str, Value] = {}
    for code in order(instrument):
        question, section = known.questions[code], sections[code]
        before = as_operand(question, answers.get(code))
        around = Surroundings(today, known, before, before, choice_name=choice_name)
        if section.code not in open_sections:
            open_sections[section.code] = holds(section.relevant, around)
        if not (open_sections[section.code] and holds(question.relevant, around)):
            continue
        relevant.add(code)
        if question.kind is Kind.CALCULATED:
            found = worked_out(parsed(question.calculation), around) if question.calculation else ""
            known.worked[code] = found
            known.values[code] = values[code] = as_text(found)
        elif question.is_asked and answers.get(code) not in (None, ""):
            known.values[code] = values[code] = answers[code]
    return Course(
        tuple(_shown(instrument, relevant)),
        {one.code: values[one.code] for one in instrument.questions() if one.code in values},
    )


def holds(expression: str, around: Surroundings) -> bool:
    """Whether a condition is true; an empty one always is."""
    return not expression or is_true(worked_out(parsed(expression), around))


def _shown(instrument: Instrument, relevant: set[str]) -> Iterator[Shown]:
    for section in instrument.sections:
        questions = tuple(
            one
            for one in section.questions
            if one.code in relevant and one.kind is not Kind.CALCULATED
        )
        if questions:
            yield Shown(section, questions)
