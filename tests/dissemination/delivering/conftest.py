"""Subscribers, a kind of mail for tests, and a mail server that keeps what it takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from postbox import Postbox, listening

from contactpoint.dissemination.delivering import mailings
from contactpoint.dissemination.delivering.mailings import composer
from contactpoint.dissemination.delivering.sending import Sender
from contactpoint.dissemination.models import Delivery, Subscriber
from contactpoint.kit.letters import Letter

KIND = "tried"


@pytest.fixture
def box(settings: Any, tmp_path: Path, db: None) -> Iterator[Postbox]:
    settings.DATA = tmp_path
    settings.BASE_URL = "https://portal.example.org"
    with listening(settings) as found:
        yield found


@pytest.fixture
def sender(box: Postbox, tried: None) -> Iterator[Sender]:
    made = Sender()
    yield made
    made.close()


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mails about nothing are dropped."""
    monkeypatch.setattr(mailings, "_composers", {})

    @composer(KIND)
    def compose(delivery: Delivery) -> Letter | None:
        if not delivery.about:
            return None
        return Letter(f"About {delivery.about[0]}", ".dot\nÜber dots", "<p>Über dots</p>", "de")


def subscriber(address: str, **more: Any) -> Subscriber:
    return Subscriber.objects.create(
        address=address,
        language="de",
        confirmed_at=timezone.now(),
        consented_to="Ja",
        **more,
    )
