"""What has become of an answer that was sent: one of the state says so, another validates it.

As with what is sent, nobody validates what they themselves say. Until the second has spoken the
answer stands as it was, in every circle; who would have it out of sight at once keeps it within the
network (`states.set_mark`), which takes nobody else. Whoever may be that second is told by mail.
"""

import datetime
import logging
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.consultations.actions.standing import StateError, kept, record
from contactpoint.consultations.actions.validity import ChangedMeanwhileError, held, waiting_of
from contactpoint.consultations.holding import a_year_after
from contactpoint.consultations.models import (
    Answer,
    ChangeLetter,
    LaterChange,
    Seat,
    Step,
)
from contactpoint.consultations.questions.definition import Value
from contactpoint.kit.outbox import publish

log = logging.getLogger(__name__)
TOPIC: Final = "consultations.later-change"


@transaction.atomic
def change(
    answer: Answer,
    seat: Seat,
    *,
    revision: int,
    value: Value,
    remark: str,
    dissemination: str,
    until: datetime.date | None,
) -> LaterChange:
    """Somebody says what is so now, and who may know it."""
    said = LaterChange(value=value, remark=remark, dissemination=dissemination, valid_until=until)
    return _said(answer, seat, revision, said)


@transaction.atomic
def withdraw(answer: Answer, seat: Seat, *, revision: int) -> LaterChange:
    """Somebody says that the answer should go."""
    return _said(answer, seat, revision, LaterChange(is_withdrawal=True))


def _said(answer: Answer, seat: Seat, revision: int, said: LaterChange) -> LaterChange:
    _ensure_sends(seat)
    row = held(answer, seat, revision)
    waiting = waiting_of(row)
    if waiting is not None and waiting.user_id != seat.user_id:
        raise ChangedMeanwhileError
    LaterChange.objects.filter(answer=row).delete()
    said.answer, said.user, said.said_at = row, seat.user, timezone.now()
    (said.before,) = kept([row])
    said.save()
    record(row.response, Step.Kind.PROPOSED, seat.user, kept_now=[{"question": row.question}])
    _tell(said, seat)
    log.info("A change of answer %s said by user %s.", row.pk, seat.user_id)
    return said


def _tell(said: LaterChange, seat: Seat) -> None:
    """Write to all others of the state who may validate it."""
    others = Seat.objects.filter(country=seat.country_id, sends=True, user__is_active=True)
    for other in others.exclude(user=seat.user_id).order_by("pk"):
        letter = ChangeLetter.objects.create(change=said, seat=other)
        publish(TOPIC, letter=letter.pk)


@transaction.atomic
def validate(answer: Answer, seat: Seat, *, revision: int, said: int) -> LaterChange:
    """Somebody else says so too: it counts from now on. `said` is the key of what they read.

    What stood before is kept for the state alone. Of a withdrawn answer nothing else stays.
    """
    if why := refusal(seat, LaterChange.objects.filter(pk=said).first()):
        raise StateError(why)
    row, waiting = _waiting(answer, seat, revision, said)
    kind = Step.Kind.WITHDREW if waiting.is_withdrawal else Step.Kind.CHANGED
    record(row.response, kind, seat.user, kept_now=kept([row]))
    if waiting.is_withdrawal:
        row.response.attachments.filter(question=row.question).delete()
        row.delete()
    else:
        today = timezone.localdate()
        row.value, row.remark = waiting.value, waiting.remark
        row.dissemination = waiting.dissemination
        row.answered_on, row.confirmed_on = today, None
        row.valid_until = waiting.valid_until or a_year_after(today)
        row.save()
        waiting.delete()
    log.info("A change of answer %s validated by user %s.", answer.pk, seat.user_id)
    return waiting


@transaction.atomic
def decline(answer: Answer, seat: Seat, *, revision: int, said: int) -> None:
    """The answer stays as it is; who said it may take it back too."""
    _ensure_sends(seat)
    row, waiting = _waiting(answer, seat, revision, said)
    waiting.delete()
    record(row.response, Step.Kind.DECLINED, seat.user, kept_now=[{"question": row.question}])


def refusal(seat: Seat, said: LaterChange | None) -> str:
    """Why somebody may not validate it; empty if they may."""
    if not seat.sends:
        return _("Your seat is for writing. Somebody who may send validates it.")
    if said is not None and said.user_id == seat.user_id:
        return _("You asked for it to be validated, so somebody else does that.")
    return ""


def _waiting(answer: Answer, seat: Seat, revision: int, said: int) -> tuple[Answer, LaterChange]:
    row = held(answer, seat, revision)
    found = waiting_of(row)
    if found is None or found.pk != said:
        raise ChangedMeanwhileError
    return row, found


def _ensure_sends(seat: Seat) -> None:
    if not seat.sends:
        raise StateError(_("Your seat is for writing. Somebody who may send validates it."))
