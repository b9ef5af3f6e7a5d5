"""The answers of a survey as a sheet to be counted, and its tables, kept while nothing changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db.models import Count, Max, Sum

from contactpoint.consultations.frozen import asked
from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Instrument
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.questions.walking import course
from contactpoint.consultations.reaching import answers_of_survey, of_survey
from contactpoint.consultations.tables.publishing import published
from contactpoint.consultations.tables.sheets import WORDS, Respondent, Sheet, sheet
from contactpoint.consultations.tables.tallies import Tables
from contactpoint.glossary.terms import vocabulary

LONGEST: Final = 20_000
"""So much of one answer is looked through for concepts."""
State = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A round as it was at one time: what was asked, of whom, and what they said."""

    state: State
    instrument: Instrument
    sheet: Sheet
    languages: tuple[str, ...]
    """Of each respondent, in the order of the sheet."""


def instrument_of(round: Round) -> Instrument | None:
    """What is asked; None of a round that has no version yet."""
    return asked(round.version) if round.version is not None else None


def state_of(round: Round) -> State:
    """What changes whenever a response that counts does; one query."""
    found = of_survey(round).aggregate(
        number=Count("pk"), newest=Max("pk"), revisions=Sum("revision")
    )
    return (
        found["number"],
        found["newest"] or 0,
        found["revisions"] or 0,
        # By its moment as well: a database that was put back gives keys again.
        f"{round.background} {round.least_shown} {round.version_id} {round.created_at}",
    )


def gathered(round: Round) -> Gathered | None:
    """All responses that were sent; None where nothing was ever asked."""
    if round.version is None:
        return None
    return _gathered(round.pk, state_of(round))


def public_tables(round: Round) -> Tables | None:
    """What of them everybody may have."""
    if round.version is None:
        return None
    return _published(round.pk, state_of(round))


@lru_cache(maxsize=16)
def _gathered(pk: int, state: State) -> Gathered | None:
    round = Round.objects.select_related("version").get(pk=pk)
    instrument = instrument_of(round)
    if instrument is None:
        return None
    rows = list(
        of_survey(round).order_by("pk").values_list("pk", "language", "sent_on", "begun_on")
    )
    said: dict[int, dict[str, Value]] = {key: {} for key, *_rest in rows}
    values = answers_of_survey(round).values_list("response", "question", "value")
    for key, question, value in values:
        if key in said:
            said[key][question] = value
    people = []
    for key, language, sent_on, begun_on in rows:
        way = course(instrument, said[key], today=sent_on or begun_on)
        put = frozenset(one.code for one in way.questions() if one.is_asked)
        people.append(Respondent(way.values, put, _concepts(instrument, way.values, language)))
    return Gathered(state, instrument, sheet(instrument, people), tuple(row[1] for row in rows))


@lru_cache(maxsize=64)
def _published(pk: int, state: State) -> Tables | None:
    found = _gathered(pk, state)
    if found is None:
        return None
    round = Round.objects.get(pk=pk)
    return published(found.sheet, round.least_shown, background=round.background)


def _concepts(
    instrument: Instrument, values: Mapping[str, Value], language: str
) -> dict[str, frozenset[str]]:
    """Question → concepts of the glossary that its words speak of."""
    found = {}
    for question in instrument.questions():
        text = values.get(question.code)
        if question.kind in WORDS and isinstance(text, str) and text:
            met = vocabulary().annotate(text[:LONGEST], language or None, schemes=["glossary"])
            found[question.code] = frozenset(one.concept for one in met)
    return found
