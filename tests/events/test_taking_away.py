"""Whoever deletes or unpublishes an event learns first who counts on it, and says if they hear."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from factories import MadeSite
from people import person
from registering import READER, WAITS, make_event, moved_to, statuses

from contactpoint.events.following import GONE_AFTER, follow_all
from contactpoint.events.models import EventRegister
from contactpoint.kit import outbox
from contactpoint.outputs.models import Event


@pytest.fixture
def admin(db: None) -> Client:
    return person("Administrators")[1]


def _delete(event: Event) -> str:
    return reverse("wagtailadmin_pages:delete", args=[event.pk])


def _unpublish(event: Event) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[event.pk])


def _an_hour_later() -> None:
    since = timezone.now() - GONE_AFTER - timedelta(minutes=1)
    follow_all()
    EventRegister.objects.exclude(missing_since=None).update(missing_since=since)
    follow_all()
    outbox.drain()


def test_deleting_says_how_many_count_on_it_and_does_nothing_yet(
    full: Event, admin: Client
) -> None:
    for answer in (admin.get(_delete(full)), admin.post(_delete(full))):
        shown = answer.content.decode()
        assert "2 people have registered and count on it." in shown
        assert full.title in shown
        assert 'name="tell_the_list" value="yes" checked' in shown
    assert Event.objects.filter(pk=full.pk).exists()
    assert not mail.outbox


def test_who_deletes_it_has_everybody_told_that_it_is_called_off(
    full: Event, admin: Client
) -> None:
    admin.post(_delete(full), {"tell_the_list": "yes"})
    outbox.drain()
    assert not Event.objects.exists()
    told = {message.to[0]: message for message in mail.outbox}
    assert {message.subject for message in told.values()} == {"Called off: A day of words"}
    assert set(told) == {READER, WAITS}
    assert "/events/words/" not in told[READER].body.replace("/events/registrations/", "")
    mail.outbox.clear()
    _an_hour_later()
    assert not mail.outbox, "once"


def test_who_wants_nobody_told_is_heeded_for_good(full: Event, admin: Client) -> None:
    admin.post(_delete(full), {"tell_the_list": "no"})
    _an_hour_later()
    assert not Event.objects.exists()
    assert not mail.outbox


def test_unpublishing_asks_too_and_comes_back_as_quietly(
    full: Event, admin: Client, django_capture_on_commit_callbacks: Any
) -> None:
    shown = admin.post(_unpublish(full)).content.decode()
    assert "2 people have registered" in shown
    assert Event.objects.get().live
    admin.post(_unpublish(full), {"tell_the_list": "no"})
    _an_hour_later()
    assert not Event.objects.get().live
    with django_capture_on_commit_callbacks(execute=True):
        Event.objects.get().save_revision().publish()
    outbox.drain()
    assert not mail.outbox
    admin.post(_unpublish(full), {"tell_the_list": "yes"})
    outbox.drain()
    assert [message.subject.partition(":")[0] for message in mail.outbox] == ["Called off"] * 2
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        Event.objects.get().save_revision().publish()
    outbox.drain()
    assert {message.subject.partition(":")[0] for message in mail.outbox} == {
        "It takes place after all"
    }


def test_what_goes_with_a_page_above_or_from_a_list_is_asked_for_as_well(
    site: MadeSite, full: Event, admin: Client
) -> None:
    events = full.get_parent()
    assert "2 people" in admin.get(_delete(events)).content.decode()
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    shown = admin.post(f"{many}?id={full.pk}", {"next": "/admin/"}).content.decode()
    assert "2 people" in shown
    assert 'name="next" value="/admin/"' in shown
    admin.post(f"{many}?id={full.pk}", {"next": "/admin/", "tell_the_list": "yes"})
    outbox.drain()
    assert not Event.objects.exists()
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("why", ["nobody", "over", "called off"])
def test_nobody_is_asked_where_nobody_counts_on_it(
    event: Event, admin: Client, why: str, send: Callable[..., Any]
) -> None:
    if why != "nobody":
        send()
    if why == "over":
        moved_to(event, timezone.now() - timedelta(days=2))
    if why == "called off":
        Event.objects.update(called_off=True)
    mail.outbox.clear()
    admin.post(_delete(event))
    assert not Event.objects.exists()


def test_who_may_not_delete_is_not_told_who_comes(full: Event) -> None:
    client = person("Translators")[1]
    for address in (_delete(full), _unpublish(full)):
        assert "2 people" not in client.get(address).content.decode()
        client.post(address, {"tell_the_list": "yes"})
    outbox.drain()
    assert not mail.outbox
    assert Event.objects.get().live
    assert len(statuses()) == 2


def test_a_translation_may_go_alone(site: MadeSite, full: Event, admin: Client) -> None:
    french = make_event(site, language="fr", slug="mots", translation_of=full)
    admin.post(_delete(french))
    assert list(Event.objects.values_list("pk", flat=True)) == [full.pk]
