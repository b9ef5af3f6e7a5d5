"""No calendar is ever told a lower number of an event than before, nor one number of two things;
it is told that an event is gone only in a language in which it stood."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from factories import MadeSite
from registering import make_event
from wagtail.models import PageViewRestriction

from contactpoint.events.announced import KEPT_AFTER, announce_all
from contactpoint.events.models import Announced
from contactpoint.outputs.models import Event

START = timezone.now().astimezone(UTC).replace(microsecond=0) + timedelta(days=30)


def told(client: Client, language: str = "en") -> tuple[str, int] | None:
    """What the calendar of a language says of the one event, if it does."""
    made: Any = icalendar.Calendar.from_ical(client.get(f"/{language}/events/calendar.ics").content)
    found = made.walk("VEVENT")
    return (str(found[0]["STATUS"]), int(found[0]["SEQUENCE"])) if found else None


@contextmanager
def restricted(page: Event) -> Iterator[None]:
    made = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    yield
    made.delete()


@contextmanager
def expired(page: Event) -> Iterator[None]:
    Event.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    yield
    Event.objects.filter(pk=page.pk).update(expire_at=None)


@pytest.mark.parametrize("hidden", [restricted, expired])
@pytest.mark.parametrize("is_noted", [True, False])
def test_a_page_that_is_closed_and_open_again_within_the_hour_is_newer_than_its_end(
    site: MadeSite, client: Client, hidden: Callable[..., Any], is_noted: bool
) -> None:
    page = make_event(site, starts_at=START, ends_at=None)
    if is_noted:
        announce_all()
    assert told(client) == ("CONFIRMED", 0)
    with hidden(page):
        assert told(client) == ("CANCELLED", 1)
        assert told(client) == ("CANCELLED", 1)
    assert told(client) == ("CONFIRMED", 2)
    own: Any = icalendar.Calendar.from_ical(client.get("/en/events/words/event.ics").content)
    assert int(own.walk("VEVENT")[0]["SEQUENCE"]) == 2


def test_a_change_that_was_told_and_taken_back_counts_twice(site: MadeSite, client: Client) -> None:
    page = make_event(site, starts_at=START, ends_at=None, place="Room one")
    announce_all()
    for number, place in enumerate(("Room two", "Room one"), 1):
        Event.objects.filter(pk=page.pk).update(place=place)
        assert told(client) == ("CONFIRMED", number)


def test_what_comes_back_after_its_end_is_told_no_more_goes_on_counting(
    site: MadeSite, client: Client
) -> None:
    page = make_event(site, starts_at=START, ends_at=None)
    announce_all()
    with restricted(page):
        assert told(client) == ("CANCELLED", 1)
        Announced.objects.update(gone_at=timezone.now() - KEPT_AFTER - timedelta(hours=1))
        announce_all()
        assert told(client) is None
    assert told(client) == ("CONFIRMED", 2)


def test_an_event_that_lost_its_day_is_told_as_gone(site: MadeSite, client: Client) -> None:
    make_event(site, starts_at=START, ends_at=None)
    announce_all()
    Event.objects.update(starts_at=None)
    assert told(client) == ("CANCELLED", 1)


def test_a_time_zone_counts_where_whole_days_are_other_by_it(
    site: MadeSite, client: Client
) -> None:
    midnight = START.replace(hour=23, minute=0)  # of the next day in Brussels
    fields = {"starts_at": midnight, "ends_at": None, "time_zone": "Europe/Brussels"}
    page = make_event(site, whole_day=True, **fields)
    assert told(client) == ("CONFIRMED", 0)
    for number, zone in ((0, "Europe/Paris"), (1, "America/New_York")):
        Event.objects.filter(pk=page.pk).update(time_zone=zone)
        assert told(client) == ("CONFIRMED", number), zone
    # The same days by another clock are no change, whatever the moments.
    Event.objects.filter(pk=page.pk).update(
        time_zone="Asia/Tokyo", starts_at=midnight - timedelta(hours=32)
    )
    assert told(client) == ("CONFIRMED", 1)
    Event.objects.filter(pk=page.pk).update(whole_day=False)
    assert told(client) == ("CONFIRMED", 2)
    Event.objects.filter(pk=page.pk).update(time_zone="Europe/Brussels")
    assert told(client) == ("CONFIRMED", 2), "moments are told in UTC"


def test_the_end_is_told_only_in_languages_in_which_it_stood(
    site: MadeSite, client: Client
) -> None:
    page = make_event(site, starts_at=START, ends_at=None)
    draft = make_event(
        site, language="fr", translation_of=page, starts_at=START, ends_at=None, live=False
    )
    announce_all()
    with restricted(page):
        assert told(client) == ("CANCELLED", 1)
        assert told(client, "fr") is None
        assert told(client, "nl") is None
    Event.objects.filter(pk=draft.pk).update(live=True)
    assert told(client, "fr") == ("CONFIRMED", 2)
    Event.objects.filter(pk=draft.pk).update(live=False)
    with restricted(page):
        assert told(client, "fr") is not None, "it stood there once"
        assert told(client, "nl") is None


def test_what_had_gone_before_languages_were_noted_is_told_in_all(
    site: MadeSite, client: Client
) -> None:
    page = make_event(site, starts_at=START, ends_at=None)
    announce_all()
    page.delete()
    Announced.objects.update(languages=[])
    assert told(client, "fr") == ("CANCELLED", 1)
