"""How much one place may propose, counted without keeping where anything came from.

What is counted in the cache may miss one of two at the same moment; the number of proposals in the
database is the limit that holds.
"""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from contactpoint.accounts import places
from contactpoint.accounts.places import DAY, HOUR, MINUTE
from contactpoint.glossary.models import Proposal

# An office, a library or a translator with a list share one address.
A_PLACE_A_MINUTE: Final = 6
A_PLACE_AN_HOUR: Final = 30
A_PLACE_A_DAY: Final = 100
ALL_A_DAY: Final = 300
MAILS_TO_AN_ADDRESS_A_DAY: Final = 3
_ROOM: Final = "proposals"


def seconds_to_wait(request: HttpRequest) -> int:
    """How long this place has to wait before its next proposal; none: it is counted."""
    since = timezone.now() - timedelta(days=1)
    if Proposal.objects.filter(created_at__gt=since).count() >= ALL_A_DAY:
        return HOUR
    limits = {MINUTE: A_PLACE_A_MINUTE, HOUR: A_PLACE_AN_HOUR, DAY: A_PLACE_A_DAY}
    return places.seconds_to_wait(_ROOM, f"place:{places.network(request)}", limits)


def may_mail(email: str) -> bool:
    """Whether another mail may go to an address that a stranger typed; counts it if so."""
    limits = {DAY: MAILS_TO_AN_ADDRESS_A_DAY}
    return not places.seconds_to_wait(_ROOM, f"mail:{email.strip().lower()}", limits)
