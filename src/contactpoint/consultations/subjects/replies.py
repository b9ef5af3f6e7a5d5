"""What states answered to earlier queries, in short, as a circle may know it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.consultations.forms.concepts import named
from contactpoint.consultations.forms.countries import countries
from contactpoint.consultations.models import Answer
from contactpoint.consultations.questions import Instrument, Kind, Question, said
from contactpoint.consultations.questions.answering import is_empty
from contactpoint.consultations.reaching import Circle, answers
from contactpoint.consultations.subjects.before import Before

_MOST_QUESTIONS: Final = 4
_LONGEST: Final = 280
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Answered:
    """What some states said, with their codes: one line a choice, or one a state."""

    text: str
    states: list[str]
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class AskedThen:
    """An earlier question in the reader's language or another, with its answers."""

    text: str
    language: str
    lines: list[Answered]


def answers_of(found: Sequence[Before], circle: Circle) -> dict[int, list[AskedThen]]:
    """By the key of the round, its questions on the matter with their answers; one query."""
    keys = [one.round.pk for one in found if one.round is not None]
    rows: dict[int, dict[str, list[Answer]]] = {}
    reached = answers(circle).filter(response__round__in=keys).order_by("response__country__code")
    for row in reached.select_related("response__country"):
        of_round = rows.setdefault(row.response.round_id, {})
        of_round.setdefault(row.question, []).append(row)
    told = {}
    for one in found:
        if one.round is not None and one.round.version is not None:
            of_round = rows.get(one.round.pk, {})
            told[one.round.pk] = _told(one.round.version.asked(), one.questions, of_round)
    return told


def _told(
    asked: Instrument, wanted: Iterable[str], rows: Mapping[str, list[Answer]]
) -> list[AskedThen]:
    """The questions on the matter, else the first ones."""
    language = get_language() or "en"
    on_it = {*wanted}
    questions = [one for one in asked.questions() if one.is_asked]
    chosen = [one for one in questions if one.code in on_it] or questions
    told = []
    for question in chosen[:_MOST_QUESTIONS]:
        text = said(question.labels, language)
        lines = _lines(asked, question, rows.get(question.code, []), language)
        told.append(AskedThen(text.text, "" if text.language == language else text.language, lines))
    return told


def _lines(
    asked: Instrument, question: Question, rows: Iterable[Answer], language: str
) -> list[Answered]:
    by_text: dict[tuple[str, bool], list[str]] = {}
    for row in rows:
        text = in_short(asked, question, row.value, language) or row.remark[:_LONGEST]
        country = row.response.country
        if text and country is not None:
            is_restricted = row.dissemination != Answer.Dissemination.WIDE
            by_text.setdefault((text, is_restricted), []).append(country.code)
    return [Answered(text, states, held) for (text, held), states in by_text.items()]


def in_full(asked: Instrument, question: Question, value: Any, language: str) -> str:
    """An answer in the words of its choices; a text as it was written, with its markup if any."""
    if question.kind is Kind.FILE:
        return _("a file") if value else ""
    if is_empty(value):
        return ""
    if question.kind is Kind.COUNTRY:
        return countries(language).get(str(value), str(value))
    if question.kind is Kind.CONCEPT:
        return named(str(value), language)
    names = {one.code: said(one.labels, language).text for one in asked.choices_of(question)}
    if isinstance(value, dict):
        rows = {one.code: said(one.labels, language).text for one in question.rows}
        pairs = (f"{rows.get(row, row)}: {names.get(to, to)}" for row, to in value.items())
        return "; ".join(pairs)
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(str(names.get(one, one)) for one in chosen)


def in_short(asked: Instrument, question: Question, value: Any, language: str) -> str:
    """An answer on a line."""
    text = in_full(asked, question, value, language)
    if question.kind is Kind.RICH_TEXT:
        text = unescape(_TAG.sub(" ", text))
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"
