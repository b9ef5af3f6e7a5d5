"""The mail to whoever may validate what another of their state says has become of an answer. Jobs
carry the key of a row, never an address, and no mail holds a word of an answer, old or new."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from contactpoint.consultations.actions.validity import waiting_of
from contactpoint.consultations.addressees import mail_language
from contactpoint.consultations.models import ChangeLetter, Seat
from contactpoint.kit.jobs import task
from contactpoint.kit.mail import send_now, send_once


@task(queue_name="mail")
def send_change_letter(pk: int) -> None:
    """Send a mail that no job has taken on yet; none where what it tells of is settled."""
    rows = ChangeLetter.objects.filter(pk=pk)
    letters = rows.select_related(
        "seat__user", "seat__country", "change__user", "change__answer__response__round"
    )
    send_once(rows, f"change letter {pk}", lambda: _send(letters.get()))


def _send(letter: ChangeLetter) -> None:
    change, seat = letter.change, letter.seat
    if not _is_awaited(letter):
        return
    round = change.answer.response.round
    language = mail_language(seat.user)
    with translation.override(language):
        url = reverse("consultations_validity_answer", args=[change.answer_id])
        said = (
            _("%(name)s says that an answer of your state (%(state)s) should be withdrawn.")
            if change.is_withdrawal
            else _("%(name)s says that an answer of your state (%(state)s) is otherwise now.")
        ) % {"name": change.user, "state": seat.country}
        asks = _(
            "It counts once somebody else who may send says so too. Until then the answer stands "
            "as it was. Please look, and validate or decline it here:"
        )
        end = _("You get this because you have a seat for your state. Each of these is sent once.")
        text = "\n\n".join([said, round.label, f"{asks}\n{settings.BASE_URL}{url}", f"{end}\n"])
        subject = _("Waits for your validation: %(title)s")
        title = " ".join(round.label.split())
        send_now(seat.user.email, subject % {"title": title}, text, language=language)


def _is_awaited(letter: ChangeLetter) -> bool:
    """Whether it still is as it was when this was written: nobody has settled it, the answer is the
    one of which it was said, and the person may validate it."""
    change, user = letter.change, letter.seat.user
    may = Seat.objects.filter(pk=letter.seat_id, sends=True).exclude(user=change.user_id)
    waiting = waiting_of(change.answer)
    is_waiting = waiting is not None and waiting.pk == change.pk
    return is_waiting and user.is_active and bool(user.email) and may.exists()
