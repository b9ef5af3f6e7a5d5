"""What the pages of respondents show."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from contactpoint.consultations.forms.fields import KeptFile, name_of, shown
from contactpoint.consultations.forms.presenting import Asked, Words
from contactpoint.consultations.forms.wording import worded
from contactpoint.consultations.models import Response, Round
from contactpoint.consultations.questions import Instrument, Kind, Question, Texts
from contactpoint.consultations.questions.shapes import offered
from contactpoint.consultations.questions.walking import Course
from contactpoint.consultations.surveys.filling import Filled
from contactpoint.consultations.surveys.meanwhile import seen_now
from contactpoint.consultations.surveys.private import bare_context
from contactpoint.consultations.surveys.reading_in import named, reading_in
from contactpoint.consultations.surveys.visiting import Visit
from contactpoint.consultations.surveys.walking_on import Place, address, asked_in
from contactpoint.consultations.timing import Standing, ended_at, ends_soon, last_moment, standing

SECONDS: Final = {
    Kind.LONG_TEXT: 90,
    Kind.RICH_TEXT: 600,
    Kind.TEXT: 25,
    Kind.FILE: 60,
    Kind.RANKING: 40,
    Kind.CONCEPT: 40,
}
"""What somebody takes for a question of a kind; 12 for those that are not here."""


class Problem(NamedTuple):
    """What is wrong with a question, for the list at the top."""

    anchor: str
    message: Words
    label: Words


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A question with its answer in words; `problem` where it lacks one."""

    label: Words
    lines: list[Words]
    problem: Words | None = None


class Both(NamedTuple):
    """What was saved elsewhere while a page stood open, in words; `id` is that of the box that says
    so, beside what was typed on the page."""

    code: str
    id: str
    anchor: str
    label: Words
    lines: list[Words]


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is reviewed; `url` leads back into it."""

    title: Words
    url: str
    entries: list[Reviewed]


def words(texts: Texts, language: str, instrument: Instrument, otherwise: str = "") -> Words:
    """In the reader's language, or in another that says so."""
    return _asked(instrument, language).words(texts, otherwise)


def _asked(instrument: Instrument, language: str) -> Asked:
    return Asked(instrument, Question("_", Kind.NOTE), None, "", language, ())


def around(request: HttpRequest, round: Round, language: str) -> dict[str, Any]:
    """What every page says of the round."""
    bare = _asked(Instrument(round.code, ("en",)), language)
    return {
        **bare_context(request),
        "round": round,
        "name": bare.words(round.labels, round.code),
        "ended_at": ended_at(round),
        "last_moment": last_moment(round),
        "is_ending": standing(round) is Standing.ENDING,
        "ends_soon": standing(round) is Standing.OPEN and ends_soon(round),
        "kept_days": settings.RESPONDENTS_KEPT_DAYS,
    }


def switching(round: Round, language: str) -> list[dict[str, Any]]:
    """The languages of the round."""
    return [
        {"code": code, "name": name, "current": code == language}
        for code, name in named(round.languages)
    ]


def addresses(name: str, arguments: list[str], round: Round, language: str) -> list[dict[str, Any]]:
    """The same page in the languages of the round, for a page where nothing is filled in."""
    found = []
    for one in switching(round, language):
        with reading_in(one["code"]):
            found.append({**one, "url": address(name, *arguments)})
    return found


def minutes(instrument: Instrument) -> int:
    """How long it takes whoever is asked everything, about; at least one."""
    seconds = 0
    for question in instrument.questions():
        if not question.is_asked:
            continue
        rows = max(1, len(question.rows))
        seconds += SECONDS.get(question.kind, 12) if rows == 1 else 8 * rows
    return max(1, math.ceil(seconds / 60))


def start_context(
    request: HttpRequest, round: Round, instrument: Instrument, language: str
) -> dict[str, Any]:
    """What it is, how long it takes, who asks, what becomes of the answers."""
    return {
        **around(request, round, language),
        "languages": switching(round, language),
        "introduction": words(round.introductions, language, instrument),
        "disclaimer": words(round.disclaimers, language, instrument),
        "what": words(instrument.introductions, language, instrument),
        "minutes": minutes(instrument),
        "questions": sum(1 for one in instrument.questions() if one.is_asked),
        "asks_files": any(one.kind is Kind.FILE for one in instrument.questions()),
        "has_required": any(one.required for one in instrument.questions()),
        "standing": standing(round).value,
    }


def section_context(
    request: HttpRequest,
    visit: Visit,
    place: Place,
    found: Filled,
    *,
    language: str,
    files: Iterable[KeptFile] = (),
) -> dict[str, Any]:
    """A page of questions; where something is wrong, with what was typed there."""
    instrument, section = visit.instrument, place.shown.section
    asked = asked_in(place.shown)
    both = {one.code: one for one in _both(instrument, asked, found, language)}
    kept = {one.reference: one for one in files}
    return {
        **around(request, visit.round, language),
        "languages": switching(visit.round, language),
        "title": words(section.titles, language, instrument),
        "introduction": words(section.introductions, language, instrument),
        "place": place,
        "questions": [
            (_question(instrument, one, found, kept, language), both.get(one.code))
            for one in place.shown.questions
        ],
        "asked": " ".join(one.code for one in asked),
        "seen": seen_now(asked, found.values),
        "both": list(both.values()),
        "has_files": any(one.kind is Kind.FILE for one in asked),
        "problems": listed(instrument, asked, found.problems, language),
        "action": address("section", visit.round.code, visit.secret, section.code),
        "is_change": request.GET.get("from") == "review",
        "has_more": request.method == "GET" and "more" in request.GET,
    }


def _question(
    instrument: Instrument,
    question: Question,
    found: Filled,
    files: Mapping[str, KeptFile],
    language: str,
) -> SafeString:
    code = question.code
    value = found.typed[code] if code in found.typed else found.values.get(code)
    references = value if isinstance(value, list) else []
    return shown(
        instrument,
        question,
        value,
        language=language,
        problem=found.problems.get(code, ""),
        choices=offered(instrument, question, found.values, today=timezone.localdate()),
        files=[files[one] for one in references if one in files],
        described=_both_id(question) if code in found.both else "",
    )


def _both(
    instrument: Instrument, asked: Iterable[Question], found: Filled, language: str
) -> list[Both]:
    return [
        Both(
            one.code,
            _both_id(one),
            name_of(one),
            words(one.labels, language, instrument, one.code),
            worded(instrument, one, found.both[one.code], language=language),
        )
        for one in asked
        if one.code in found.both
    ]


def _both_id(question: Question) -> str:
    return f"{name_of(question)}:both"


def listed(
    instrument: Instrument,
    questions: Iterable[Question],
    problems: Mapping[str, str],
    language: str,
) -> list[Problem]:
    """What is wrong, in the order of the page."""
    return [
        Problem(
            name_of(one),
            _asked(instrument, language).told(problems[one.code]),
            words(one.labels, language, instrument, one.code),
        )
        for one in questions
        if one.code in problems
    ]


def parts(
    visit: Visit,
    way: Course,
    lacking: Mapping[str, str],
    *,
    language: str,
    files: Mapping[str, str],
) -> list[Part]:
    """All that was answered, section by section."""
    instrument = visit.instrument
    told = _asked(instrument, language)
    return [
        Part(
            words(one.section.titles, language, instrument),
            address("section", visit.round.code, visit.secret, one.section.code),
            [
                Reviewed(
                    words(question.labels, language, instrument, question.code),
                    worded(
                        instrument,
                        question,
                        way.values.get(question.code),
                        language=language,
                        files=files,
                    ),
                    told.told(lacking[question.code]) if question.code in lacking else None,
                )
                for question in asked_in(one)
            ],
        )
        for one in way.sections
        if asked_in(one)
    ]


def kept_files(response: Response, visit: Visit) -> list[KeptFile]:
    """The files that were sent; one query."""
    rows = response.attachments.values_list("reference", "name", "size").order_by("name")
    return [
        KeptFile(reference, name, size, address("file", visit.round.code, visit.secret, reference))
        for reference, name, size in rows
    ]
