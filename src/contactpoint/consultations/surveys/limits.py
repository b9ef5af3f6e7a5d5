"""How much one place may try; see `accounts.places` for what is counted and what is kept.

A link that is known is never held up: a school or a ministry shares one address, and may be asked
as a whole. Only links that nobody was given count, and beginnings. Nobody finds a good link by
trying, held up or not: it has 128 bits or more.
"""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

from contactpoint.accounts import places
from contactpoint.accounts.places import DAY, HOUR, MINUTE

GUESSES: Final = {MINUTE: 20, HOUR: 60}
BEGINNINGS: Final = {MINUTE: 600, HOUR: 6_000, DAY: 20_000}
"""A ministry that is asked as a whole begins within minutes of the mail, from one address."""
MAILS: Final = {HOUR: 5, DAY: 20}
_ROOM: Final = "answering"


def _place(request: HttpRequest) -> str:
    return f"place:{places.network(request, six=56)}"


def has_guessed(request: HttpRequest) -> int:
    """Counts a link that nobody was given; seconds to wait where there were too many. From then on
    `is_held_up`."""
    wait = places.seconds_to_wait(f"{_ROOM}.guess", _place(request), GUESSES)
    if wait:
        cache.set(_held(request), True, wait)
    return wait


def is_held_up(request: HttpRequest) -> bool:
    """Whether so many wrong links came from this place that further ones aren't even counted."""
    return bool(cache.get(_held(request)))


def may_begin(request: HttpRequest) -> int:
    """Seconds until this place may begin once more; none: it is counted."""
    return places.seconds_to_wait(f"{_ROOM}.begin", _place(request), BEGINNINGS)


def may_mail(request: HttpRequest) -> int:
    """Seconds until a link may be mailed once more on the wish of this place; none: counted."""
    return places.seconds_to_wait(f"{_ROOM}.mail", _place(request), MAILS)


def _held(request: HttpRequest) -> str:
    return f"{_ROOM}:held:{places.mark(_ROOM, _place(request))}"
