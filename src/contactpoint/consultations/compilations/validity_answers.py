"""One answer of a state, and who of that state looks at it."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from contactpoint.consultations.actions import validity
from contactpoint.consultations.compilations.compilation import Compilation, Given
from contactpoint.consultations.compilations.compilation import Question as ShownQuestion
from contactpoint.consultations.compilations.gathering import compiled
from contactpoint.consultations.models import Answer, Seat
from contactpoint.consultations.questions import Instrument, Kind, Question
from contactpoint.consultations.reaching import Circle, answers
from contactpoint.kit.labels import FALLBACK_LANGUAGE

NOT_HERE: Final = frozenset({Kind.FILE, Kind.RICH_TEXT})
"""Kinds that are not written anew on this page."""


@dataclass(frozen=True, slots=True)
class OneAnswer:
    """One answer, and who of its state looks at it."""

    row: Answer
    seat: Seat
    instrument: Instrument
    question: Question
    compilation: Compilation
    given: Given
    asked: ShownQuestion

    @property
    def can_change(self) -> bool:
        """Whether its kind is written anew on this page."""
        return self.question.kind not in NOT_HERE


def one_answer(request: HttpRequest, pk: int) -> OneAnswer:
    """`Http404` for an answer of another state."""
    row = (
        answers(Circle.NETWORK)
        .filter(pk=pk)
        .select_related("response__country", "response__round__version",
                        "response__round__instrument")
        .first()
    )  # fmt: skip
    seat = _seat(request, row) if row else None
    if row is None or seat is None or row.response.round.version is None:
        raise Http404
    instrument = row.response.round.version.asked()
    question = instrument.question(row.question)
    compilation = compiled(row.response.round, Circle.NETWORK, get_language() or FALLBACK_LANGUAGE)
    found = found_in(compilation, seat, row)
    if question is None or found is None:
        raise Http404
    return OneAnswer(row, seat, instrument, question, compilation, *found)


def _seat(request: HttpRequest, row: Answer) -> Seat | None:
    return next(
        (one for one in validity.seats_of(request.user)
         if one.country_id == row.response.country_id),
        None,
    )  # fmt: skip


def found_in(
    compilation: Compilation, seat: Seat, row: Answer
) -> tuple[Given, ShownQuestion] | None:
    given = compilation.given.get((seat.country.code, row.question))
    question = next((one for one in compilation.questions if one.code == row.question), None)
    return (given, question) if given and question else None
