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


def told(client: Client, code: str) -> tuple[int, str]:
    """The number and the place, by the calendar of a language and by the event's own file alike."""
    made: Any = icalendar.Calendar.from_ical(client.get(f"/{code}/events/calendar.ics").content)
    (event,) = made.walk("VEVENT")
    path = str(event["URL"]).partition("localhost:8000")[2]
    (own,) = icalendar.Calendar.from_ical(client.get(f"{path}event.ics").content).walk("VEVENT")
    for name in ("SEQUENCE", "LOCATION", "UID"):
        assert own[name] == event[name]
    return int(event["SEQUENCE"]), str(event["LOCATION"])


def test_all_languages_tell_one_number_that_rises_with_a_change_of_any(
    site: MadeSite, client: Client
) -> None:
    page = make_event(site, starts_at=START, ends_at=None, place="Room one", online=False)
    french = make_event(site, language="fr", translation_of=page, title="Un jour", place="",
                        starts_at=START, ends_at=None, online=False)  # fmt: skip
    announce(page.translation_key)
    last = -1
    for changed in (
        {"place": "salle une"},
        {"place": "salle deux"},
        {"place": "Room one"},
        {"title": "Une autre journée"},
        {"place": "salle trois"},
        {"live": False},
        {"live": True},
    ):
        for name, value in changed.items():
            setattr(french, name, value)
        french.save()
        for _noted in range(2):  # before the change is noted, and after
            found = {told(client, code)[0] for code in ("en", "fr") if code == "en" or french.live}
            (number,) = found
            assert number > last or _noted, changed
            last = number
            announce(page.translation_key)


def test_a_change_that_is_taken_back_at_once_counts(site: MadeSite, client: Client) -> None:
    page: Any = make_event(site, starts_at=START, ends_at=None, place="Room one")
    announce(page.translation_key)
    for place in ("Room two", "Room one"):
        page.place = place
        page.save_revision().publish()
        # Nobody has done a job since.
        (number,) = {told(client, "en")[0]}
    assert number == 2


def test_where_a_language_has_no_place_that_of_another_is_told(
    site: MadeSite, client: Client
) -> None:
    page = make_event(site, starts_at=START, ends_at=None, place="Brussels, room one")
    make_event(site, language="fr", translation_of=page, title="Un jour", place="",
               starts_at=START, ends_at=None)  # fmt: skip
    assert told(client, "fr")[1] == "Brussels, room one, et en ligne"
    Event.objects.filter(pk=page.pk).update(live=False)
    assert told(client, "fr")[1] == "En ligne"
    event, _url = changes.event_of(
        {**changes.known_of(page), "words": {
            "en": {"title": "A", "place": "Brussels", "url": ""},
            "fr": {"title": "B", "place": "", "url": ""}}}, "fr")  # fmt: skip
    assert event.place == "Brussels"
