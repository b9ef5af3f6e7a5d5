"""What a mail to somebody on a list says, found at the moment when it goes out.

Between a change and its mail may lie minutes or days: the event may have moved on or back, or
nobody may read of it any more. So a mail tells the difference between what the person was told last
and what holds now; without one nothing is sent, and what may not be told now waits.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from contactpoint.events.announced import announce, placed
from contactpoint.events.changes import (
    CHANGES,
    OFF,
    Known,
    change,
    event_of,
    is_off,
    is_over,
    newer_place,
    news_for,
)
from contactpoint.events.following import holds, learn
from contactpoint.events.models import Notice, Registration
from contactpoint.events.openings import address, public_event
from contactpoint.events.registers import locked
from contactpoint.outputs.models import Event

REMIND_BEFORE: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class News:
    """What somebody is told; `before` is what they were told last."""

    registration: Registration
    kind: Notice.Kind
    before: Known
    now: Known
    event: Event
    url: str

    @property
    def has_place(self) -> bool:
        """Whether they may know where one joins, and have it in their calendar."""
        return self.registration.status == Registration.Status.PLACE

    @property
    def is_off(self) -> bool:
        """Whether they are told that it doesn't take place."""
        return self.kind in OFF

    @property
    def is_moved(self) -> bool:
        """Whether it takes place at another time or place than they knew, whatever else is told."""
        was = {**self.before, "called_off": False, "is_gone": False} if self.before else {}
        return change(was, self.now, has_place=self.has_place) == Notice.Kind.MOVED


@transaction.atomic
def take(notice: Notice) -> News | None:
    """What a mail says now, noted as told; None where there is nothing to say, or not yet: then it
    waits. The list is locked, so that two mails to one person never tell them the same."""
    held = locked(notice.registration.register.key)
    registration = held.registrations.filter(pk=notice.registration_id).first()
    if registration is None:  # cancelled meanwhile
        return None
    now = holds(held)
    if now is None or _has_to_wait(notice, held.known, now):
        _wait(notice)
        return None
    learn(held, now)
    announce(held.key)
    news = _news(notice, registration, now)
    if news is None or is_over(now):
        return None
    found = _words(registration, news, now)
    if found is None:  # closed in this very moment
        _wait(notice)
        return None
    before, registration.told = registration.told, now
    registration.save(update_fields=["told"])
    return News(registration, news, before, now, *found)


@transaction.atomic
def give_back(news: News) -> None:
    """The server didn't take the mail: the person knows what they knew before."""
    held = locked(news.registration.register.key)
    rows = held.registrations.filter(pk=news.registration.pk)
    if rows.values_list("told", flat=True).first() == news.now:
        rows.update(told=news.before)


def _has_to_wait(notice: Notice, noted: Known, now: Known) -> bool:
    """A place is of use once the event takes place again. An event whose page still stands although
    it was noted as gone or called off is just being taken away, or has just come back: whoever
    follows it will know."""
    if notice.kind in CHANGES:
        return is_off(noted) and not is_off(now)
    return is_off(now)


def _wait(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk).update(taken_at=None, waits=True)


def _news(notice: Notice, registration: Registration, now: Known) -> Notice.Kind | None:
    """What of a mail is still to be told."""
    kind = Notice.Kind(notice.kind)
    if kind in CHANGES:
        return news_for(registration, now)
    if kind == Notice.Kind.WAITING and registration.status != Registration.Status.WAITING:
        return None  # moved up meanwhile, which is told by a mail of its own
    if kind == Notice.Kind.REMINDER and not _is_soon(now):
        notice.delete()  # there may be one in time
        return None
    return kind


def _is_soon(now: Known) -> bool:
    starts = event_of(now, now["language"])[0].starts_at
    return starts is not None and starts - REMIND_BEFORE <= timezone.now() < starts


def _words(registration: Registration, news: Notice.Kind, now: Known) -> tuple[Event, str] | None:
    """The event with its address; one that is off may have no page any more, so it is told of as
    it was."""
    if news in OFF:
        return event_of(now, registration.language)
    event = public_event(registration.register.key, registration.language)
    if event is None:
        return None
    placed([event])
    event.place = newer_place(registration.told, now, registration.language) or event.place
    return event, address(event)
