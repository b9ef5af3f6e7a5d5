"""Of a page that nobody may read, whoever is on the list is told nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from factories import MadeSite
from registering import READER, make_event, moved_to
from wagtail.models import PageViewRestriction

from contactpoint.events.actions import Person, fill, register
from contactpoint.events.following import follow_all
from contactpoint.events.keeping import remind
from contactpoint.events.models import Registration
from contactpoint.kit import outbox
from contactpoint.outputs.models import Event

Publish = Callable[..., None]
READERS = {"fr": "francoise@example.org", "de": "gerd@example.org"}


@pytest.fixture
def french(site: MadeSite, event: Event) -> Event:
    """Two people are on the list, and only the French page is open from here on."""
    page = make_event(
        site, language="fr", translation_of=event, title="Un titre ouvert", place="",
        starts_at=event.starts_at, ends_at=event.ends_at,
    )  # fmt: skip
    for language, address in READERS.items():
        register(
            event.translation_key, Person("R. Reader", address, language=language), ticket=address
        )
    outbox.drain()
    mail.outbox.clear()
    closed(event)
    return page


def closed(page: Event) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def said() -> str:
    return "\n".join(str(message.message()) for message in mail.outbox)


def test_a_closed_original_leaves_by_no_mail(event: Event, french: Event, publish: Publish) -> None:
    """Days and hours go to the open page as well; title, place and address are its own."""
    starts = event.starts_at + timedelta(days=3)
    publish(event, title="SECRETTITLE", place="SECRETPLACE", starts_at=starts)
    publish(event, called_off=True)
    follow_all()
    outbox.drain()
    assert {message.to[0] for message in mail.outbox} == set(READERS.values())
    assert "Un titre ouvert" in said()
    assert "SECRET" not in said()
    assert event.url not in said()


def test_what_the_open_page_says_is_told(event: Event, french: Event, publish: Publish) -> None:
    publish(event, place="SECRETPLACE")
    publish(french, place="Salle ouverte", online=True)
    assert "Salle ouverte" in said()
    assert {message.to[0] for message in mail.outbox} == set(READERS.values())
    assert "SECRET" not in said()


def test_an_original_that_is_taken_off_the_web_is_no_withdrawal(
    event: Event, french: Event, publish: Publish
) -> None:
    page: Any = Event.objects.get(pk=event.pk)
    page.unpublish()
    follow_all()
    follow_all()
    outbox.drain()
    assert mail.outbox == []


@pytest.mark.parametrize("is_off_the_web", [True, False])
def test_the_form_of_an_open_page_is_taken_by_what_that_page_says(
    event: Event, french: Event, send: Callable[..., Any], is_off_the_web: bool
) -> None:
    """The original may be called off or full: of that nobody knows."""
    Event.objects.filter(pk=event.pk).update(
        called_off=True, capacity=1, live=not is_off_the_web, place="SECRETPLACE"
    )
    Event.objects.filter(pk=french.pk).update(capacity=3)
    assert send("new@example.org", language="fr").status_code == 303
    assert Registration.objects.get(email="new@example.org").status == "place"
    assert "SECRET" not in said()
    assert event.url not in said()


def test_where_another_page_says_that_it_is_closed_the_form_says_why(
    site: MadeSite, event: Event, send: Callable[..., Any]
) -> None:
    french = make_event(site, language="fr", translation_of=event, title="Un titre ouvert")
    Event.objects.filter(pk=event.pk).update(called_off=True)
    answer = send(language="fr")
    assert answer.status_code == 409
    said_here = answer.content.decode()
    assert "il n&#x27;est plus possible de s&#x27;inscrire" in said_here
    assert 'name="email"' not in said_here
    Event.objects.filter(pk=event.pk).update(called_off=False, takes_registrations=False)
    said_here = send(language="fr").content.decode()
    assert "Il n’est pas possible de s’inscrire ici pour le moment." in said_here
    assert french.title in said_here
    assert not Registration.objects.exists()


def test_who_waits_beside_a_closed_original_moves_up_by_the_open_page(
    event: Event, french: Event
) -> None:
    Registration.objects.update(status="waiting")
    Event.objects.filter(pk=event.pk).update(live=False)
    assert fill(event.translation_key) == 2
    outbox.drain()
    assert "SECRET" not in said()
    assert {message.to[0] for message in mail.outbox} == set(READERS.values())


def test_nobody_moves_up_while_nobody_may_read_of_it(event: Event) -> None:
    register(event.translation_key, Person("R. Reader", READER, language="en"), ticket="x")
    outbox.drain()
    mail.outbox.clear()
    Registration.objects.update(status="waiting")
    restriction = closed(event)
    assert fill(event.translation_key) == 0
    restriction.delete()
    assert fill(event.translation_key) == 1


def test_a_move_made_while_nobody_could_read_it_is_told_when_it_is_open(
    event: Event, publish: Publish
) -> None:
    register(event.translation_key, Person("R. Reader", READER, language="en"), ticket="x")
    outbox.drain()
    mail.outbox.clear()
    restriction = closed(event)
    publish(event, starts_at=event.starts_at + timedelta(days=9), title="SECRETTITLE")
    follow_all()
    outbox.drain()
    assert mail.outbox == []
    restriction.delete()
    follow_all()
    outbox.drain()
    (message,) = mail.outbox
    assert message.subject.startswith("Changed:")


def test_who_may_read_nothing_is_told_of_a_calling_off_in_the_words_that_were_public(
    event: Event, publish: Publish
) -> None:
    register(event.translation_key, Person("R. Reader", READER, language="en"), ticket="x")
    outbox.drain()
    mail.outbox.clear()
    closed(event)
    publish(event, title="SECRETTITLE", place="SECRETPLACE", called_off=True)
    (message,) = mail.outbox
    assert message.subject == f"Called off: {event.title}"
    assert "SECRET" not in said()


def test_nobody_is_reminded_by_the_day_of_a_closed_page(event: Event, french: Event) -> None:
    Registration.objects.update(created_at=timezone.now() - timedelta(days=8))
    tomorrow = timezone.now() + timedelta(days=1)
    moved_to(event, tomorrow)
    remind()
    outbox.drain()
    assert mail.outbox == []
    moved_to(french, tomorrow)
    remind()
    outbox.drain()
    assert {message.to[0] for message in mail.outbox} == set(READERS.values())
    assert "Un titre ouvert" in said()
