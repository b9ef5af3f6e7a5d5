"""What the worker does for events: sends mails, reminds, fills places, forgets."""

from typing import Any
from uuid import UUID

from django.db import transaction
from wagtail.signals import page_published

from contactpoint.events.actions import fill
from contactpoint.events.keeping import erase, fill_all, remind
from contactpoint.events.models import Registration
from contactpoint.events.notices import send_notice
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.jobs import task
from contactpoint.kit.outbox import handles
from contactpoint.outputs.models import Event

for each in (erase, fill_all, remind):
    tidies(each)


@handles("registration.notice")
def send(*, notice: int) -> None:
    """A job of its own, because a mail server may be away for longer than the outbox waits."""
    send_notice.enqueue(notice)


@task()
def fill_places(key: str) -> None:
    """An editor may have raised the number of places."""
    fill(UUID(key))


def fill_later(instance: Any, **_kwargs: Any) -> None:
    """On publishing an event for which somebody waits."""
    if not isinstance(instance, Event):
        return
    key = instance.translation_key
    waits = Registration.objects.filter(register__key=key, status=Registration.Status.WAITING)
    if waits.exists():
        transaction.on_commit(lambda: fill_places.enqueue(str(key)))


page_published.connect(fill_later, dispatch_uid="fill_places_of_event")
