"""How much one place may send, counted without keeping where anything came from.

A network address is hashed under a random salt that lives for a day in the shared cache and is
nowhere else: afterwards nobody can tell which address a count belonged to. Processes of one machine
count one after the other (`kit.counting`); two machines may count at once and miss one, so whoever
counts here has a limit in the database as well.
"""

import ipaddress
import math
import secrets
import time
from hashlib import blake2b
from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest

from contactpoint.accounts.limits import client_address
from contactpoint.kit.counting import alone

DAY: Final = 86_400
HOUR: Final = 3_600
MINUTE: Final = 60


def seconds_to_wait(room: str, what: str, limits: dict[int, int]) -> int:
    """Seconds until there is room for one more; none: it is counted.

    `room` is what is counted (its salt is its own), `limits` how many in so many seconds, a day at
    most.
    """
    key = f"{room}:{mark(room, what)}"
    with alone(key):
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


def mark(room: str, what: str) -> str:
    """What stands for `what` in a room, for a day at most: a hash under the room's salt."""
    key = f"{room}:salt"
    salt: Any = cache.get(key)
    if salt is None:
        with alone(key):  # two salts would be two counts
            salt = cache.get_or_set(key, lambda: secrets.token_bytes(32), DAY)
    return blake2b(what.encode(), key=salt, digest_size=16).hexdigest()


def network(request: HttpRequest, *, six: int = 64) -> str:
    """The address; of IPv6 the network of so many bits, since a home has as many addresses as it
    likes (and who rents a server may have 65,536 networks of 64 bits).
    """
    given = client_address(request) or ""
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if address.version == 6:
        return str(ipaddress.ip_network((address, six), strict=False))
    return str(address)
