"""The mails to people of states. Jobs carry the key of a row, never an address; no mail holds an
answer, nor a word of the background."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contactpoint.consultations.addressees import mail_language
from contactpoint.consultations.models import Response, Round, Seat, StateNotice
from contactpoint.kit.jobs import task
from contactpoint.kit.mail import send_now, send_once
from contactpoint.kit.templatetags.kit import day

Kind: Final = StateNotice.Kind


@task(queue_name="mail")
def send_state_notice(pk: int) -> None:
    """Send a mail that no job has taken on yet."""
    rows = StateNotice.objects.filter(pk=pk)
    notices = rows.select_related("round__instrument", "country", "user")
    send_once(rows, f"notice {pk} to a state", lambda: _send(notices.get()))


def _send(notice: StateNotice) -> None:
    if not _is_true(notice):
        return
    language = mail_language(notice.user)
    with translation.override(language):
        subject, first = _words(notice)
        send_now(
            notice.user.email,
            subject % {"title": " ".join(notice.round.label.split())},
            "\n\n".join([first, "\n".join(_facts(notice)), _end()]),
            language=language,
        )


def _is_true(notice: StateNotice) -> bool:
    """Whether it still is as it was when this was written: the person has the seat, the round is
    open, the deadline is the one that is told, and who is reminded has not sent."""
    held = notice.round
    has_seat = Seat.objects.filter(user=notice.user_id, country=notice.country_id)
    if held.status != Round.Status.OPEN or not notice.user.is_active or not has_seat.exists():
        return False
    if notice.kind == Kind.OPENED:
        return True
    if held.closes_at is None or timezone.localdate(held.closes_at) != notice.day:
        return False
    sent = Response.objects.filter(
        round=held, country=notice.country_id, status=Response.Status.SENT, is_test=False
    )
    return notice.kind == Kind.EXTENDED or not sent.exists()


def _words(notice: StateNotice) -> tuple[str, str]:
    """The subject, with a gap for the title, and the first sentence."""
    state = {"state": notice.country}
    if notice.kind == Kind.OPENED:
        return _("Asked of you: %(title)s"), _(
            "The network asks your state (%(state)s). You are among those who answer for it."
        ) % state
    if notice.kind == Kind.REMINDER:
        return _("The deadline is near: %(title)s"), _(
            "Your state (%(state)s) has not sent its answer yet, and the deadline is near."
        ) % state
    return _("More time: %(title)s"), _("The deadline was moved. There is more time to answer.")


def _facts(notice: StateNotice) -> list[str]:
    held = notice.round
    by = _("requested by: %(state)s") % {"state": held.requested_by} if held.requested_by else ""
    facts = [held.instrument.get_kind_display(), held.reference, by]
    url = reverse("room-round", args=[held.code, notice.country.code])
    return [
        held.label,
        " · ".join(str(one) for one in facts if one),
        _("Until: %(day)s") % {"day": day(held.closes_at)} if held.closes_at else "",
        f"{settings.BASE_URL}{url}",
    ]


def _end() -> str:
    said = _("You get this because you have a seat for your state. Each of these is sent once.")
    return f"{said}\n"
