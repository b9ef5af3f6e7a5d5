"""A survey that is over and public, with small numbers in it."""

import datetime
from dataclasses import replace
from typing import Any

from consulting import housing, made_instrument, made_round, respond
from django.utils import timezone

from contactpoint.consultations.models import Round
from contactpoint.consultations.questions import Choice, Kind, Question, Section

SECRET = "My landlord in Bullingen wants integration"
SIZES = (Choice("small", {"en": "Small"}), Choice("large", {"en": "Large", "nl": "Groot"}))


def make_survey(code: str = "housing", **fields: Any) -> Round:
    """Of twenty small ones three say no, of twenty-one large ones nine; one of them writes."""
    asked = housing(code)
    size = Question("size", Kind.ONE, {"en": "How large?"}, required="true()", choices="size")
    words = Question("words", Kind.LONG_TEXT, {"en": "What else?"})
    first = asked.sections[0]
    about = Section("about", {"en": "You"}, questions=(size, words))
    asked = replace(
        asked,
        sections=(about, first, *asked.sections[1:]),
        choice_sets={**asked.choice_sets, "size": SIZES},
    )
    instrument = made_instrument(asked)
    ended = timezone.now() - datetime.timedelta(days=3)
    values = {
        "code": code,
        "labels": {"en": "A survey of housing"},
        "status": Round.Status.CLOSED,
        "closed_at": ended,
        "published_at": ended,
        "background": "size",
        "invited": 80,
        "wave_names": {"en": "2019"},
    }
    survey = made_round(instrument, **{**values, **fields})
    for at in range(20):
        respond(
            survey, {"size": "small", "feasible": "no" if at < 3 else "yes", "months": at % 3 + 2}
        )
        respond(
            survey, {"size": "large", "feasible": "no" if at < 9 else "yes", "months": at % 3 + 2}
        )
    respond(survey, {"size": "large", "feasible": "yes", "months": 3, "words": SECRET})
    return survey
