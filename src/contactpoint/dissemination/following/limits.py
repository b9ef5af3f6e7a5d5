"""How much one place may ask for, and how many mails an address gets that nobody has confirmed."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

from contactpoint.accounts import places
from contactpoint.accounts.places import DAY, HOUR, MINUTE
from contactpoint.dissemination.following.links import CONFIRMS_FOR
from contactpoint.kit.counting import is_first

# A ministry or a university shares one address.
A_PLACE: Final = {MINUTE: 6, HOUR: 40, DAY: 100}
AN_ADDRESS: Final = {HOUR: 3, DAY: 5}
ALL_PLACES: Final = {HOUR: 1_000}
_ROOM: Final = "following"


def seconds_to_wait(request: HttpRequest) -> int:
    """How long this place has to wait before its next form; none: it is counted."""
    everybody = places.seconds_to_wait(_ROOM, "all", ALL_PLACES)
    return everybody or places.seconds_to_wait(_ROOM, f"place:{places.network(request)}", A_PLACE)


def may_mail(address: str) -> bool:
    """Whether an address may be asked once more; counts it if so."""
    return not places.seconds_to_wait(_ROOM, f"mail:{address.casefold()}", AN_ADDRESS)


def is_first_time(nonce: str) -> bool:
    """Whether a link has not been used yet; it is remembered for as long as a link is good.

    Not under the salt of a room, which is forgotten after a day: a nonce is random, and nobody's.
    """
    return is_first(_used(nonce), CONFIRMS_FOR)


def not_used(nonce: str) -> None:
    """The link led to nothing: it may be tried again."""
    cache.delete(_used(nonce))


def _used(nonce: str) -> str:
    return f"{_ROOM}:nonce:{nonce}"
