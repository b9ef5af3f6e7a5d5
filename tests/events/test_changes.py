"""Who is on the list hears once, in their language, that the event moved, is called off or gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from factories import LANGUAGES, MadeSite
from registering import JOIN, READER, WAITS, link, make_event, moved_to

from contactpoint.events.actions import Person, register
from contactpoint.events.following import GONE_AFTER, follow_all
from contactpoint.events.models import EventRegister, Registration
from contactpoint.kit import housekeeping, outbox
from contactpoint.outputs.models import Event

Publish = Callable[..., None]


def told() -> dict[str, str]:
    """To whom was written since, and the subjects."""
    return {message.to[0]: message.subject for message in mail.outbox}


def entry(message: Any) -> tuple[str, Any]:
    """The method and the event of the calendar that goes with a mail."""
    (part,) = message.attachments
    read: Any = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == read["METHOD"]
    (found,) = read.walk("VEVENT")
    return str(read["METHOD"]), found


def test_a_move_is_told_once_with_what_was_before_and_for_the_same_entry_in_calendars(
    full: Event, publish: Publish, client: Client
) -> None:
    publish(full)
    assert not mail.outbox, "nothing has changed"
    starts = full.starts_at + timedelta(days=1)
    publish(full, starts_at=starts, ends_at=starts + timedelta(hours=2))
    publish(full, title="A day of many words")
    housekeeping.tidy()
    outbox.drain()
    assert told() == {READER: "Changed: A day of words", WAITS: "Changed: A day of words"}
    placed, waiting = mail.outbox
    assert "Before, it was:" in placed.body
    assert JOIN in placed.body
    assert JOIN not in waiting.body
    assert not waiting.attachments
    method, found = entry(placed)
    assert (method, found["SEQUENCE"], found["STATUS"]) == ("PUBLISH", 1, "CONFIRMED")
    assert found["DTSTART"].dt == starts.replace(microsecond=0)
    assert str(found["UID"]).startswith(str(full.translation_key))
    public = icalendar.Calendar.from_ical(client.get("/en/events/words/event.ics").content)
    # To calendars a title is news, too.
    assert public.walk("VEVENT")[0]["SEQUENCE"] == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_calling_off_is_told_in_the_readers_language_and_taken_out_of_the_calendar(
    site: MadeSite, event: Event, publish: Publish, language: str
) -> None:
    if language != "en":
        make_event(site, language=language, translation_of=event, title="Un autre titre")
    person = Person("R. Reader", READER, language=language)
    register(event.translation_key, person, ticket="x")
    outbox.drain()
    mail.outbox.clear()
    publish(event, called_off=True)
    publish(event, called_off=True, place="Elsewhere")
    (message,) = mail.outbox
    with translation.override(language):
        subject = translation.gettext("Called off: %(title)s")
    assert message.subject == subject % {
        "title": "A day of words" if language == "en" else "Un autre titre"
    }
    assert message.extra_headers["Content-Language"] == language
    assert JOIN not in message.body
    method, found = entry(message)
    number = 1 if language == "en" else 2  # its words in another language were news, too
    assert (method, found["SEQUENCE"], found["STATUS"]) == ("CANCEL", number, "CANCELLED")
    assert "ORGANIZER" in found
    assert JOIN not in str(found.to_ical())


def test_an_event_that_takes_place_after_all_is_told_with_a_higher_sequence(
    full: Event, publish: Publish
) -> None:
    publish(full, called_off=True)
    mail.outbox.clear()
    publish(full, called_off=False)
    assert told()[READER] == "It takes place after all: A day of words"
    method, found = entry(mail.outbox[0])
    assert (method, found["SEQUENCE"], found["STATUS"]) == ("PUBLISH", 2, "CONFIRMED")


def test_another_address_to_join_concerns_only_those_who_have_a_place(
    full: Event, publish: Publish
) -> None:
    publish(full, join_url="https://meet.example/hall")
    assert told() == {READER: "Changed: A day of words"}
    assert "https://meet.example/hall" in mail.outbox[0].body
    assert "Before" not in mail.outbox[0].body


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_page_that_stays_away_is_told_of_as_it_was_and_one_that_comes_back_is_not(
    full: Event, publish: Publish, is_deleted: bool
) -> None:
    Event.objects.get().unpublish()
    follow_all()
    outbox.drain()
    publish(full)
    follow_all()
    EventRegister.objects.filter(missing_since=None).get()
    assert not mail.outbox
    page = Event.objects.get()
    if is_deleted:
        page.delete()
    else:
        page.unpublish()
    follow_all()
    EventRegister.objects.update(missing_since=timezone.now() - GONE_AFTER)
    for _hour in range(2):
        follow_all()
        outbox.drain()
    assert set(told().values()) == {"Withdrawn: A day of words"}
    assert len(mail.outbox) == 2
    method, found = entry(mail.outbox[0])
    # It was gone, there again, and is gone.
    assert (method, found["SEQUENCE"]) == ("CANCEL", 3)
    assert found["DTSTART"].dt == full.starts_at.replace(microsecond=0)
    assert str(found["UID"]).startswith(str(full.translation_key))


def test_who_registers_after_the_change_is_not_told_of_it(full: Event) -> None:
    moment = timezone.now() + timedelta(days=20)
    moved_to(full, moment)
    Event.objects.update(capacity=None)
    late = "late@example.org"
    register(full.translation_key, Person("L. Late", late), ticket="l")
    follow_all()
    outbox.drain()
    assert told()[READER].startswith("Changed:")
    assert told()[late].startswith("You have a place:")


def test_what_is_over_is_told_to_nobody(full: Event) -> None:
    moved_to(full, timezone.now() - timedelta(days=3))
    EventRegister.objects.update(known={})
    follow_all()
    Event.objects.update(called_off=True)
    follow_all()
    outbox.drain()
    assert not mail.outbox


def test_nobody_registers_for_what_is_called_off_or_moves_up_or_is_reminded(
    full: Event, publish: Publish, client: Client
) -> None:
    path = link_of(READER)
    publish(full, called_off=True, capacity=5, starts_at=timezone.now() + timedelta(hours=20))
    Registration.objects.update(created_at=timezone.now() - timedelta(days=30))
    mail.outbox.clear()
    housekeeping.tidy()
    outbox.drain()
    assert not mail.outbox
    form = client.get("/en/events/words/register/").content.decode()
    assert "nobody can register any more" in form
    assert 'name="email"' not in form
    page = client.get("/en/events/words/").content.decode()
    assert "This event is called off" in page
    assert '/words/register/"' not in page
    own = client.get(path).content.decode()
    assert "This event is called off" in own
    assert 'name="cancel"' in own


def link_of(email: str) -> str:
    """The path that the person's mails hold."""
    mail.outbox.clear()
    row = Registration.objects.get(email=email)
    register(row.register.key, Person("R", email), ticket="another")
    outbox.drain()
    return link()
