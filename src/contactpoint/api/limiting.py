"""How much one place may ask, counted in the cache that all processes share.

A window is a minute long and begins with the clock's. What stands for the place is a hash that
nobody can turn back (`accounts.places`).
"""

import time
from dataclasses import dataclass
from math import ceil
from typing import Final

from django.http import HttpRequest

from contactpoint.accounts.places import MINUTE, mark, network
from contactpoint.kit.counting import count

# A ministry or a university shares one address; a harvester has all of it in a few minutes.
A_MINUTE: Final = 600
_ROOM: Final = "api"


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a window; `limit` and `remaining` are requests, `reset` seconds."""

    limit: int
    remaining: int
    reset: int
    is_over: bool

    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers has them now (`RateLimit`, `RateLimit-Policy`),
        and as it had them first, which clients know."""
        return {
            "RateLimit": f'"place";r={self.remaining};t={self.reset}',
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset),
            "RateLimit-Policy": f'"place";q={self.limit};w={MINUTE}',
        }


def counted(request: HttpRequest) -> Left:
    """Counts a request, and says what is left."""
    now = time.time()
    window = int(now // MINUTE)
    key = f"{_ROOM}:{mark(_ROOM, network(request))}:{window}"
    used = count(key, 2 * MINUTE)
    reset = ceil((window + 1) * MINUTE - now)  # who waits as long finds the next window begun
    return Left(A_MINUTE, max(0, A_MINUTE - used), reset, used > A_MINUTE)
