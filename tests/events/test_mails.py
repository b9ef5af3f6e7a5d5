"""What is told by mail: once, in the reader's language, with the event for the calendar."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult
from factories import LANGUAGES, MadeSite
from registering import JOIN, READER, last, link, make_event, moved_to, statuses

from contactpoint.events import notices
from contactpoint.events.actions import Person, cancel, fill, register
from contactpoint.events.keeping import remind
from contactpoint.events.models import Notice, Registration
from contactpoint.kit import outbox
from contactpoint.kit.jobs import JobRunner, TryLaterError
from contactpoint.kit.mail import UndeliverableError
from contactpoint.kit.models import OutboxEntry
from contactpoint.outputs.models import Event

TYPED = "Buy cheap pills"


def come(event: Event, email: str = READER, *, language: str = "en", tell: bool = True) -> None:
    person = Person(TYPED, email, TYPED, TYPED, language)
    register(event.translation_key, person, ticket=email)
    if tell:
        outbox.drain()


def attached(message: Any) -> str:
    (part,) = message.attachments
    assert part.get_filename() == "event.ics"
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    return str(part.get_payload(decode=True).decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_confirmation_is_in_the_readers_language_and_holds_nothing_that_was_typed(
    site: MadeSite, event: Event, language: str
) -> None:
    if language != "en":
        make_event(site, language=language, translation_of=event)
    come(event, language=language)
    (message,) = mail.outbox
    assert message.to == [READER]
    assert message.extra_headers["Content-Language"] == language
    assert not message.alternatives
    assert "pills" not in message.subject + message.body + attached(message)
    with translation.override(language):
        words = translation.gettext("You are registered and have a place.")
    assert message.body.startswith(words)
    assert link().startswith(f"/{language}/events/registrations/")
    assert f"/{language}/events/words/" in message.body


@pytest.mark.parametrize(
    ("language", "there"),
    [("en", "and online"), ("fr", "et en ligne"), ("nl", "en online"), ("de", "und online")],
)
def test_the_entry_for_calendars_is_in_the_readers_language(
    site: MadeSite, event: Event, language: str, there: str
) -> None:
    Event.objects.update(place="Helsinki")
    if language != "en":
        make_event(site, language=language, translation_of=event, place="Helsinki")
    come(event, language=language)
    place = re.search(r"^LOCATION.*:(.*)$", attached(last()), re.MULTILINE)
    assert place is not None
    assert there in place[1]


def test_only_who_has_a_place_gets_the_address_to_join(event: Event) -> None:
    Event.objects.update(capacity=1)
    come(event)
    come(event, "second@example.org")
    placed, waiting = mail.outbox
    assert JOIN in placed.body
    assert JOIN in attached(placed)
    assert JOIN not in waiting.body
    assert not waiting.attachments


def test_nothing_is_sent_before_the_transaction_stands_or_when_it_is_undone(
    event: Event,
) -> None:
    with transaction.atomic():
        come(event, tell=False)
        transaction.set_rollback(True)
    outbox.drain()
    assert not mail.outbox
    assert not Registration.objects.exists()


def test_a_mail_is_never_sent_twice(event: Event) -> None:
    come(event)
    OutboxEntry.objects.update(done_at=None, available_at=None)
    outbox.drain()
    notices.send_notice.enqueue(Notice.objects.get().pk)
    assert len(mail.outbox) == 1


def test_no_job_outbox_entry_or_log_holds_an_address_or_a_link(
    event: Event, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
    }
    caplog.set_level(logging.DEBUG)
    said = TryLaterError(f"the mail server said 450 {READER} is busy")
    with monkeypatch.context() as patched:
        patched.setattr(notices, "send_now", _raising(said))
        come(event)
        assert JobRunner().run_one()
    assert not mail.outbox
    DBTaskResult.objects.update(run_after=timezone.now())
    assert JobRunner().run_one()
    assert len(mail.outbox) == 1, "the server was busy, so it was tried again"
    token = link().rstrip("/").rpartition("/")[2]
    kept = repr([*DBTaskResult.objects.values(), *OutboxEntry.objects.values()]) + caplog.text
    assert "send_notice" in kept
    for secret in (READER, token, TYPED, JOIN):
        assert secret not in kept


def _raising(problem: Exception) -> Any:
    def raises(*_args: Any, **_kwargs: Any) -> None:
        raise problem

    return raises


def test_an_address_that_the_server_refuses_for_good_is_not_named_in_the_log(
    event: Event, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(notices, "send_now", _raising(UndeliverableError(f"550 {READER}")))
    come(event)
    assert "refused notice" in caplog.text
    assert READER not in caplog.text


def test_opening_the_link_cancels_nothing_and_the_button_does(event: Event, client: Client) -> None:
    come(event)
    page = client.get(link())
    assert "You have a place" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert READER not in page.content.decode()
    assert len(statuses()) == 1
    done = Client(enforce_csrf_checks=True).post(link())
    assert "cancelled" in done.content.decode()
    assert not done.cookies
    assert not Registration.objects.exists()
    assert not Notice.objects.exists()
    assert client.get(link()).status_code == 404
    assert Client().post(link()).status_code == 404


def test_a_link_can_not_be_made_from_what_the_form_holds(event: Event, client: Client) -> None:
    come(event)
    row = Registration.objects.get()
    for forged in (row.reference.hex, str(row.reference), link()[:-3]):
        assert client.get(f"/en/events/registrations/{forged}/").status_code == 404


def test_the_first_who_waits_moves_up_and_is_told(event: Event, client: Client) -> None:
    Event.objects.update(capacity=1)
    for name in ("one", "two", "three"):
        come(event, f"{name}@example.org")
    client.post(link(mail.outbox[0]))
    outbox.drain()
    assert statuses() == {"two@example.org": "place", "three@example.org": "waiting"}
    assert last().to == ["two@example.org"]
    assert last().subject == "There is a place for you: A day of words"
    assert JOIN in attached(last())
    assert len(mail.outbox) == 4


def test_who_waited_and_leaves_gives_nobody_a_place(event: Event, client: Client) -> None:
    Event.objects.update(capacity=1)
    come(event)
    come(event, "two@example.org")
    come(event, "three@example.org")
    client.post(link(mail.outbox[1]))
    assert statuses() == {READER: "place", "three@example.org": "waiting"}


def test_more_places_let_people_move_up_when_the_page_is_published(
    event: Event, django_capture_on_commit_callbacks: Any
) -> None:
    Event.objects.update(capacity=1)
    for number in range(4):
        come(event, f"{number}@example.org")
    page = Event.objects.get()
    page.capacity = 3
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert list(statuses().values()) == ["place", "place", "place", "waiting"]
    page.capacity = 1
    page.save()
    assert fill(event.translation_key) == 0, "nobody loses a place"


def test_nobody_moves_up_once_the_event_has_begun_or_is_withdrawn(event: Event) -> None:
    Event.objects.update(capacity=1)
    come(event)
    come(event, "two@example.org")
    come(event, "three@example.org")
    moved_to(event, timezone.now() - timedelta(minutes=1))
    assert cancel(Registration.objects.select_related("register")[0])
    moved_to(event, timezone.now() + timedelta(days=1))
    Event.objects.update(live=False)
    fill(event.translation_key)
    assert set(statuses().values()) == {"waiting"}


def test_who_has_a_place_is_reminded_once_two_days_before(event: Event) -> None:
    come(event)
    Registration.objects.update(created_at=timezone.now() - timedelta(days=30))
    remind()
    outbox.drain()
    assert len(mail.outbox) == 1, "it is ten days off"
    moved_to(event, timezone.now() + timedelta(hours=47))
    come(event, "late@example.org")
    come(event, "waits@example.org")
    mail.outbox.clear()
    for _hour in range(2):
        remind()
        outbox.drain()
    (message,) = mail.outbox
    assert message.to == [READER]
    assert message.subject == "Coming soon: A day of words"
    assert JOIN in attached(message)


def test_who_moved_up_long_before_is_reminded_and_who_just_did_is_not(event: Event) -> None:
    Event.objects.update(capacity=1)
    for name in ("one", "two", "three"):
        come(event, f"{name}@example.org")
    Registration.objects.update(created_at=timezone.now() - timedelta(days=30))
    cancel(Registration.objects.select_related("register")[0])
    outbox.drain()
    Notice.objects.filter(kind="moved-up").update(taken_at=timezone.now() - timedelta(days=9))
    moved_to(event, timezone.now() + timedelta(hours=10))
    Event.objects.update(capacity=2)
    fill(event.translation_key)
    outbox.drain()
    mail.outbox.clear()
    remind()
    outbox.drain()
    assert [message.to for message in mail.outbox] == [["two@example.org"]]


def test_a_mail_that_comes_too_late_is_not_sent(event: Event) -> None:
    come(event, tell=False)
    moved_to(event, timezone.now() - timedelta(days=1))
    outbox.drain()
    assert not mail.outbox
