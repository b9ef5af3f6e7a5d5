"""Follows events whose lists are open: whoever is on one hears of it when the event changes."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from contactpoint.events.announced import raised
from contactpoint.events.changes import (
    CHANGES,
    Known,
    change,
    is_off,
    is_over,
    known_of,
    news_for,
)
from contactpoint.events.models import EventRegister, Notice
from contactpoint.events.openings import source_event, speaking
from contactpoint.events.registers import locked, notify, send_later

GONE_AFTER: Final = timedelta(hours=1)
"""An editor may take a page off to mend it, and bring it back."""
MAILS_TAKE: Final = timedelta(days=2)
"""How long what is gone is kept for mails that a server has not taken yet."""


@transaction.atomic
def follow(key: UUID) -> None:
    """Tell the people on a list what has changed since they were told last; mails that waited for
    somebody to be allowed to read of the event go out."""
    held = locked(key)
    now = holds(held)
    if now is None:
        return
    learn(held, now)
    waiting = Notice.objects.filter(registration__register=held, waits=True)
    if is_off(now):
        waiting = waiting.filter(kind__in=CHANGES)
    for pk in waiting.order_by("pk").values_list("pk", flat=True):
        Notice.objects.filter(pk=pk).update(waits=False)
        send_later(pk)


def holds(held: EventRegister) -> Known | None:
    """What may be told of an event at this moment; None where that has to wait."""
    event = speaking(held.key)
    if event is not None:
        return known_of(event)
    source = source_event(held.key)
    if not held.known:
        return None
    if source is not None and source.live:
        # Nobody may read it now: it is told in the words that were public, and nothing else is.
        return {**held.known, "called_off": True} if source.called_off else None
    is_gone = stays_away(held) or held.known["is_gone"]
    return {**held.known, "is_gone": True} if is_gone and "is_untold" not in held.known else None


def learn(held: EventRegister, now: Known) -> None:
    """Note what an event is like, and tell whoever knows it otherwise; called before somebody is
    put on the list, too, who knows it as it is."""
    if not held.known:
        held.registrations.filter(told={}).update(told=now)
    if held.missing_since is not None and not now["is_gone"]:
        held.missing_since = None
        held.save(update_fields=["missing_since"])
    tell(held, now)


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
    if not held.known or is_over(held.known):
        return True
    if not held.known["is_gone"]:
        return False
    late = held.told_at is not None and held.told_at <= timezone.now() - MAILS_TAKE
    unsent = Notice.objects.filter(registration__register=held, taken_at=None, waits=False)
    return late or not unsent.exists()


def tell(held: EventRegister, now: Known) -> None:
    """Note what an event is like now, and write to whoever was told otherwise. What the mail says
    is found once more when it is sent (`telling.take`): by then it may be nothing."""
    before = held.known
    if before == now:
        return
    held.known = now
    people = [] if is_over(now) else list(held.registrations.all())
    due = [(one, kind) for one in people if (kind := news_for(one, now)) is not None]
    if due or change(before, now) is not None:
        held.told_at = timezone.now()
        held.sequence = raised(held.key, held.sequence)
    held.save()
    for registration, kind in due:
        notify(registration, kind, held.sequence)
