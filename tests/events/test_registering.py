"""Readers register without a cookie or a script, and nobody learns who else did."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from factories import LANGUAGES, MadeSite, make_output
from registering import FORM, READER, make_event, statuses

from contactpoint.events import limits
from contactpoint.events.models import Registration
from contactpoint.outputs.models import Event

Send = Callable[..., HttpResponse]
URL = "/en/events/words/register/"


def errors(answer: Any) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in answer.context["form"].errors.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_speaks_every_language_and_sets_no_cookie(
    site: MadeSite, event: Event, client: Client, language: str
) -> None:
    if language != "en":
        make_event(site, language=language, translation_of=event, slug=f"words-{language}")
    slug = "words" if language == "en" else f"words-{language}"
    for path in (f"{slug}/register/", f"{slug}/registered/", "registrations/x/"):
        answer = client.get(f"/{language}/events/{path}")
        assert answer.status_code == (404 if "registrations" in path else 200)
        assert f'<html lang="{language}"' in answer.content.decode()
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"


def test_the_page_of_an_event_leads_to_the_form(event: Event, client: Client) -> None:
    page = client.get("/en/events/words/").content.decode()
    assert 'href="/en/events/words/register/"' in page
    assert "Registration is open." in page
    assert "meet.example" not in page, "only people who have a place get it"


def test_places_are_given_and_then_the_waiting_list(event: Event, send: Send) -> None:
    for name in ("one", "two", "three"):
        answer = send(f"{name}@example.org", organisation="Fedasil", needs="Captions")
        assert answer.status_code == 303
        assert answer["Location"] == "../registered/"
        assert not answer.cookies
    assert list(statuses().values()) == ["place", "place", "waiting"]
    row = Registration.objects.order_by("pk")[0]
    assert (row.name, row.organisation, row.needs) == ("R. Reader", "Fedasil", "Captions")
    assert row.language == "en"
    assert [message.subject.split(":")[0] for message in mail.outbox] == [
        "You have a place",
        "You have a place",
        "You are on the waiting list",
    ]


def test_without_a_waiting_list_registration_closes_when_all_places_are_taken(
    event: Event, send: Send, client: Client, later: Callable[[float], None]
) -> None:
    Event.objects.update(waiting_list=False, capacity=1)
    ticket = str(client.get(URL).context["ticket"])
    send("one@example.org")
    assert 'name="email"' not in client.get(URL).content.decode()
    page = client.get("/en/events/words/").content.decode()
    assert "All places are taken." in page
    assert '/words/register/"' not in page
    answers = [send(name, ticket=ticket) for name in ("one@example.org", "two@example.org")]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert list(statuses()) == ["one@example.org"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"registration_closes_at": timedelta(hours=-1)}, "Registration closed on"),
        ({"starts_at": timedelta(hours=-1)}, "the event has begun"),
    ],
)
def test_deadline_and_start_close_registration(
    event: Event, send: Send, client: Client, fields: dict[str, timedelta], words: str
) -> None:
    ticket = str(client.get(URL).context["ticket"])
    now = timezone.now()
    Event.objects.update(**{name: now + delta for name, delta in fields.items()})
    page = client.get(URL).content.decode()
    assert words in page
    assert 'name="email"' not in page
    assert send(ticket=ticket).status_code == 409
    assert not statuses()
    assert not mail.outbox


def test_an_address_that_is_registered_already_gets_the_same_answer_and_another_mail(
    event: Event, send: Send
) -> None:
    first, again = send(), send("  READER@example.org ", name="Somebody else")
    assert (first.status_code, first["Location"], first.content) == (
        again.status_code,
        again["Location"],
        again.content,
    )
    assert dict(first.headers) == dict(again.headers)
    assert statuses() == {READER: "place"}
    assert Registration.objects.get().name == "R. Reader"
    assert [message.to for message in mail.outbox] == [[READER], [READER]]
    assert mail.outbox[1].subject.startswith("You are on the list already")


def test_a_form_that_is_sent_twice_gives_one_registration_and_one_mail(
    event: Event, send: Send, client: Client
) -> None:
    ticket = str(client.get(URL).context["ticket"])
    answers = [send(ticket=ticket), send(ticket=ticket)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert statuses() == {READER: "place"}
    assert len(mail.outbox) == 1
    send("colleague@example.org", ticket=ticket)
    assert len(statuses()) == 2, "gone back, and another address typed"


def test_who_is_told_again_and_again_is_not_written_to_more_than_three_times_a_day(
    event: Event, send: Send
) -> None:
    for _time in range(6):
        assert send().status_code == 303
    assert len(mail.outbox) == 1 + limits.MAILS_AGAIN_A_DAY


def test_what_is_missing_is_said_at_the_field_and_the_ticket_stays(
    event: Event, send: Send, client: Client
) -> None:
    ticket = str(client.get(URL).context["ticket"])
    answer: Any = send("no address", ticket=ticket, name=" ")
    assert answer.status_code == 422
    assert set(errors(answer)) == {"name", "email"}
    assert answer.context["ticket"] == ticket
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    assert "<title>Error:" in page
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"website": "x"}, 422), ({"ticket": "forged"}, 400), ({"name": "x" * 121}, 422)],
)
def test_programs_are_refused(
    event: Event, send: Send, fields: dict[str, str], status: int
) -> None:
    assert send(**fields).status_code == status
    assert not Registration.objects.exists()


def test_too_quick_from_elsewhere_and_other_types_are_refused(event: Event, client: Client) -> None:
    ticket = str(client.get(URL).context["ticket"])
    data = f"name=R&email=reader%40example.org&ticket={ticket}"
    assert client.post(URL, data, content_type=FORM).status_code == 400
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(URL, data, content_type=FORM, headers=foreign).status_code == 400
    assert client.post(URL, {"name": "R", "ticket": ticket}).status_code == 400
    assert client.post(URL, "x" * 40_000, content_type=FORM).status_code == 413
    assert not Registration.objects.exists()


def test_a_ticket_of_another_event_is_worth_nothing(
    site: MadeSite, event: Event, send: Send, client: Client
) -> None:
    make_event(site, slug="other", title="Another")
    ticket = str(client.get("/en/events/other/register/").context["ticket"])
    assert send(ticket=ticket).status_code == 400


def test_one_place_sends_so_many_forms_and_no_more(
    event: Event, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "A_PLACE_AN_HOUR", 2)
    assert [send(f"{n}@example.org").status_code for n in range(3)] == [303, 303, 429]
    assert len(statuses()) == 2
    cache.clear()
    monkeypatch.setattr(limits, "ALL_A_DAY", 2)
    assert send("more@example.org").status_code == 429


def test_every_language_of_an_event_has_the_same_list(
    site: MadeSite, event: Event, send: Send
) -> None:
    make_event(site, language="fr", translation_of=event, title="Une journée", slug="words")
    send("one@example.org", language="fr")
    send("two@example.org")
    send("three@example.org", language="fr")
    assert list(statuses().values()) == ["place", "place", "waiting"]
    assert "/fr/events/words/" in mail.outbox[0].body
    assert mail.outbox[0].subject.endswith("Une journée")


@pytest.mark.parametrize(
    "fields", [{"live": False}, {"private": True}, {"takes_registrations": False}]
)
def test_there_is_no_form_for_what_nobody_may_see_or_register_for(
    site: MadeSite, client: Client, fields: dict[str, bool]
) -> None:
    make_event(site, **fields)
    assert client.get(URL).status_code == 404


def test_other_kinds_and_unknown_events_have_no_form(site: MadeSite, client: Client) -> None:
    page = make_output(site, "news-item")
    assert client.get(f"/en/events/{page.slug}/register/").status_code == 404
    assert client.get("/en/events/nothing/register/").status_code == 404


def test_registration_elsewhere_leads_there(site: MadeSite, client: Client) -> None:
    make_event(site, takes_registrations=False, registration_url="https://forms.example.org/words")
    page = client.get("/en/events/words/").content.decode()
    assert 'href="https://forms.example.org/words"' in page
    assert "Register at forms.example.org" in page


def test_an_event_that_is_over_says_so_and_offers_nothing(site: MadeSite, client: Client) -> None:
    make_event(site, starts_at=timezone.now() - timedelta(days=2), ends_at=None)
    page = client.get("/en/events/words/").content.decode()
    assert "Past event" in page
    assert "Taking part" not in page
