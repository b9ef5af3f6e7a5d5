"""Asks the people of a state once a year whether its answers still hold, and takes their word.

An answer is asked about from a month before the end of its validity on, whatever became of it: a
state that says nothing is asked again a year later. Of a state that nobody answers for nothing is
asked, and nothing is noted as asked.
"""

import datetime
import logging
from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contactpoint.consultations.holding import a_year_after, end_of
from contactpoint.consultations.models import (
    Answer,
    Response,
    Round,
    Seat,
    ValidityLetter,
    ValidityRequest,
)
from contactpoint.consultations.questions.definition import Value
from contactpoint.consultations.reaching import Circle, answers
from contactpoint.kit.outbox import publish
from contactpoint.network.models import Country

log = logging.getLogger(__name__)

BEFORE: Final = datetime.timedelta(days=30)
"""So long before the end of its validity an answer is asked about."""


class ChangedMeanwhileError(Exception):
    """Somebody else has answered for the state since the page was opened."""


def due(country: Country, today: datetime.date) -> list[Answer]:
    """Answers of a state whose validity ends within a month, or has ended, the oldest first."""
    limit = today + BEFORE
    a_year_ago = a_year_after(limit, -1)
    rows = answers(Circle.NETWORK).filter(
        Q(valid_until__lte=limit)
        | Q(valid_until=None, answered_on__lte=a_year_ago)
        & (Q(confirmed_on=None) | Q(confirmed_on__lte=a_year_ago)),
        response__country=country,
        response__round__status=Round.Status.CLOSED,
    )
    rows = rows.select_related("response__round__version").order_by("response__round", "pk")
    return [row for row in rows if end_of(row) <= limit]


def ask_states() -> int:
    """Ask all states about what is due and was not asked about this year; returns 0, since nothing
    is deleted."""
    today = timezone.localdate()
    for pk in Seat.objects.order_by().values_list("country", flat=True).distinct():
        ask_state(pk, today)
    return 0


@transaction.atomic
def ask_state(country: int, today: datetime.date) -> int:
    """Ask the people of one state; returns about how many answers. Whoever comes second waits for
    the row of the state, and finds nothing left to ask."""
    state = Country.objects.select_for_update().get(pk=country)
    asked = ValidityRequest.objects.filter(answer__response__country=state)
    recent = set(
        asked.filter(asked_on__gt=a_year_after(today, -1)).values_list("answer", flat=True)
    )
    new = [row for row in due(state, today) if row.pk not in recent]
    if not new:
        return 0
    ValidityRequest.objects.bulk_create(
        ValidityRequest(answer=row, due_on=_anniversary(end_of(row), today), asked_on=today)
        for row in new
    )
    for seat in Seat.objects.filter(country=state, user__is_active=True).order_by("pk"):
        letter = ValidityLetter.objects.create(seat=seat, made_on=today)
        publish("consultations.validity", letter=letter.pk)
    return len(new)


def _anniversary(end: datetime.date, today: datetime.date) -> datetime.date:
    """The last time that its validity ended, or will have within a month."""
    years = max((today + BEFORE).year - end.year, 0)
    day = a_year_after(end, years)
    return day if day <= today + BEFORE else a_year_after(end, max(years - 1, 0))


def confirm(answer: Answer, seat: Seat, *, revision: int, until: datetime.date | None) -> None:
    """The state says that it is still so; `until` when, else for another year."""
    with transaction.atomic():
        row = _held(answer, seat, revision)
        today = timezone.localdate()
        row.valid_until = until or a_year_after(max(end_of(row), today))
        row.confirmed_on = today
        row.save(update_fields=["valid_until", "confirmed_on"])
    log.info("Answer %s confirmed by user %s.", row.pk, seat.user_id)


def change(
    answer: Answer,
    seat: Seat,
    *,
    revision: int,
    value: Value,
    remark: str,
    dissemination: str,
    until: datetime.date | None,
) -> None:
    """The state says what is so now, and who may know it."""
    with transaction.atomic():
        row = _held(answer, seat, revision)
        today = timezone.localdate()
        row.value, row.remark, row.dissemination = value, remark, dissemination
        row.answered_on, row.confirmed_on = today, None
        row.valid_until = until or a_year_after(today)
        row.save()
    log.info("Answer %s changed by user %s.", row.pk, seat.user_id)


def withdraw(answer: Answer, seat: Seat, *, revision: int) -> None:
    """The answer goes, with its files; nothing of it stays."""
    with transaction.atomic():
        row = _held(answer, seat, revision)
        pk = row.pk
        row.response.attachments.filter(question=row.question).delete()
        row.delete()
    log.info("Answer %s withdrawn by user %s.", pk, seat.user_id)


def _held(answer: Answer, seat: Seat, revision: int) -> Answer:
    """The answer, locked, if nobody else wrote it since; it counts as written now."""
    row = (
        Answer.objects.select_for_update(of=("self",))
        .select_related("response")
        .filter(pk=answer.pk, response__country=seat.country_id)
        .first()
    )
    wrote = row is not None and Response.objects.filter(
        pk=row.response_id, revision=revision
    ).update(revision=revision + 1)
    if row is None or not wrote:
        raise ChangedMeanwhileError
    return row


def seats_of(user: Any) -> Iterable[Seat]:
    """For which states somebody answers."""
    return Seat.objects.filter(user=user).select_related("country").order_by("country__code")
