"""How much one place may send; see `accounts.places` for what is counted and what is kept."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from contactpoint.accounts import places
from contactpoint.accounts.places import DAY, HOUR, MINUTE
from contactpoint.events.models import Registration

# A ministry or a university shares one address, and a whole team may register in an hour.
A_PLACE_A_MINUTE: Final = 6
A_PLACE_AN_HOUR: Final = 40
A_PLACE_A_DAY: Final = 100
ALL_A_DAY: Final = 1_000
MAILS_AGAIN_A_DAY: Final = 3
_ROOM: Final = "registrations"


def seconds_to_wait(request: HttpRequest) -> int:
    """How long this place has to wait before its next form; none: it is counted."""
    since = timezone.now() - timedelta(days=1)
    if Registration.objects.filter(created_at__gt=since).count() >= ALL_A_DAY:
        return HOUR
    limits = {MINUTE: A_PLACE_A_MINUTE, HOUR: A_PLACE_AN_HOUR, DAY: A_PLACE_A_DAY}
    return places.seconds_to_wait(_ROOM, f"place:{places.network(request)}", limits)


def may_mail_again(email: str) -> bool:
    """Whether an address may be told once more that it is on the list; counts it if so."""
    return not places.seconds_to_wait(_ROOM, f"mail:{email}", {DAY: MAILS_AGAIN_A_DAY})
