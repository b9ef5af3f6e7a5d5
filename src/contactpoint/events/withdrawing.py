"""Takes an event away for whose list people have registered: who does it is told of them first.

Left alone, the list waits for an hour and then tells everybody that the event is gone from the
site. Whoever takes it away knows better what to say, and says it at once: that it is called off,
or nothing, because people hear of it in another way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from contactpoint.events.changes import known_of
from contactpoint.events.following import tell
from contactpoint.events.models import Registration
from contactpoint.events.openings import source_event, speaking
from contactpoint.events.registers import locked
from contactpoint.outputs.models import Event


@dataclass(frozen=True, slots=True)
class Expected:
    """An event to come, and how many people count on it: with a place, and on the waiting list."""

    event: Event
    places: int
    waiting: int

    @property
    def people(self) -> int:
        """All who are on its list."""
        return self.places + self.waiting


def expected(pages: Iterable[Page], *, below: bool = True) -> list[Expected]:
    """The events that go with these pages, and pages below them, if anybody counts on them.

    A translation may go without the event; so may what is over, called off, or was told of.
    """
    found: list[Expected] = []
    for page in pages:
        # By the keys of lists, of which there are few.
        lists = Registration.objects.values("register__key")
        events = Event.objects.filter(path__startswith=page.path, translation_key__in=lists)
        for event in events if below else events.filter(pk=page.pk):
            one = _expected(event)
            if one is not None and one.event.pk not in {each.event.pk for each in found}:
                found.append(one)
    return found


def _expected(event: Event) -> Expected | None:
    source = source_event(event.translation_key)
    if source is None or source.pk != event.pk or event.called_off:
        return None
    if event.over_at is not None and event.over_at <= timezone.now():
        return None
    rows = Registration.objects.filter(register__key=event.translation_key)
    status = Registration.Status
    numbers = [rows.filter(status=each).count() for each in (status.PLACE, status.WAITING)]
    return Expected(event, *numbers) if any(numbers) else None


@transaction.atomic
def withdraw(event: Event, *, is_told: bool) -> None:
    """Note that an event goes, before it does. With `is_told`, everybody on its list gets the mail
    of an event that is called off, with what takes it out of calendars; else nobody hears of it.
    """
    held = locked(event.translation_key)
    said = speaking(event.translation_key)
    # Where nobody may read it by now, it goes in the words that were public.
    last = known_of(said) if said is not None else held.known or known_of(event)
    known: dict[str, Any] = {**last, "is_gone": True}
    if is_told:
        tell(held, {**known, "called_off": True})
        return
    held.known = {**known, "is_untold": True}
    held.save(update_fields=["known"])
