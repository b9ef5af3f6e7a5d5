"""Follows events whose lists are open: whoever is on one hears of it when the event changes."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from contactpoint.events.announced import raised
from contactpoint.events.changes import Known, change, concerns_all, known_of, over_at
from contactpoint.events.models import EventRegister, Notice, Registration
from contactpoint.events.openings import source_event, speaking
from contactpoint.events.registers import locked, notify
from contactpoint.outputs.models import Event

GONE_AFTER: Final = timedelta(hours=1)
"""An editor may take a page off to mend it, and bring it back."""
MAILS_TAKE: Final = timedelta(days=2)
"""How long what is gone is kept for mails that a server has not taken yet."""


@transaction.atomic
def follow(key: UUID) -> None:
    """Tell the people on a list what has changed since they were told last."""
    held = locked(key)
    event = speaking(key)
    if event is not None:
        learn(held, event)
        return
    source = source_event(key)
    if source is None or not source.live:
        if stays_away(held):
            tell(held, {**held.known, "is_gone": True})
    elif source.called_off and held.known:
        # Nobody may read it now: it is told in the words that were public, and nothing else is.
        tell(held, {**held.known, "called_off": True})


def learn(held: EventRegister, event: Event) -> None:
    """Note what an event is like, and tell whoever knows it otherwise; called before somebody is
    put on the list, too, who knows it as it is."""
    known = known_of(event)
    if not held.known:
        held.known = known
        held.save(update_fields=["known"])
        return
    if held.missing_since is not None:
        held.missing_since = None
        held.save(update_fields=["missing_since"])
    tell(held, known)


def follow_all() -> int:
    """What no publishing told of: pages that are gone, and jobs that were lost. Returns 0, since
    nothing is deleted."""
    for held in EventRegister.objects.filter(registrations__isnull=False).distinct():
        follow(held.key)
    return 0


def stays_away(held: EventRegister) -> bool:
    """Whether a page has been gone for long enough to be told of; notes when it went."""
    if held.known and held.missing_since is None:
        held.missing_since = timezone.now()
        held.save(update_fields=["missing_since"])
    since = held.missing_since
    return since is not None and since <= timezone.now() - GONE_AFTER


def may_go(held: EventRegister) -> bool:
    """Whether everybody has been told that the event is gone, or nobody has to be."""
    if not held.known or _is_over(held.known):
        return True
    if not held.known["is_gone"]:
        return False
    late = held.told_at is not None and held.told_at <= timezone.now() - MAILS_TAKE
    waits = Notice.objects.filter(registration__register=held, taken_at=None)
    return late or not waits.exists()


def tell(held: EventRegister, now: Known) -> None:
    """Note what an event is like now, and write to whom that concerns."""
    before, kind = held.known, change(held.known, now)
    if before == now:
        return
    held.known = now
    if kind is not None:
        held.before, held.told_at = before, timezone.now()
        held.sequence = raised(held.key, held.sequence)
    held.save()
    if kind is None or _is_over(now):
        return
    people = held.registrations.all()
    if kind == Notice.Kind.MOVED and not concerns_all(before, now):
        people = people.filter(status=Registration.Status.PLACE)
    for registration in people:
        notify(registration, kind, held.sequence)


def _is_over(known: Known) -> bool:
    moment = over_at(known)
    return moment is None or moment <= timezone.now()
