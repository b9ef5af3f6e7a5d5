"""A reader whom the search could not help tells the editors, by one click, as nobody."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import signing
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client
from django.utils import timezone, translation
from factories import MadeSite

from contactpoint.search.looked_for import offering, receiving
from contactpoint.search.looked_for.offering import offer
from contactpoint.search.models import LookedFor

SEND = "/en/search/looked-for/"
HERE = {"Sec-Fetch-Site": "same-origin"}


def ticket(words: str, language: str = "en") -> str:
    made = offer(words, language)
    assert made is not None
    return made.ticket


def send(client: Client, sent: str, **headers: str) -> HttpResponse:
    return client.post(SEND, {"ticket": sent}, headers=headers or HERE)


@pytest.fixture
def reader(site: MadeSite, settings: Any) -> Client:
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def _forms_as_browsers_send_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's client sends forms as `multipart/form-data`; a form without files does not."""
    post = Client.post

    def encoded(self: Client, path: str, data: Any = None, **more: Any) -> Any:
        if isinstance(data, dict) and "content_type" not in more:
            data, more["content_type"] = urlencode(data), "application/x-www-form-urlencoded"
        return post(self, path, data, **more)

    monkeypatch.setattr(Client, "post", encoded)


def test_one_click_keeps_the_words_and_the_day_and_nothing_else(reader: Client) -> None:
    answer = send(reader, ticket("Sanctuary  cities"))
    assert (answer.status_code, answer["Location"]) == (303, "/en/search/looked-for/sent/")
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    today = timezone.localdate()
    (row,) = LookedFor.objects.values()
    row.pop("id")
    assert row == {
        "folded": "sanctuary cities", "language": "en", "words": "Sanctuary cities", "times": 1,
        "first_day": today, "last_day": today, "status": "waiting",
    }  # fmt: skip
    thanks = reader.get(answer["Location"])
    assert thanks.status_code == 200
    assert "the editors know" in thanks.content.decode()


def test_equal_questions_are_one_entry_and_a_double_click_counts_once(reader: Client) -> None:
    twice = ticket("Villes refuges")
    for sent in (twice, twice, ticket("villes  REFUGES")):
        assert send(reader, sent).status_code == 303
    assert LookedFor.objects.get().times == 2
    send(reader, ticket("villes refuges", "fr"))
    assert LookedFor.objects.count() == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [("waiting", "waiting"), ("answered", "waiting"), ("dismissed", "dismissed")],
)
def test_what_was_answered_waits_again_and_what_was_dismissed_does_not(
    reader: Client, before: str, after: str
) -> None:
    send(reader, ticket("cities"))
    LookedFor.objects.update(status=before)
    send(reader, ticket("cities"))
    row = LookedFor.objects.get()
    assert (row.status, row.times) == (after, 2)


def test_a_form_from_elsewhere_or_without_our_ticket_keeps_nothing(reader: Client) -> None:
    made = ticket("cities")
    forged = signing.dumps(["cities", "en", "x"], salt="other")
    assert send(reader, made, **{"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert send(reader, made, Origin="https://elsewhere.example").status_code == 400
    for wrong in ("", "x", forged, made[:-2]):
        assert send(reader, wrong).status_code == 400
    assert reader.post(SEND, "ticket=1", content_type="text/plain").status_code == 400
    long = {"ticket": "x" * 5000}
    assert reader.post(SEND, long, headers=HERE).status_code == 400
    assert reader.get(SEND).status_code == 405
    assert not LookedFor.objects.exists()


def test_a_ticket_is_good_for_hours_not_for_days(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ticket("cities")
    monkeypatch.setattr(offering, "TOO_OLD", -1)
    answer = send(reader, made)
    assert answer.status_code == 400
    assert "too long" in answer.content.decode()


def test_personal_data_is_refused_with_a_sentence(reader: Client) -> None:
    text = shown("call me at 0476 12 34 56")
    assert "<form" not in text
    assert "personal data" in text
    forced = signing.dumps(["jan@example.org", "en", "x"], salt=offering.SALT)
    answer = send(reader, forced)
    assert answer.status_code == 422
    assert "Nothing of it was kept" in answer.content.decode()
    assert not LookedFor.objects.exists()


def test_one_place_and_all_places_have_a_limit(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [
        send(reader, ticket(f"word{'abcdefghij'[number]}"))
        for number in range(receiving.A_PLACE_A_MINUTE + 1)
    ]
    assert [one.status_code for one in answers] == [303] * receiving.A_PLACE_A_MINUTE + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert LookedFor.objects.count() == receiving.A_PLACE_A_MINUTE
    monkeypatch.setattr(receiving, "NEW_A_DAY", 3)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert send(elsewhere, ticket("other")).status_code == 429


def test_what_may_name_a_person_is_not_offered(reader: Client) -> None:
    text = shown("Fatima Hassani")
    assert "<form" not in text
    assert "personal data" in text


def shown(query: str, language: str = "en") -> str:
    with translation.override(language):
        template = Template("{% load search_looked_for %}{% looked_for query %}")
        return template.render(Context({"query": query}))


def test_the_button_says_what_is_sent_and_escapes_the_words(reader: Client) -> None:
    text = shown("<script>")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert 'action="/en/search/looked-for/"' in text
    assert 'action="/fr/search/looked-for/"' in shown("villes", "fr")
    assert shown("  ?! ").strip() == ""
    sent = re.search(r'name="ticket" value="([^"]+)"', shown("cities"))
    assert sent is not None
    assert send(reader, sent[1]).status_code == 303
    assert LookedFor.objects.get().words == "cities"
