"""How much one place may send, counted without keeping where anything came from.

A network address is hashed under a random salt that lives for a day in the shared cache and is
nowhere else: afterwards nobody can tell which address a count belonged to. Two processes may count
at once and miss one; the number of proposals in the database is the limit that holds.
"""

import ipaddress
import math
import secrets
import time
from datetime import timedelta
from hashlib import blake2b
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from contactpoint.accounts.limits import client_address
from contactpoint.glossary.models import Proposal

DAY: Final = 86_400
HOUR: Final = 3_600
MINUTE: Final = 60
# An office, a library or a translator with a list share one address.
A_PLACE_A_MINUTE: Final = 6
A_PLACE_AN_HOUR: Final = 30
A_PLACE_A_DAY: Final = 100
ALL_A_DAY: Final = 300
MAILS_TO_AN_ADDRESS_A_DAY: Final = 3
_SALT: Final = "proposals:salt"


def seconds_to_wait(request: HttpRequest) -> int:
    """How long this place has to wait before its next proposal; none: it is counted."""
    since = timezone.now() - timedelta(days=1)
    if Proposal.objects.filter(created_at__gt=since).count() >= ALL_A_DAY:
        return HOUR
    limits = {MINUTE: A_PLACE_A_MINUTE, HOUR: A_PLACE_AN_HOUR, DAY: A_PLACE_A_DAY}
    return _count(f"place:{_network(request)}", limits)


def may_mail(email: str) -> bool:
    """Whether another mail may go to an address that a stranger typed; counts it if so."""
    return not _count(f"mail:{email.strip().lower()}", {DAY: MAILS_TO_AN_ADDRESS_A_DAY})


def _count(what: str, limits: dict[int, int]) -> int:
    """Seconds until there is room for one more; none: it is counted."""
    salt: Any = cache.get_or_set(_SALT, lambda: secrets.token_bytes(32), DAY)
    key = f"proposals:{blake2b(what.encode(), key=salt, digest_size=16).hexdigest()}"
    now = time.time()
    times = [moment for moment in cache.get(key, []) if moment > now - DAY]
    wait = max(
        (math.ceil(times[-most] + seconds - now) if len(times) >= most else 0)
        for seconds, most in limits.items()
    )
    if wait > 0:
        return wait
    cache.set(key, [*times, now], DAY)
    return 0


def _network(request: HttpRequest) -> str:
    """The address; of IPv6 the network, since a home has as many addresses as it likes."""
    given = client_address(request) or ""
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
