"""Asks the people of a state once a year whether its answers still hold, and takes their word that
they do. That something has changed is said in `later_changes`.

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

from contactpoint.consultations.actions.standing import kept, record
from contactpoint.consultations.holding import a_year_after, end_of
from contactpoint.consultations.models import (
    Answer,
    LaterChange,
    Response,
    Round,
    Seat,
    Step,
    ValidityLetter,
    ValidityRequest,
)
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


def waiting_of(answer: Answer) -> LaterChange | None:
    """What one of the state says has become of an answer, where another has still to say so. What
    was said of an answer that is another since then waits for nobody."""
    return waiting_among([answer]).get(answer.pk)


def waiting_among(rows: Iterable[Answer]) -> dict[int, LaterChange]:
    """The same of several answers, by their keys. One query."""
    now = {row.pk: row for row in rows}
    found = LaterChange.objects.select_related("user").filter(answer__in=now)
    return {one.answer_id: one for one in found if _is_of(one, now[one.answer_id])}


def _is_of(said: LaterChange, answer: Answer) -> bool:
    """Whether the answer is the one of which it was said; its mark may be narrower by now."""
    (now,) = kept([answer])
    return {**now, "mark": ""} == {**said.before, "mark": ""}


def confirm(answer: Answer, seat: Seat, *, revision: int, until: datetime.date | None) -> None:
    """The state says that it is still so; `until` when, else for another year."""
    with transaction.atomic():
        row = held(answer, seat, revision)
        if waiting_of(row) is not None:
            raise ChangedMeanwhileError
        record(row.response, Step.Kind.VALID, seat.user, kept_now=kept([row]))
        _hold_on(row, timezone.localdate(), until)
    log.info("Answer %s confirmed by user %s.", row.pk, seat.user_id)


def confirm_all(response: Response, seat: Seat, *, revision: int) -> int:
    """The state says so of all that is due in a response, but for what is said to be otherwise
    already; returns of how many answers."""
    with transaction.atomic():
        if not _wrote(response.pk, seat, revision):
            raise ChangedMeanwhileError
        today = timezone.localdate()
        rows = [row for row in due(seat.country, today) if row.response_id == response.pk]
        waiting = waiting_among(rows)
        rows = [row for row in rows if row.pk not in waiting]
        if rows:
            record(rows[0].response, Step.Kind.VALID, seat.user, kept_now=kept(rows))
        for row in rows:
            _hold_on(row, today, None)
    log.info("%s answers of response %s confirmed by user %s.", len(rows), response.pk,
             seat.user_id)  # fmt: skip
    return len(rows)


def _hold_on(row: Answer, today: datetime.date, until: datetime.date | None) -> None:
    row.valid_until = until or a_year_after(max(end_of(row), today))
    row.confirmed_on = today
    row.save(update_fields=["valid_until", "confirmed_on"])


def held(answer: Answer, seat: Seat, revision: int) -> Answer:
    """The answer, locked, if nobody else wrote it since; it counts as written now."""
    row = (
        Answer.objects.select_for_update(of=("self",))
        .select_related("response")
        .filter(pk=answer.pk, response__country=seat.country_id)
        .filter(response__status=Response.Status.SENT)
        .first()
    )
    if row is None or not _wrote(row.response_id, seat, revision):
        raise ChangedMeanwhileError
    return row


def _wrote(response: int, seat: Seat, revision: int) -> bool:
    """Whether nobody else wrote the response since; it counts as written now."""
    own = Response.objects.filter(pk=response, country=seat.country_id, revision=revision)
    return bool(own.update(revision=revision + 1))


def seats_of(user: Any) -> Iterable[Seat]:
    """For which states somebody answers."""
    return Seat.objects.filter(user=user).select_related("country").order_by("country__code")
