"""Tells the people of states by mail: that something is asked, that the deadline is near, that it
was moved. Each is written once, with what it tells of; `room.notices` sends it.

Whoever gets a seat while a round is open is told of it within the hour.
"""

import datetime
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.consultations.actions.drafting import end_of
from contactpoint.consultations.actions.standing import StateError
from contactpoint.consultations.models import Response, Round, Seat, StateAsked, StateNotice
from contactpoint.consultations.timing import Standing, standing
from contactpoint.kit import outbox

REMIND_BEFORE: Final = timedelta(days=3)
TOPIC: Final = "consultation.state-notice"
Kind = StateNotice.Kind


@transaction.atomic
def tell(held: Round, kind: str) -> int:
    """Write to everybody with a seat for a state that is asked, who has not been told of this;
    who has sent is not reminded. Returns how many mails were written."""
    held = Round.objects.select_for_update().get(pk=held.pk)
    is_open = held.status == Round.Status.OPEN and standing(held) is not Standing.NOT_YET
    if not is_open or not held.is_of_states:
        return 0
    day = timezone.localdate(held.closes_at) if held.closes_at else None
    asked = held.states.all()
    if kind == Kind.REMINDER:
        asked = asked.exclude(country__in=_sent(held))
    told = StateNotice.objects.filter(round=held, kind=kind)
    if kind != Kind.OPENED:
        told = told.filter(day=day)
    known = set(told.values_list("country", "user"))
    seats = Seat.objects.filter(country__in=asked.values("country"), user__is_active=True)
    made = StateNotice.objects.bulk_create(
        StateNotice(round=held, country_id=country, user_id=user, kind=kind, day=day)
        for country, user in seats.order_by("pk").values_list("country", "user")
        if (country, user) not in known
    )
    for notice in made:
        outbox.publish(TOPIC, notice=notice.pk)
    if kind == Kind.REMINDER and made:
        asked.update(reminded_at=timezone.now())
    return len(made)


def _sent(held: Round) -> Any:
    """The keys of the states that have sent."""
    rows = Response.objects.filter(round=held, status=Response.Status.SENT, is_test=False)
    return rows.values("country")


@transaction.atomic
def extend(held: Round, day: datetime.date, reason: str = "") -> Round:
    """A later deadline for what is open, told to all who have been asked."""
    held = Round.objects.select_for_update().get(pk=held.pk)
    if held.status != Round.Status.OPEN or not held.is_of_states:
        raise StateError(_("Only what is open can be extended."))
    old = timezone.localdate(held.closes_at) if held.closes_at else None
    if day < timezone.localdate() or (old is not None and day <= old):
        raise StateError(_("The new deadline has to be later than the old one, and to come."))
    held.closes_at = end_of(day)
    held.deadline_reason = reason or held.deadline_reason
    held.save(update_fields=["closes_at", "deadline_reason"])
    tell(held, Kind.EXTENDED)
    return held


def tell_all() -> int:
    """Every hour: who has not heard yet of what is open, and whose deadline is near. Returns 0,
    since nothing is deleted."""
    now = timezone.now()
    asked = StateAsked.objects.values("round")
    for held in Round.objects.filter(pk__in=asked, status=Round.Status.OPEN):
        tell(held, Kind.OPENED)
        if held.closes_at and held.closes_at - REMIND_BEFORE <= now < held.closes_at:
            tell(held, Kind.REMINDER)
    return 0
