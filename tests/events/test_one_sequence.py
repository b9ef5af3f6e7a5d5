"""A file, a calendar to follow and the mails to who comes tell the same number of the same event: a
calendar program would drop what comes with a lower one."""

from datetime import UTC, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from factories import MadeSite
from registering import make_event

from contactpoint.events import changes, following
from contactpoint.events.announced import announce
from contactpoint.events.models import Announced, EventRegister
from contactpoint.outputs.models import Event

START = timezone.now().astimezone(UTC).replace(microsecond=0) + timedelta(days=30)


def numbers(client: Client, page: Event) -> set[int]:
    """What the three tell now."""
    found = {changes.sequence_of(page.translation_key)}
    for path in ("/en/events/calendar.ics", f"{page.url}event.ics"):
        made: Any = icalendar.Calendar.from_ical(client.get(path).content)
        (event,) = made.walk("VEVENT")
        found.add(int(event["SEQUENCE"]))
    return found


def published(page: Event, *, tells_first: bool = False, **changed: Any) -> None:
    """An editor changes it; whoever listens does its part, in either order."""
    for name, value in changed.items():
        setattr(page, name, value)
    page.save()
    held = EventRegister.objects.get(key=page.translation_key)
    parts = [
        lambda: announce(page.translation_key),
        lambda: following.tell(held, changes.known_of(page)),
    ]
    for part in reversed(parts) if tells_first else parts:
        part()


@pytest.mark.parametrize("tells_first", [False, True])
def test_all_tell_one_number_that_rises_with_each_change(
    site: MadeSite, client: Client, tells_first: bool
) -> None:
    page = make_event(site, title="A day", starts_at=START, ends_at=None, place="Brussels")
    announce(page.translation_key)
    # It moved before anybody could register.
    page.starts_at = START + timedelta(hours=1)
    page.save()
    announce(page.translation_key)
    EventRegister.objects.create(key=page.translation_key, known=changes.known_of(page))
    last = -1
    for changed in (
        {},
        {"starts_at": START + timedelta(hours=2)},
        {"join_url": "https://meet.example/1"},
        {"place": "Liège"},
        {"called_off": True},
        {"called_off": False},
    ):
        published(page, tells_first=tells_first, **changed)
        (number,) = numbers(client, page)
        assert number > last or "join_url" in changed
        last = number
    assert EventRegister.objects.get().sequence == Announced.objects.get().sequence


def test_a_list_from_before_keeps_its_higher_number(site: MadeSite, client: Client) -> None:
    page = make_event(site, title="A day", starts_at=START, ends_at=None)
    announce(page.translation_key)
    EventRegister.objects.create(key=page.translation_key, known=changes.known_of(page), sequence=4)
    assert numbers(client, page) == {4}
    published(page, starts_at=START + timedelta(hours=3))
    assert numbers(client, page) == {5}
