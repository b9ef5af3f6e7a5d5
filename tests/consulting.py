"""Makes consultations for tests: an instrument with every kind that can be counted, rounds of it,
and what respondents and states answer."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from contactpoint.consultations.models import (
    Answer,
    Instrument,
    Response,
    Round,
    StateAsked,
    Version,
)
from contactpoint.consultations.questions import (
    Choice,
    Kind,
    Question,
    Section,
    carried,
)
from contactpoint.consultations.questions import Instrument as Asked
from contactpoint.network.models import Country

DAY = datetime.date(2019, 5, 20)
YES_NO = (
    Choice("yes", {"en": "Yes", "fr": "Oui", "nl": "Ja", "de": "Ja"}),
    Choice("no", {"en": "No", "fr": "Non", "nl": "Nee", "de": "Nein"}),
)
PLACES = (
    Choice("flat", {"en": "A flat", "nl": "Een appartement"}),
    Choice("room", {"en": "A room", "nl": "Een kamer"}),
    Choice("none", {"en": "Nothing", "nl": "Niets"}),
)


def housing(code: str = "housing") -> Asked:
    """Two sections; the second is asked only of who searches, and its text of who found none."""
    return Asked(
        code=code,
        languages=("en", "nl"),
        titles={"en": "Housing", "nl": "Huisvesting"},
        sections=(
            Section(
                "search",
                {"en": "The search", "nl": "De zoektocht"},
                questions=(
                    Question(
                        "feasible",
                        Kind.ONE,
                        {"en": "Are two months enough?", "nl": "Volstaan twee maanden?"},
                        required="true()",
                        choices="yes_no",
                    ),
                    Question("months", Kind.INTEGER, {"en": "How many months?"}),
                ),
            ),
            Section(
                "found",
                {"en": "What was found", "nl": "Wat gevonden werd"},
                relevant="${feasible} = 'no'",
                questions=(
                    Question("places", Kind.MANY, {"en": "What was found?"}, choices="places"),
                    Question(
                        "why",
                        Kind.LONG_TEXT,
                        {"en": "Why?", "nl": "Waarom?"},
                        relevant="selected(${places}, 'none')",
                    ),
                ),
            ),
        ),
        choice_sets={"yes_no": YES_NO, "places": PLACES},
    )


def made_instrument(
    asked: Asked | None = None, kind: str = Instrument.Kind.SURVEY, **fields: Any
) -> Instrument:
    """An instrument with one version."""
    asked = asked or housing()
    instrument = Instrument.objects.create(
        code=asked.code.replace("_", "-"), kind=kind, labels=dict(asked.titles), **fields
    )
    Version.objects.create(instrument=instrument, number=1, definition=carried(asked))
    return instrument


def made_round(instrument: Instrument | None = None, **fields: Any) -> Round:
    """An open round of the newest version, for whoever has the link."""
    instrument = instrument or made_instrument()
    version = instrument.versions.latest("number")
    if not version.is_frozen:
        version.is_frozen = True
        version.save()
    values = {
        "labels": dict(instrument.labels),
        "code": f"{instrument.code}-{instrument.rounds.count() + 1}",
        "access": Round.Access.OPEN,
        "status": Round.Status.OPEN,
        "opens_at": timezone.now() - datetime.timedelta(days=1),
        "closes_at": timezone.now() + datetime.timedelta(days=14),
    }
    return Round.objects.create(instrument=instrument, version=version, **{**values, **fields})


def made_query(**fields: Any) -> Round:
    """A query of states that is closed and public."""
    asked = fields.pop("asked", None)
    instrument = made_instrument(asked, kind=Instrument.Kind.QUERY)
    values = {
        "access": Round.Access.STATES,
        "status": Round.Status.CLOSED,
        "published_at": timezone.now() - datetime.timedelta(hours=1),
    }
    return made_round(instrument, **{**values, **fields})


def country(code: str = "BE", status: str = Country.Status.MEMBER) -> Country:
    """A state of the network."""
    found, _made = Country.objects.get_or_create(
        code=code, defaults={"labels": {"en": code}, "emn_status": status}
    )
    return found


def respond(round: Round, answers: Mapping[str, Any], **fields: Any) -> Response:
    """What a respondent sent."""
    values = {"status": Response.Status.SENT, "begun_on": DAY, "sent_on": DAY, "language": "en"}
    response = Response.objects.create(round=round, version=round.version, **{**values, **fields})
    Answer.objects.bulk_create(
        Answer(response=response, question=code, value=value, answered_on=DAY)
        for code, value in answers.items()
    )
    return response


def state_answers(
    round: Round,
    code: str,
    answers: Mapping[str, Any],
    dissemination: str = Answer.Dissemination.WIDE,
    **fields: Any,
) -> Response:
    """What a state sent, each answer with that mark."""
    state = country(code)
    StateAsked.objects.get_or_create(round=round, country=state)
    response = respond(round, answers, country=state, **fields)
    response.answers.update(dissemination=dissemination)
    return response
