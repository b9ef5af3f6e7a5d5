"""Puts people on the list of an event and takes them off.

Each holds the lock of the list while it counts, so that no place is given twice.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from contactpoint.accounts.models import normalise_address
from contactpoint.events.changes import known_of
from contactpoint.events.following import learn
from contactpoint.events.limits import may_mail_again
from contactpoint.events.models import EventRegister, Notice, Registration
from contactpoint.events.openings import (
    State,
    sentence,
    speaking,
    state_by_time,
    state_of,
)
from contactpoint.events.registers import locked, notify


class ClosedError(ValueError):
    """Nobody can register now; the message says why, by a page that anybody may read."""


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody typed."""

    name: str
    email: str
    organisation: str = ""
    needs: str = ""
    language: str = "en"


@transaction.atomic
def register(key: UUID, person: Person, *, ticket: str) -> None:
    """Give a place or a place in the waiting list, and tell the person by mail which.

    Nothing is returned, since an address that is on the list already must not show: it gets another
    mail, unless the very same form comes again. Raises `ClosedError`.
    """
    held = locked(key)
    event = speaking(key)
    if event is None:
        raise ClosedError(_not_here())
    state = state_of(event, _taken(held))
    if not state.is_open:
        raise ClosedError(sentence(event, state) or _not_here())
    learn(held, known_of(event))
    email = normalise_address(person.email)
    known = held.registrations.filter(email=email).first()
    if known is not None:
        if known.ticket != ticket and may_mail_again(email):
            notify(known, Notice.Kind.AGAIN)
        return
    has_place = state == State.OPEN
    made = Registration.objects.create(
        register=held,
        ticket=ticket,
        status=Registration.Status.PLACE if has_place else Registration.Status.WAITING,
        name=person.name,
        email=email,
        organisation=person.organisation,
        needs=person.needs,
        language=person.language,
        told=held.known,  # the page said so
    )
    notify(made, Notice.Kind.PLACE if has_place else Notice.Kind.WAITING)


@transaction.atomic
def cancel(registration: Registration) -> bool:
    """Take somebody off the list; the first who waits moves up. False where it was done before."""
    held = locked(registration.register.key)
    gone, _by_model = held.registrations.filter(pk=registration.pk).delete()
    if gone:
        _move_up(held)
    return gone > 0


@transaction.atomic
def fill(key: UUID) -> int:
    """Let people move up where there are more places than before; returns how many did."""
    return _move_up(locked(key))


def _not_here() -> str:
    return _("Nobody can register here at the moment.")


def _taken(held: EventRegister) -> int:
    return held.registrations.filter(status=Registration.Status.PLACE).count()


def _move_up(held: EventRegister) -> int:
    """Who waits longest goes first; until the event starts, also after the deadline. The page that
    anybody may read says how many places there are."""
    event = speaking(held.key)
    if event is None:  # whoever gets a place has to hear of it
        return 0
    if state_by_time(event) not in (State.OPEN, State.CLOSED):
        return 0
    waiting = held.registrations.filter(status=Registration.Status.WAITING).order_by("pk")
    if event.capacity is not None:
        waiting = waiting[: max(0, event.capacity - _taken(held))]
    moved = 0
    for registration in waiting:
        registration.status = Registration.Status.PLACE
        registration.save(update_fields=["status"])
        notify(registration, Notice.Kind.MOVED_UP)
        moved += 1
    return moved
