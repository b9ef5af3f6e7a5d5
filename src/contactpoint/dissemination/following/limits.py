"""How much one place may ask for, and how many mails an address gets that nobody has confirmed."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest

from contactpoint.accounts import places
from contactpoint.accounts.places import DAY, HOUR, MINUTE
from contactpoint.dissemination.following.links import CONFIRMS_FOR
from contactpoint.kit.counting import is_first
from contactpoint.kit.tickets import TOO_OLD

# A ministry or a university shares one address.
A_PLACE: Final = {MINUTE: 6, HOUR: 40, DAY: 100}
AN_ADDRESS: Final = {HOUR: 3, DAY: 5}
ALL_PLACES: Final = {HOUR: 1_000}
_ROOM: Final = "following"


def seconds_to_wait(request: HttpRequest) -> int:
    """How long this place has to wait before its next form; none: it is counted."""
    own = places.seconds_to_wait(_ROOM, f"place:{places.network(request)}", A_PLACE)
    # What a place may not send is no part of what all send: it would shut the form for everybody.
    return own or places.seconds_to_wait(_ROOM, "all", ALL_PLACES)


def may_mail(address: str) -> bool:
    """Whether an address may be asked once more; counts it if so."""
    return not places.seconds_to_wait(_ROOM, f"mail:{address.casefold()}", AN_ADDRESS)


def is_first_time(nonce: str) -> bool:
    """Whether a link has not been used yet; it is remembered for as long as a link is good.

    Not under the salt of a room, which is forgotten after a day: a nonce is random, and nobody's.
    """
    return is_first(_used(nonce), CONFIRMS_FOR)


def was_used(nonce: str) -> bool:
    """Whether a link has been used; asks only."""
    return cache.get(_used(nonce)) is not None


def not_used(nonce: str) -> None:
    """The link led to nothing: it may be tried again."""
    cache.delete(_used(nonce))


def take(reference: str) -> bool:
    """Whether this is the first form with a ticket; remembered for longer than it is good."""
    return cache.add(_ticket(reference), True, 2 * TOO_OLD)


def give_back(reference: str) -> None:
    """Nothing was sent: the same form may be sent again."""
    cache.delete(_ticket(reference))


def _ticket(reference: str) -> str:
    return f"{_ROOM}:ticket:{reference}"


def _used(nonce: str) -> str:
    return f"{_ROOM}:nonce:{nonce}"
