"""The front page sorts what there is by time: new, coming, planned."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_output, make_site


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site(["en"])


def front_page(client: Client) -> dict[str, Any]:
    return client.get("/en/").context_data


def titles(entries: list[Any]) -> list[str]:
    return [entry.title for entry in entries]


def ahead(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_what_lies_ahead_stands_apart_from_what_is_new(site: MadeSite, client: Client):
    now = timezone.now()
    make_output(site, title="Old news", published_on=ahead(-9))
    make_output(site, title="Fresh news", published_on=ahead(-1))
    make_output(site, "event", title="Conference", starts_at=now + timedelta(days=3))
    make_output(site, "event", title="Webinar", starts_at=now + timedelta(days=1))
    make_output(site, "development", title="New law", effective_on=ahead(60))
    make_output(site, "publication", title="Announced study", published_on=ahead(20))
    shown = front_page(client)
    assert shown["lead"].title == "Fresh news"
    assert titles(shown["latest"]) == ["Old news"]
    assert titles(shown["coming"]) == ["Webinar", "Conference"]
    assert titles(shown["planned"]) == ["Announced study", "New law"]


def test_an_event_that_is_over_is_not_coming(site: MadeSite, client: Client):
    make_output(
        site,
        "event",
        title="Yesterday",
        published_on=ahead(-1),
        starts_at=timezone.now() - timedelta(days=1),
    )
    shown = front_page(client)
    assert shown["coming"] == []
    assert shown["lead"].title == "Yesterday"


def test_an_empty_front_page_says_so_instead_of_failing(site: MadeSite, client: Client):
    response = client.get("/en/")
    assert response.status_code == 200
    assert "No event is announced at the moment." in response.content.decode()
