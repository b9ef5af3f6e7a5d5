"""What the worker does for events: sends mails, reminds, follows, fills places, forgets."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_unpublished

from contactpoint.events.actions import fill
from contactpoint.events.announced import announce, announce_all
from contactpoint.events.following import follow, follow_all
from contactpoint.events.keeping import erase, fill_all, remind
from contactpoint.events.models import EventRegister
from contactpoint.events.notices import send_notice
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.jobs import task
from contactpoint.kit.outbox import handles
from contactpoint.outputs.models import Event

for each in (announce_all, follow_all, erase, fill_all, remind):
    tidies(each)


@handles("registration.notice")
def send(*, notice: int) -> None:
    """A job of its own, because a mail server may be away for longer than the outbox waits."""
    send_notice.enqueue(notice)


@task()
def follow_event(key: str) -> None:
    """An editor may have moved an event, called it off, or raised the number of places."""
    follow(UUID(key))
    fill(UUID(key))


def follow_later(instance: Any, **_kwargs: Any) -> None:
    """On publishing an event that has a list, or may get one, and on taking it off the web."""
    if not isinstance(instance, Event):
        return
    key = instance.translation_key
    if instance.takes_registrations or EventRegister.objects.filter(key=key).exists():
        transaction.on_commit(lambda: follow_event.enqueue(str(key)))


for signal in (page_published, page_unpublished):
    signal.connect(follow_later, dispatch_uid="follow_event")


@task()
def announce_event(key: str) -> None:
    """Calendars that follow the site hear what has become of an event."""
    announce(UUID(key))


def announce_change(instance: Any, is_of_a_batch: bool = False, **_kwargs: Any) -> None:
    """When an event comes, changes or goes: with the change itself, so that one that is taken back
    at once counts, too, and the number never falls. Of hundreds that come in, later."""
    if not isinstance(instance, Event):
        return
    key = instance.translation_key
    if is_of_a_batch:
        transaction.on_commit(lambda: announce_event.enqueue(str(key)))
    else:
        announce(key)


for signal in (page_published, page_unpublished):
    signal.connect(announce_change, dispatch_uid="announce_event")
post_delete.connect(announce_change, sender=Event, dispatch_uid="announce_event")
