"""Nothing of whoever came is kept beyond the days that the operator set."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from registering import moved_to, statuses

from contactpoint.events.actions import Person, register
from contactpoint.events.following import GONE_AFTER, MAILS_TAKE
from contactpoint.events.models import EventRegister, Notice, Registration
from contactpoint.kit import housekeeping, outbox
from contactpoint.outputs.models import Event


@pytest.fixture
def full(event: Event) -> Event:
    """Two with a place, one who waits."""
    for number in range(3):
        register(event.translation_key, Person("R", f"{number}@example.org"), ticket=str(number))
    return event


@pytest.mark.parametrize(("days", "left"), [(30, 3), (31, 0)])
def test_registrations_are_deleted_thirty_days_after_the_end(
    full: Event, days: int, left: int
) -> None:
    moved_to(full, timezone.now() - timedelta(days=days))
    housekeeping.tidy()
    assert Registration.objects.count() == left
    assert Notice.objects.count() == left
    if not left:
        kept = EventRegister.objects.get()
        assert kept.places_given == 2
        assert kept.erased_at is not None


def test_the_operator_sets_the_days(full: Event, settings: Any) -> None:
    settings.REGISTRATIONS_KEPT_DAYS = 5
    moved_to(full, timezone.now() - timedelta(days=6))
    assert housekeeping.tidy() >= 3
    assert not statuses()


def test_what_lasts_a_whole_day_is_over_when_that_day_is(full: Event, settings: Any) -> None:
    settings.REGISTRATIONS_KEPT_DAYS = 0
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Event.objects.update(whole_day=True, starts_at=midnight, ends_at=None)
    housekeeping.tidy()
    assert len(statuses()) == 3
    Event.objects.update(starts_at=midnight - timedelta(days=1))
    housekeeping.tidy()
    assert not statuses()


def test_registrations_for_an_event_that_was_deleted_go_once_everybody_was_told(
    full: Event,
) -> None:
    full.delete()
    housekeeping.tidy()
    assert len(statuses()) == 3, "the page may come back"
    EventRegister.objects.update(missing_since=timezone.now() - GONE_AFTER)
    housekeeping.tidy()
    assert len(statuses()) == 3, "the mails to tell them are not sent yet"
    mail.outbox.clear()
    outbox.drain()
    assert len(mail.outbox) == 3
    housekeeping.tidy()
    assert not statuses()


def test_a_mail_server_that_is_away_for_long_keeps_nobody_on_the_list(full: Event) -> None:
    full.delete()
    EventRegister.objects.update(missing_since=timezone.now() - GONE_AFTER)
    housekeeping.tidy()
    EventRegister.objects.update(told_at=timezone.now() - MAILS_TAKE)
    housekeeping.tidy()
    assert not statuses()


def test_registrations_for_an_event_that_is_withdrawn_stay_until_its_time(full: Event) -> None:
    Event.objects.update(live=False)
    housekeeping.tidy()
    assert len(statuses()) == 3
    moved_to(full, timezone.now() - timedelta(days=40))
    housekeeping.tidy()
    assert not statuses()
