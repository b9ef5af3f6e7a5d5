"""Each on the list is told the difference between what they were told last and what holds when the
mail goes out: once, and nothing where there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from factories import MadeSite
from registering import JOIN, READER, WAITS, make_event, moved_to
from wagtail.models import PageViewRestriction

from contactpoint.events import notices
from contactpoint.events.actions import Person, fill, register
from contactpoint.events.following import follow_all
from contactpoint.events.keeping import erase, remind
from contactpoint.events.models import EventRegister, Notice, Registration
from contactpoint.events.withdrawing import withdraw
from contactpoint.kit import outbox
from contactpoint.kit.jobs import TryLaterError
from contactpoint.outputs.models import Event

Publish = Callable[..., None]


def changed(**fields: Any) -> None:
    """An event is otherwise and that is noted; the mails about it wait."""
    Event.objects.update(**fields)
    follow_all()


def sent() -> list[tuple[str, str]]:
    """To whom was written what, now that the mails go out; the newest only once."""
    mail.outbox.clear()
    outbox.drain()
    return sorted((one.to[0], one.subject.partition(":")[0]) for one in mail.outbox)


def both(subject: str) -> list[tuple[str, str]]:
    return [(READER, subject), (WAITS, subject)]


@contextmanager
def closed(page: Event) -> Iterator[None]:
    made = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    yield
    made.delete()


def test_what_is_moved_and_put_back_before_a_mail_went_is_told_to_nobody(full: Event) -> None:
    changed(starts_at=full.starts_at + timedelta(days=1))
    changed(starts_at=full.starts_at)
    assert sent() == []


def test_what_is_called_off_and_on_again_before_a_mail_went_is_told_to_nobody(full: Event) -> None:
    changed(called_off=True)
    changed(called_off=False)
    assert sent() == []


def test_a_call_off_is_told_once_although_it_was_taken_back_for_a_moment(full: Event) -> None:
    changed(called_off=True)
    assert sent() == both("Called off")
    changed(called_off=False)
    changed(called_off=True)
    assert sent() == []
    changed(called_off=False)
    assert sent() == both("It takes place after all")


def test_what_moved_twice_is_told_once_with_what_each_knew(full: Event) -> None:
    changed(place="The wrong hall", online=False)
    changed(place="The right hall", starts_at=full.starts_at + timedelta(days=1))
    assert sent() == both("Changed")
    text = mail.outbox[0].body
    assert "The right hall" in text
    assert "wrong" not in text
    assert text.index("Before, it was:") < text.rindex("Online")


def test_a_change_for_some_does_not_take_from_others_what_came_before(full: Event) -> None:
    changed(place="Another hall", online=False)
    changed(join_url="https://meet.example/hall")
    assert sent() == both("Changed")
    told = {one.to[0]: one.body for one in mail.outbox}
    assert "https://meet.example/hall" in told[READER]
    assert "https://meet.example/hall" not in told[WAITS]
    changed(join_url=JOIN)
    assert sent() == [(READER, "Changed")]


def test_what_takes_place_after_all_at_another_time_says_what_it_was(full: Event) -> None:
    changed(called_off=True)
    sent()
    changed(called_off=False, place="Another hall")
    assert sent() == both("It takes place after all")
    assert "Before, it was:" in mail.outbox[0].body


def test_a_confirmation_that_comes_late_tells_what_holds_and_no_change_after_it(
    event: Event,
) -> None:
    register(event.translation_key, Person("R", READER), ticket="x")
    changed(place="Another hall")
    assert sent() == [(READER, "You have a place")]
    assert "Another hall" in mail.outbox[0].body
    assert "Before, it was:" in mail.outbox[0].body


def test_a_move_whose_mail_met_a_closed_page_is_told_once_it_is_open(full: Event) -> None:
    changed(place="Another hall")
    with closed(full):
        assert sent() == []
        follow_all()
        assert sent() == []
    follow_all()
    assert sent() == both("Changed")
    follow_all()
    assert sent() == []


def test_a_move_that_was_put_back_while_the_page_was_closed_is_not_told(full: Event) -> None:
    changed(place="Another hall")
    with closed(full):
        assert sent() == []
        changed(place="")
    follow_all()
    assert sent() == []


def test_a_call_off_that_was_taken_back_while_the_page_was_closed_is_not_told(full: Event) -> None:
    with closed(full):
        changed(called_off=True)
        Event.objects.update(called_off=False)
        assert sent() == []
    follow_all()
    assert sent() == []


def test_a_confirmation_that_met_a_closed_page_comes_once_it_is_open(event: Event) -> None:
    register(event.translation_key, Person("R", READER), ticket="x")
    with closed(event):
        assert sent() == []
    follow_all()
    assert sent() == [(READER, "You have a place")]


def test_a_confirmation_that_met_a_call_off_comes_when_it_is_on_again(event: Event) -> None:
    register(event.translation_key, Person("R", READER), ticket="x")
    Event.objects.update(called_off=True)
    assert sent() == []
    changed(called_off=False)
    assert sent() == [(READER, "You have a place")]


def test_who_moved_up_hears_of_it_once_the_page_is_open(full: Event) -> None:
    Event.objects.update(capacity=2)
    assert fill(full.translation_key) == 1
    with closed(full):
        assert sent() == []
    follow_all()
    assert sent() == [(WAITS, "There is a place for you")]


def test_what_a_busy_server_did_not_take_counts_as_not_told(
    full: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(place="Another hall")
    with monkeypatch.context() as patched:

        def busy(*_args: Any, **_kwargs: Any) -> None:
            raise TryLaterError("450")

        patched.setattr(notices, "send_now", busy)
        assert sent() == []
    assert {one.told["words"]["en"]["place"] for one in Registration.objects.all()} == {""}
    for pk in Notice.objects.filter(taken_at=None).values_list("pk", flat=True):
        notices.send_notice.enqueue(pk)
    assert {one.subject.partition(":")[0] for one in mail.outbox} == {"Changed"}
    assert len(mail.outbox) == 2


def test_whoever_takes_it_away_is_heeded_though_a_mail_comes_before_the_page_is_gone(
    full: Event,
) -> None:
    withdraw(full, is_told=True)
    assert sent() == [], "the page still stands"
    Event.objects.get().unpublish()
    follow_all()
    assert sent() == both("Called off")


def test_a_move_before_a_quiet_withdrawal_is_told_to_nobody_and_keeps_nobody(full: Event) -> None:
    changed(place="Another hall")
    withdraw(full, is_told=False)
    Event.objects.get().delete()
    assert sent() == []
    follow_all()
    EventRegister.objects.update(told_at=timezone.now())
    erase()
    assert not Registration.objects.exists()


def test_nobody_is_reminded_of_what_was_moved_away_and_all_are_in_time(full: Event) -> None:
    Registration.objects.update(created_at=timezone.now() - timedelta(days=30))
    moved_to(full, timezone.now() + timedelta(hours=40))
    follow_all()
    sent()
    remind()
    moved_to(full, timezone.now() + timedelta(days=30))
    assert sent() == both("Changed")
    moved_to(full, timezone.now() + timedelta(hours=40))
    follow_all()
    sent()
    remind()
    assert sent() == [(READER, "Coming soon")]


def test_another_place_is_told_though_the_page_in_the_readers_language_has_not_followed(
    site: MadeSite, event: Event
) -> None:
    fields = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    french = make_event(
        site, language="fr", translation_of=event, title="Un jour", place="Salle une", **fields
    )
    changed(place="Room one")
    Event.objects.filter(pk=french.pk).update(place="Salle une")
    register(event.translation_key, Person("R", READER, language="fr"), ticket="x")
    sent()
    Event.objects.filter(pk=event.pk).update(place="Room two")
    follow_all()
    assert len(sent()) == 1
    text = mail.outbox[0].body
    assert text.index("Room two") < text.index("Salle une"), "what is, then what was"
    Event.objects.filter(pk=french.pk).update(place="Salle deux")
    follow_all()
    assert sent() == [], "they know it by another name"
    changed(online=False)
    assert len(sent()) == 1
    assert "Salle deux" in mail.outbox[0].body
    assert "Room" not in mail.outbox[0].body


def test_another_clock_moves_whole_days_only_where_the_days_are_other(full: Event) -> None:
    midnight = timezone.localtime(full.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    changed(whole_day=True, starts_at=midnight, ends_at=None, time_zone="Europe/Brussels")
    sent()
    changed(time_zone="Europe/Paris")
    assert sent() == []
    changed(time_zone="America/New_York")
    assert sent() == both("Changed")
