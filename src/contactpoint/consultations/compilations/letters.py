"""The mail that asks whether answers still hold. Jobs carry the key of a row, never an address, and
no mail holds a word of an answer."""

from collections import Counter

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contactpoint.consultations.actions.validity import due
from contactpoint.consultations.compilations.addresses import validity_url
from contactpoint.consultations.models import Round, ValidityLetter
from contactpoint.kit.jobs import task
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.mail import send_now, send_once


@task(queue_name="mail")
def send_letter(pk: int) -> None:
    """Send a mail that no job has taken on yet."""
    rows = ValidityLetter.objects.filter(pk=pk)
    letters = rows.select_related("seat__user", "seat__country")
    send_once(rows, f"validity letter {pk}", lambda: _send(letters.get()))


def _send(letter: ValidityLetter) -> None:
    seat = letter.seat
    found = due(seat.country, timezone.localdate())
    if not found or not seat.user.is_active or not seat.user.email:
        return  # answered meanwhile, or nobody to tell
    numbers = Counter(row.response.round_id for row in found)
    rounds = {one.pk: one for one in Round.objects.filter(pk__in=numbers)}
    with translation.override(FALLBACK_LANGUAGE):  # in which the network writes to each other
        lines = [
            ngettext("%(title)s: %(number)s answer", "%(title)s: %(number)s answers", number)
            % {"title": rounds[pk].label, "number": number}
            for pk, number in numbers.items()
        ]
        text = "\n\n".join([
            _("Once a year we ask whether what a state answered is still so."),
            _("Your state (%(state)s) answered a while ago to:") % {"state": seat.country.label},
            "\n".join(lines),
            _("Please confirm, change or withdraw the answers here:\n%(url)s")
            % {"url": settings.BASE_URL + validity_url(FALLBACK_LANGUAGE)},
            _("Until then readers are told that nobody has confirmed them.") + "\n",
        ])  # fmt: skip
        send_now(
            seat.user.email,
            _("Are these answers still valid?"),
            text,
            language=FALLBACK_LANGUAGE,
        )
