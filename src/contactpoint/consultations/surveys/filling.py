"""What was filled in on a page: what can be kept, and what is wrong with the rest.

A page says which questions it asked (`asked`), so that one which was not there is not taken for one
that was left empty, whatever was answered elsewhere meanwhile.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from contactpoint.consultations.forms.fields import name_of, posted, typed
from contactpoint.consultations.forms.files import Checked
from contactpoint.consultations.forms.files import checked as checked_file
from contactpoint.consultations.forms.nameless import nameless
from contactpoint.consultations.questions import Instrument, Kind, Question, Section, Value
from contactpoint.consultations.questions.checking_answers import AnswerError, checked


@dataclass(slots=True)
class Filled:
    """Values by question; what is wrong, and what was typed there instead."""

    values: dict[str, Value] = field(default_factory=dict)
    files: dict[str, list[Checked]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Value] = field(default_factory=dict)


def filled(
    request: HttpRequest,
    instrument: Instrument,
    section: Section,
    stored: Mapping[str, Value],
    *,
    today: datetime.date,
    language: str,
    is_anonymous: bool = False,
) -> Filled:
    """Read a section's page. Answers of one page are checked against each other as they are now."""
    found = Filled()
    data = request.POST
    asked = set(data.get("asked", "").split())
    here = [one for one in section.questions if one.is_asked and one.code in asked]
    for question in here:
        try:
            found.values[question.code] = posted(instrument, question, data)
            if question.kind is Kind.FILE:
                found.files[question.code] = _files(request, question, is_anonymous=is_anonymous)
        except AnswerError as problem:
            _wrong(found, question, problem.message, typed(question, data))
    together = {**stored, **found.values}
    for question in here:
        if question.code not in found.values or question.kind is Kind.FILE:
            continue
        try:
            found.values[question.code] = checked(
                instrument,
                question,
                found.values[question.code],
                together,
                today=today,
                language=language,
            )
        except AnswerError as problem:
            _wrong(found, question, problem.message, typed(question, data))
    return found


def _wrong(found: Filled, question: Question, message: str, value: Value) -> None:
    found.values.pop(question.code, None)
    found.files.pop(question.code, None)
    found.problems[question.code] = message
    found.typed[question.code] = value


def _files(request: HttpRequest, question: Question, *, is_anonymous: bool) -> list[Checked]:
    sent: Iterable = request.FILES.getlist(f"{name_of(question)}:new")
    found = [checked_file(question, one) for one in sent if one.name]
    return [nameless(question, one) for one in found] if is_anonymous else found
