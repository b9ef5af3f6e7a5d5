"""Who may see which answer of a state: the only way to them.

Everything that shows, counts, indexes, exports or mails an answer of a state takes it from here, so
that a mark is obeyed everywhere or nowhere. A test holds that nothing else reads `Answer`.

Three circles: the public, the network (who answers for any state, and the editors), and the state
itself, which alone sees what it has not sent yet. What is written for the public before a round is
published sees what the public will.
"""

from datetime import datetime
from enum import Enum
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from contactpoint.consultations.models import (
    Answer,
    Attachment,
    Instrument,
    Response,
    Round,
    Seat,
)
from contactpoint.consultations.timing import Standing, standing

MANAGES: Final = "consultations.change_round"


class Circle(Enum):
    """Who asks."""

    PUBLIC = "public"
    COMING = "coming"
    """The public as it will be once a round is published: for what is prepared. Nobody is in it."""
    NETWORK = "network"


def circle_of(user: Any) -> Circle:
    """To which circle somebody belongs; one query for who is signed in."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Circle.PUBLIC
    if user.has_perm(MANAGES) or Seat.objects.filter(user=user).exists():
        return Circle.NETWORK
    return Circle.PUBLIC


def rounds(circle: Circle, now: datetime | None = None) -> "QuerySet[Round]":
    """The queries and studies whose answers a circle may see at all; `now` only where a query is
    built once and filled in later."""
    found = Round.objects.filter(access=Round.Access.STATES).exclude(status=Round.Status.DRAFT)
    if circle is not Circle.NETWORK:
        found = found.filter(is_listed=True)
    if circle is Circle.PUBLIC:
        found = found.filter(published_at__lte=now or timezone.now())
    return found


def responses(circle: Circle) -> "QuerySet[Response]":
    """What states have sent. That a state answered at all is known to the public of what is
    published, and only where one of its answers may be."""
    found = Response.objects.filter(
        round__in=rounds(circle), status=Response.Status.SENT, is_test=False, country__isnull=False
    )
    if circle is not Circle.NETWORK:
        found = found.filter(pk__in=answers(circle).values("response"))
    return found


def answers(circle: Circle) -> "QuerySet[Answer]":
    """What states have sent, as far as the circle may know it."""
    found = Answer.objects.filter(
        response__round__in=rounds(circle),
        response__status=Response.Status.SENT,
        response__is_test=False,
        response__country__isnull=False,
    )
    if circle is not Circle.NETWORK:
        found = found.filter(dissemination=Answer.Dissemination.WIDE)
    return found


def attachments(circle: Circle) -> "QuerySet[Attachment]":
    """Files that belong to an answer which the circle may know."""
    there = answers(circle).filter(response=OuterRef("response"), question=OuterRef("question"))
    return Attachment.objects.filter(Exists(there))


def of_survey(round: Round) -> "QuerySet[Response]":
    """What respondents have sent to a survey: to be counted, never shown one by one in public."""
    return Response.objects.filter(
        Q(round=round, status=Response.Status.SENT, is_test=False)
        & ~Q(round__access=Round.Access.STATES)
    )


def answers_of_survey(round: Round) -> "QuerySet[Answer]":
    """What they said, for whoever counts it or may read every answer."""
    return Answer.objects.filter(response__in=of_survey(round))


def surveys_told_of(now: datetime | None = None) -> "QuerySet[Round]":
    """The surveys that anybody may know of: listed, and opened at some time."""
    found = Round.objects.filter(is_listed=True).exclude(access=Round.Access.STATES)
    return found.exclude(status=Round.Status.DRAFT).filter(opens_at__lte=now or timezone.now())


def results_are_public(round: Round) -> bool:
    """Whether the tables of a survey may be shown to everybody: published, and nobody answers any
    more, so that nobody can take the tables of one day from those of the next."""
    published = round.published_at is not None and round.published_at <= timezone.now()
    is_told_of = round.is_listed and round.access != Round.Access.STATES
    return published and is_told_of and standing(round) is Standing.OVER


def is_survey(round: Round) -> bool:
    """Whether respondents answer it, not states."""
    return round.instrument.kind == Instrument.Kind.SURVEY
