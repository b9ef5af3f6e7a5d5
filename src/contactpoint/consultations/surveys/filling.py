"""What was filled in on a page: what can be kept, and what is wrong with the rest.

A page says which questions it asked (`asked`), so that one which was not there is not taken for one
that was left empty, whatever was answered elsewhere meanwhile; and what it showed of each
(`meanwhile`), so that nothing is written over that its reader has not seen.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict

from contactpoint.consultations.forms.fields import name_of, posted, typed
from contactpoint.consultations.forms.files import Checked
from contactpoint.consultations.forms.files import checked as checked_file
from contactpoint.consultations.forms.nameless import nameless
from contactpoint.consultations.questions import Instrument, Kind, Question, Section, Value
from contactpoint.consultations.questions.checking_answers import AnswerError, checked
from contactpoint.consultations.surveys import meanwhile


@dataclass(slots=True)
class Filled:
    """Values by question; what is wrong, and what was typed there instead. In `both` what was saved
    elsewhere while the page stood open, beside what is `typed`: one of the two is to be chosen."""

    values: dict[str, Value] = field(default_factory=dict)
    files: dict[str, list[Checked]] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Value] = field(default_factory=dict)
    both: dict[str, Value] = field(default_factory=dict)

    @property
    def is_settled(self) -> bool:
        """Whether all could be kept."""
        return not self.problems and not self.both


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
    asked, seen = set(data.get("asked", "").split()), meanwhile.seen_then(data)
    here = [one for one in section.questions if one.is_asked and one.code in asked]
    others = meanwhile.others(here, seen, stored)
    taken = {one for one in data.getlist(meanwhile.TAKE) if one in seen and one not in others}
    here = [one for one in here if one.code not in taken]
    for question in here:
        try:
            value = posted(instrument, question, data)
            if question.kind is Kind.FILE:
                found.files[question.code] = _files(request, question, is_anonymous=is_anonymous)
        except AnswerError as problem:
            _wrong(found, question, problem.message, typed(question, data))
            continue
        if question.code not in others or meanwhile.is_other(question, seen[question.code], value):
            found.values[question.code] = value
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
    for question in here:
        if question.code in others:
            _beside(found, question, seen[question.code], stored.get(question.code), data)
    return found


def _beside(found: Filled, question: Question, seen: str, stored: Value, data: QueryDict) -> None:
    """An answer that another page has changed stays. What was typed here stands beside it, where it
    is something new; files of both are kept."""
    code = question.code
    if question.kind is Kind.FILE:
        sent = found.typed if code in found.problems else found.values
        sent[code] = meanwhile.kept_files(seen, typed(question, data), stored)
        return
    if code in found.problems:
        found.both[code] = stored
    elif code in found.values and found.values.pop(code) != stored:
        found.typed[code], found.both[code] = typed(question, data), stored


def _wrong(found: Filled, question: Question, message: str, value: Value) -> None:
    found.values.pop(question.code, None)
    found.files.pop(question.code, None)
    found.problems[question.code] = message
    found.typed[question.code] = value


def _files(request: HttpRequest, question: Question, *, is_anonymous: bool) -> list[Checked]:
    sent: Iterable = request.FILES.getlist(f"{name_of(question)}:new")
    found = [checked_file(question, one) for one in sent if one.name and one.seek(0) == 0]
    return [nameless(question, one) for one in found] if is_anonymous else found
