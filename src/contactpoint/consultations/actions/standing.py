"""Who may do what with the answer of a state now, and what it still lacks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Answer, Response, Round, Seat, Step
from contactpoint.consultations.questions.answering import is_empty
from contactpoint.consultations.questions.checking_answers import amiss
from contactpoint.consultations.questions.walking import course
from contactpoint.consultations.timing import HOUR_MORE
from contactpoint.network.models import Country


class StateError(ValueError):
    """It can't be done now; the message says why and what to do."""


def seat(user: Any, country: Country | int) -> Seat:
    """The seat of somebody for a state; `PermissionDenied` without."""
    key = country if isinstance(country, int) else country.pk
    found = Seat.objects.filter(user=user.pk, country=key).first() if user.pk else None
    if found is None or not user.is_active:
        raise PermissionDenied
    return found


def may_write(response: Response) -> bool:
    """Whether its round still takes what is written: while it is open, in the hour after, and
    always to correct what was sent before."""
    held = response.round
    if held.status == Round.Status.OPEN:
        return True
    closed = held.closed_at or held.closes_at
    in_time = closed is not None and timezone.now() < closed + HOUR_MORE
    return held.status == Round.Status.CLOSED and (in_time or response.sent_on is not None)


def ensure_writable(response: Response) -> None:
    if response.status == Response.Status.CHECKING:
        raise StateError(_("It waits for validation. Have it given back to write in it."))
    if response.status == Response.Status.SENT:
        raise StateError(_("It is sent. Reopen it to correct it."))
    if not may_write(response):
        raise StateError(_("This is closed: nothing more can be sent."))


def locked(response: Response) -> Response:
    """Its row, held until the transaction ends."""
    rows = Response.objects.select_for_update(of=("self",)).select_related("round", "version")
    return rows.get(pk=response.pk, country__isnull=False, is_test=False)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What keeps an answer from being sent: `what` is `answer` or `mark`."""

    question: str
    section: str
    what: str
    message: str
    number: int


def unfinished(response: Response, answers: Iterable[Answer] | None = None) -> list[Unfinished]:
    """All that is still to be done before it can be sent, in the order of the questions."""
    asked = response.version.asked()
    rows = {one.question: one for one in (answers or response.answers.all())}
    values = {code: row.value for code, row in rows.items() if not is_empty(row.value)}
    today = timezone.localdate()
    lacking = amiss(asked, values, today=today, language=get_language() or "en")
    found, number = [], 0
    for shown in course(asked, values, today=today).sections:
        for question in shown.questions:
            number += question.is_asked
            code, section = question.code, shown.section.code
            if code in lacking:
                found.append(Unfinished(code, section, "answer", lacking[code], number))
            elif code in rows and not rows[code].dissemination:
                message = _("Say whether this answer may be disseminated more widely.")
                found.append(Unfinished(code, section, "mark", message, number))
    return found


def who_wrote(response: Response) -> set[int]:
    """The keys of those who wrote any of it since it was last sent."""
    last = response.steps.filter(kind=Step.Kind.SENT).order_by("-pk").values("pk")[:1]
    rows = response.steps.filter(kind=Step.Kind.WROTE)
    if last:
        rows = rows.filter(pk__gt=last[0]["pk"])
    return {key for key in rows.values_list("user", flat=True) if key is not None}


def refusal(response: Response, user: Any) -> str:
    """Why somebody may not validate it; empty if they may.

    Never who asked for it. Who wrote some of it may only where nobody is there who wrote none.
    """
    own = Seat.objects.filter(user=user.pk, country=response.country_id, sends=True)
    if not own.exists():
        return _("Your seat is for writing. Somebody who may send validates it.")
    if response.written_by_id == user.pk:
        return _("You asked for it to be validated, so somebody else does that.")
    writers = who_wrote(response)
    if user.pk not in writers:
        return ""
    others = Seat.objects.filter(country=response.country_id, sends=True, user__is_active=True)
    if others.exclude(user__in=[*writers, response.written_by_id or 0]).exists():
        return _("You wrote part of it, and somebody is there who wrote none: they validate it.")
    return ""


def kept(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """Answers as they are now, for the state's own record of what it sent."""
    return [
        {
            "question": one.question,
            "value": one.value,
            "mark": one.dissemination,
            "remark": one.remark,
            "sources": one.sources,
        }
        for one in answers
    ]


def record(
    response: Response,
    kind: Step.Kind,
    user: Any,
    note: str = "",
    kept_now: Any = None,
) -> None:
    Step.objects.create(
        response=response, kind=kind, user=user, at=timezone.now(), note=note, kept=kept_now
    )
