"""When a round may be answered: from its opening to its end, and for who has begun an hour more."""

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from django.utils import timezone

from contactpoint.consultations.models import Response, Round

HOUR_MORE: Final = timedelta(hours=1)
SOON: Final = timedelta(days=1)


class Standing(Enum):
    """How a round stands for respondents."""

    NOT_YET = "not-yet"
    OPEN = "open"
    ENDING = "ending"
    """Who has begun may still send; nobody begins."""
    OVER = "over"


def ended_at(round: Round) -> datetime | None:
    """When it ended or will: by its date, or before that by hand."""
    moments = [moment for moment in (round.closed_at, round.closes_at) if moment is not None]
    return min(moments, default=None)


def last_moment(round: Round) -> datetime | None:
    """Until when somebody who has begun may send."""
    end = ended_at(round)
    return end + HOUR_MORE if end is not None else None


def states_may_send_until(round: Round) -> datetime | None:
    """Until when a state that has begun may send, once the round was closed. The deadline itself
    closes nothing for states: somebody does, or gives them more time."""
    end = round.closed_at or round.closes_at
    is_closed = round.status == Round.Status.CLOSED
    return end + HOUR_MORE if is_closed and end is not None else None


def standing(round: Round, now: datetime | None = None) -> Standing:
    """How it stands now; costs no query."""
    now = now or timezone.now()
    if round.status == Round.Status.DRAFT or (round.opens_at is not None and round.opens_at > now):
        return Standing.NOT_YET
    end = ended_at(round)
    if round.status == Round.Status.OPEN and (end is None or now < end):
        return Standing.OPEN
    if end is not None and end <= now < end + HOUR_MORE:
        return Standing.ENDING
    return Standing.OVER


def ends_soon(round: Round, now: datetime | None = None) -> bool:
    """Whether it ends within a day: who answers should know."""
    end = ended_at(round)
    return end is not None and end - (now or timezone.now()) <= SOON


def is_full(round: Round) -> bool:
    """Whether as many have answered as are taken; one query where there is such a number."""
    if not round.quota:
        return False
    return sent(round) >= round.quota


def sent(round: Round) -> int:
    """How many have answered."""
    return round.responses.filter(status=Response.Status.SENT, is_test=False).count()
