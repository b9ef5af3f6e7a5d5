"""An event to come with room for two, and somebody who registers as a browser does."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from factories import MadeSite, make_site
from registering import FORM, READER, WAITS, make_event

from contactpoint.events.actions import Person, register
from contactpoint.kit import outbox
from contactpoint.outputs.models import Event


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site(standard=False)


@pytest.fixture
def event(site: MadeSite) -> Event:
    """In ten days, online, two places."""
    return make_event(site)


@pytest.fixture
def full(event: Event) -> Event:
    """One has the place, one waits; what they were told so far is read."""
    Event.objects.update(capacity=1)
    for email in (READER, WAITS):
        register(event.translation_key, Person("R. Reader", email), ticket=email)
    outbox.drain()
    mail.outbox.clear()
    return event


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Moves the clock of the tickets."""
    start = time.time()
    moved = {"by": 0.0}
    monkeypatch.setattr(time, "time", lambda: start + moved["by"])

    def move(seconds: float) -> None:
        moved["by"] += seconds

    return move


@pytest.fixture
def send(later: Callable[[float], None]) -> Callable[..., HttpResponse]:
    """Opens the form, waits, sends it; what the outbox holds is told."""

    def sent(
        email: str = READER, *, language: str = "en", ticket: str = "", **fields: str
    ) -> HttpResponse:
        client = Client(enforce_csrf_checks=True)
        url = f"/{language}/events/words/register/"
        used = ticket or str(client.get(url).context["ticket"])
        later(60)
        data = {"name": "R. Reader", "email": email, "ticket": used, **fields}
        headers = {"Sec-Fetch-Site": "same-origin"}
        answer = client.post(url, urlencode(data), content_type=FORM, headers=headers)
        outbox.drain()
        return answer

    return sent


@pytest.fixture
def publish(django_capture_on_commit_callbacks: Any) -> Callable[..., None]:
    """Publishes an event as an editor does; what follows from it is done."""

    def published(event: Event, **fields: Any) -> None:
        page: Any = Event.objects.get(pk=event.pk)
        for name, value in fields.items():
            setattr(page, name, value)
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        outbox.drain()

    return published
