"""The list of an event in the hand of whoever writes it, and the mails that follow from it."""

from uuid import UUID

from contactpoint.events.models import EventRegister, Notice, Registration
from contactpoint.kit.outbox import publish


def locked(key: UUID) -> EventRegister:
    """The list, made where there is none, and nobody else's until the transaction ends."""
    EventRegister.objects.get_or_create(key=key)
    return EventRegister.objects.select_for_update().get(key=key)


def notify(registration: Registration, kind: Notice.Kind, sequence: int = 0) -> None:
    """Write a mail to be sent once the transaction stands."""
    notice = Notice.objects.create(registration=registration, kind=kind, sequence=sequence)
    send_later(notice.pk)


def send_later(notice: int) -> None:
    """Have a mail that is written sent once the transaction stands."""
    publish("registration.notice", notice=notice)
