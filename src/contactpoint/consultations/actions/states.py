"""What the people of a state do with its answer: begin, have it validated, send, correct.

One of them asks for validation, another gives it; between the two nothing is written. What is sent
has a mark on each answer. Every function takes who does it and refuses whoever has no seat. What is
written in the sections stands in `writing`.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from contactpoint.consultations.actions.standing import (
    StateError,
    ensure_writable,
    kept,
    locked,
    may_write,
    record,
    refusal,
    seat,
    unfinished,
)
from contactpoint.consultations.actions.writing import hold, let_go, save
from contactpoint.consultations.models import Answer, Response, Round, Seat, StateAsked, Step
from contactpoint.consultations.questions.answering import is_empty
from contactpoint.consultations.questions.walking import course
from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.consultations.signals import answers_changed
from contactpoint.consultations.timing import Standing, standing
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.network.models import Country

__all__ = [
    "ask_validation",
    "begin",
    "give_back",
    "hold",
    "let_go",
    "may_say_language",
    "reopen",
    "save",
    "say_language",
    "send",
    "set_mark",
]


@transaction.atomic
def begin(held: Round, country: Country, user: Any) -> Response:
    """The answer of a state, begun if it was not; `StateError` where nothing is asked of it."""
    seat(user, country)
    found = Response.objects.filter(round=held, country=country, is_test=False).first()
    if found is not None:
        return found
    is_open = held.status == Round.Status.OPEN and standing(held) is not Standing.NOT_YET
    if not is_open or not held.is_of_states or held.version is None:
        raise StateError(_("This is not open, so nothing can be answered."))
    if not StateAsked.objects.filter(round=held, country=country).exists():
        raise StateError(_("This state is not asked."))
    now = timezone.now()
    made, is_new = Response.objects.get_or_create(
        round=held,
        country=country,
        is_test=False,
        defaults={
            "version": held.version,
            "begun_at": now,
            "begun_on": timezone.localdate(now),
            "language": _usual_language(country),
        },
    )
    if is_new:
        record(made, Step.Kind.BEGUN, user)
    return made


def _usual_language(country: Country) -> str:
    """That of its last answer, else that in which somebody of it reads the portal."""
    own = Response.objects.filter(country=country, is_test=False).exclude(language="")
    last = own.order_by("-begun_on", "-pk").values_list("language", flat=True).first()
    return last or get_language() or FALLBACK_LANGUAGE


def may_say_language(response: Response, own: Seat) -> bool:
    """While it is written whoever writes; of what was sent who may send; never in between."""
    if response.status == Response.Status.SENT:
        return own.sends
    return response.status == Response.Status.BEGUN and may_write(response)


@transaction.atomic
def say_language(response: Response, language: str, user: Any) -> None:
    """In which language the state writes: readers, files and programs are told it of its words."""
    response = locked(response)
    own = seat(user, response.country_id or 0)
    if language not in LANGUAGES:
        raise StateError(_("Choose a language."))
    if response.status == Response.Status.SENT and not own.sends:
        raise StateError(_("Your seat is for writing. Somebody who may send changes this."))
    if response.status != Response.Status.SENT:
        ensure_writable(response)
    if language == response.language:
        return
    change = {"from": response.language, "to": language}
    response.language = language
    response.save(update_fields=["language"])
    if response.status == Response.Status.SENT:
        record(response, Step.Kind.LANGUAGE, user, kept_now=change)
        answers_changed.send(sender=Round, round=response.round_id)


@transaction.atomic
def ask_validation(response: Response, user: Any) -> None:
    """Have it looked at by somebody else; nothing is written in it meanwhile."""
    response = locked(response)
    seat(user, response.country_id or 0)
    ensure_writable(response)
    _ensure_whole(response)
    now = timezone.now()
    response.status, response.written_by = Response.Status.CHECKING, user
    response.save(update_fields=["status", "written_by"])
    response.locks.filter(until__gt=now).update(until=now)
    record(response, Step.Kind.ASKED, user)


@transaction.atomic
def give_back(response: Response, user: Any, note: str = "") -> None:
    """Have it written further instead of sending it."""
    response = locked(response)
    seat(user, response.country_id or 0)
    if response.status != Response.Status.CHECKING:
        raise StateError(_("It does not wait for validation."))
    response.status, response.written_by = Response.Status.BEGUN, None
    response.save(update_fields=["status", "written_by"])
    record(response, Step.Kind.BACK, user, note)


@transaction.atomic
def send(response: Response, user: Any, note: str = "") -> None:
    """Validate it and send it: from now on the network reads it, and more widely what may be."""
    response = locked(response)
    seat(user, response.country_id or 0)
    if response.status != Response.Status.CHECKING:
        raise StateError(_("It does not wait for validation."))
    if not may_write(response):
        raise StateError(_("This is closed: nothing more can be sent."))
    why_not = refusal(response, user)
    if why_not:
        raise StateError(why_not)
    _ensure_whole(response)
    _drop_what_is_not_asked(response)
    now = timezone.now()
    response.status, response.validated_by = Response.Status.SENT, user
    response.sent_at, response.sent_on = now, timezone.localdate(now)
    response.save(update_fields=["status", "validated_by", "sent_at", "sent_on"])
    record(response, Step.Kind.SENT, user, note, kept(response.answers.all()))
    answers_changed.send(sender=Round, round=response.round_id)


@transaction.atomic
def reopen(response: Response, user: Any, reason: str) -> None:
    """Take back what was sent, to correct it; until it is sent again nobody else reads it."""
    response = locked(response)
    if not seat(user, response.country_id or 0).sends:
        raise StateError(_("Your seat is for writing. Somebody who may send reopens it."))
    if response.status != Response.Status.SENT:
        raise StateError(_("It is not sent, so it can be written in."))
    if not reason.strip():
        raise StateError(_("Say why it is reopened."))
    response.status, response.written_by, response.validated_by = Response.Status.BEGUN, None, None
    response.save(update_fields=["status", "written_by", "validated_by"])
    record(response, Step.Kind.REOPENED, user, reason.strip())
    answers_changed.send(sender=Round, round=response.round_id)


@transaction.atomic
def set_mark(answer: Answer, mark: str, user: Any) -> None:
    """Change who may know an answer that was sent.

    Anybody with a seat may narrow it; to widen it takes who may send.
    """
    if mark not in (Answer.Dissemination.NETWORK, Answer.Dissemination.WIDE):
        raise StateError(_("Choose: more widely, or within the network only."))
    response = locked(answer.response)
    own = seat(user, response.country_id or 0)
    if response.status != Response.Status.SENT:
        raise StateError(_("It is not sent: change the mark where the answer is written."))
    if mark == Answer.Dissemination.WIDE and not own.sends:
        raise StateError(_("Your seat is for writing. Somebody who may send widens this."))
    row = Answer.objects.get(pk=answer.pk)
    if row.dissemination == mark:
        return
    change = {"question": row.question, "from": row.dissemination, "to": mark}
    Answer.objects.filter(pk=row.pk).update(dissemination=mark)
    record(response, Step.Kind.MARKED, user, kept_now=[change])
    answers_changed.send(sender=Round, round=response.round_id)


def _ensure_whole(response: Response) -> None:
    answers = list(response.answers.all())
    if not answers:
        raise StateError(_("Nothing is answered yet."))
    left = unfinished(response, answers)
    if left:
        raise StateError(
            ngettext(
                "It is not finished. One question still needs something.",
                "It is not finished. %(number)s questions still need something.",
                len(left),
            )
            % {"number": len(left)}
        )


def _drop_what_is_not_asked(response: Response) -> None:
    """What was answered on a way that was left again is no answer: it would be read, unmarked."""
    values = {one.question: one.value for one in response.answers.all() if not is_empty(one.value)}
    shown = course(response.version.asked(), values, today=timezone.localdate()).sections
    asked = [question.code for each in shown for question in each.questions]
    response.answers.exclude(question__in=asked).delete()
    response.attachments.exclude(question__in=asked).delete()
