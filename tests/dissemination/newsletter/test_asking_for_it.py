"""Readers tick one box, confirm, and get the newsletter beside whatever else they follow."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from factories import MadeSite

from contactpoint.dissemination.following.links import preferences_url
from contactpoint.dissemination.models import Subscriber
from contactpoint.kit import tickets

from .conftest import reader


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests fill in forms faster than people."""
    monkeypatch.setattr(tickets, "TOO_FAST", 0)


def confirmed(client: Client, **more: Any) -> Subscriber:
    form = client.get("/en/follow/?newsletter=main").content.decode()
    given = {
        "ticket": re.findall(r'name="ticket" value="([^"]+)"', form)[0],
        "address": "anna@example.org", "rhythm": "daily", "language": "fr", "join": "all",
        "website": "", **more,
    }  # fmt: skip
    answer = client.post("/en/follow/?newsletter=main", given)
    assert answer.status_code == 303, answer.content.decode()
    (link,) = re.findall(r"https?://[^/]+(/\w\w/follow/confirm/[^\s)>]+)", mail.outbox[-1].body)
    client.post(link)
    return Subscriber.objects.get()


def rules(subscriber: Subscriber) -> list[Any]:
    return [row.interest.rule for row in subscriber.subscriptions.order_by("pk")]


def test_the_box_is_ticked_where_the_link_asks_for_it(site: MadeSite, client: Client) -> None:
    box = re.findall(r'<input type="checkbox" name="newsletter"[^>]*>', client.get(
        "/en/follow/?newsletter=main").content.decode())  # fmt: skip
    assert "checked" in box[0]
    other = client.get("/en/follow/").content.decode()
    assert not re.findall(r'name="newsletter"[^>]*checked', other)


def test_the_newsletter_alone(site: MadeSite, client: Client) -> None:
    assert rules(confirmed(client, newsletter="on")) == [[["newsletter:main"]]]
    assert "Lettre d’information" in mail.outbox[0].body


def test_the_newsletter_beside_a_theme_is_no_condition_of_it(
    site: MadeSite, client: Client
) -> None:
    made = confirmed(client, newsletter="on", theme=["asylum"])
    assert rules(made) == [[["theme:asylum"]], [["newsletter:main"]]]


def test_an_unticked_box_is_no_newsletter(site: MadeSite, client: Client) -> None:
    assert rules(confirmed(client, theme=["asylum"])) == [[["theme:asylum"]]]


def test_whoever_follows_something_gets_it_by_one_button(site: MadeSite, client: Client) -> None:
    anna = reader("anna@example.org", newsletter=False)
    page = preferences_url(anna).removeprefix("https://portal.example.org")
    assert 'name="newsletter"' in client.get(page).content.decode()
    client.post(page, {"newsletter": "1"})
    assert rules(anna) == [[["newsletter:main"]]]
    after = client.get(page).content.decode()
    assert "Each issue" in after
    assert 'name="newsletter"' not in after
    assert "rhythm-" not in after
