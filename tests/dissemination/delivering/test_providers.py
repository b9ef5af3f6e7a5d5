"""Through a mail provider's interface, over HTTP: each once, with its headers, and none lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from anymail.backends.base_requests import AnymailRequestsBackend
from django.utils import timezone
from mail_provider import HANG_UP, KEYS, TAKEN, Provider, provided

from contactpoint.config.outgoing import PROVIDERS
from contactpoint.dissemination.delivering.mailings import begin
from contactpoint.dissemination.delivering.messages import delivery_of
from contactpoint.dissemination.delivering.sending import Sender
from contactpoint.dissemination.delivering.verdicts import UNCONFIRMED
from contactpoint.dissemination.models import Delivery, Subscriber

from .conftest import KIND, subscriber


@pytest.fixture
def portal(settings: Any, tmp_path: Path, db: None, tried: None) -> Any:
    settings.DATA = tmp_path
    settings.BASE_URL = "https://portal.example.org"
    settings.SITE_NAME = "Anlaufstelle Österreich"
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@mg.example.org>"
    return settings


@pytest.fixture
def mailgun(portal: Any) -> Iterator[Provider]:
    with provided(portal) as found:
        yield found


@pytest.fixture
def sender(mailgun: Provider) -> Iterator[Sender]:
    made = Sender()
    yield made
    made.close()


def one_waits(address: str = "anna@example.org") -> Delivery:
    person = subscriber(address)
    begin(f"to {address}", KIND, [(person.pk, ["reception"])])
    return Delivery.objects.get(subscriber=person)


def test_a_mail_has_its_headers_and_is_sent_once(sender: Sender, mailgun: Provider) -> None:
    row = one_waits()
    sender.work()
    sender.work()
    row.refresh_from_db()
    assert (row.state, row.attempts, len(mailgun.asked)) == ("sent", 1, 1)
    form = mailgun.form()
    assert (form["to"], form["subject"]) == ("anna@example.org", "About reception")
    assert delivery_of(form["h:Message-Id"]) == row.pk
    assert form["h:List-Unsubscribe"].startswith("<https://portal.example.org/")
    assert form["h:List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert form["h:List-Id"].isascii()
    assert form["h:List-Id"].endswith(f" <{KIND}.portal.example.org>")
    assert delivery_of(form["v:delivery"]) == row.pk, "it comes back with a report"
    assert (form["o:tracking-opens"], form["o:tracking-clicks"]) == ("no", "no")
    assert "Über dots" in form["text"]
    assert "<p>" in form["html"]


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_provider_is_given_the_way_to_stop(portal: Any, name: str) -> None:
    with provided(portal, name) as provider:
        row = one_waits()
        made = Sender()
        made.work()
        made.close()
        row.refresh_from_db()
        assert row.state == "sent"
        [text] = provider.texts
        assert "List-Unsubscribe-Post" in text
        assert "anna@example.org" in unquote(text)
        assert f"delivery.{row.pk}." in text, "by which a report is known"


def test_headers_that_a_provider_writes_itself_are_left_to_it(portal: Any) -> None:
    for name, kept in (("postmark", {"Message-ID", "X-PM-KeepID"}), ("mailjet", set())):
        with provided(portal, name) as provider:
            one_waits(f"{name}@example.org")
            made = Sender()
            made.work()
            made.close()
            data = provider.data()
            headers = data["Headers"] if name == "postmark" else data["Globals"]["Headers"]
            names = {one["Name"] for one in headers} if name == "postmark" else set(headers)
            assert names & {"Message-ID", "X-PM-KeepID", "List-Id"} == kept | (
                {"List-Id"} if name == "postmark" else set()
            )


def test_many_go_over_one_connection(sender: Sender, mailgun: Provider) -> None:
    for number in range(20):
        one_waits(f"{number}@{number}.example")
    while sender.work():
        pass
    assert len(mailgun.asked) == 20
    assert len(mailgun.connections) == 1
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize("status", [401, 402, 403, 404, 429])
def test_what_a_provider_has_against_us_stops_all_and_costs_nobody_an_attempt(
    sender: Sender, mailgun: Provider, status: int
) -> None:
    mailgun.answers = [(status, {"message": "Too many, or who are you, to@example.org?"})]
    one_waits("anna@example.org")
    one_waits("bert@example.org")
    sender.work()
    rows = list(Delivery.objects.values_list("state", "attempts"))
    assert (rows, len(mailgun.asked)) == ([("waiting", 0)] * 2, 1)
    sender._resumes = 0.0
    sender.work()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    assert len(mailgun.asked) == 3
    assert not Subscriber.objects.exclude(bounces=0).exists()


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_provider_in_trouble_gets_the_same_mail_later(
    sender: Sender, mailgun: Provider, status: int
) -> None:
    row = one_waits()
    mailgun.answers = [(status, "<h1>anna@example.org: sorry</h1>")]
    sender.work()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 1)
    assert row.said.startswith(str(status))
    assert "anna" not in row.said
    assert row.due_at >= timezone.now() + timedelta(minutes=4)
    Delivery.objects.update(due_at=timezone.now())
    sender._resumes = 0.0
    sender.work()
    assert Delivery.objects.get().state == "sent"
    assert mailgun.form(0)["h:Message-Id"] == mailgun.form(1)["h:Message-Id"]


def test_an_address_that_is_refused_is_refused_for_good(sender: Sender, mailgun: Provider) -> None:
    row = one_waits()
    mailgun.answers = [
        (400, {"message": "'to' parameter is not a valid address: anna@example.org"})
    ]
    sender.work()
    row.refresh_from_db()
    assert (row.state, row.attempts, Subscriber.objects.get().bounces) == ("refused", 1, 1)
    assert "anna" not in row.said


def test_an_address_to_which_a_provider_sends_nothing_any_more_counts_as_refused(
    portal: Any,
) -> None:
    with provided(portal, "postmark") as provider:
        row = one_waits()
        provider.answers = [
            (422, {"ErrorCode": 406, "Message": "You tried to send to a recipient that has been "
                   "marked as inactive.\nFound inactive addresses: anna@example.org.\nInactive "
                   "recipients are ones that have generated a hard bounce."})
        ]  # fmt: skip
        made = Sender()
        made.work()
        made.close()
        row.refresh_from_db()
        assert (row.state, Subscriber.objects.get().bounces) == ("refused", 1)
        assert "anna" not in row.said


def test_a_mail_that_is_refused_for_the_sender_s_fault_is_not_lost(
    sender: Sender, mailgun: Provider
) -> None:
    row = one_waits()
    mailgun.answers = [(400, {"message": "from address is not verified"})]
    sender.work()
    row.refresh_from_db()
    assert (row.state, row.attempts, Subscriber.objects.get().bounces) == ("waiting", 1, 0)


def test_a_provider_that_hangs_up_gets_the_same_mail_later(
    sender: Sender, mailgun: Provider
) -> None:
    row = one_waits()
    mailgun.answers = [HANG_UP]
    sender.work()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 1)
    Delivery.objects.update(due_at=timezone.now())
    sender.work()
    assert mailgun.form(0)["h:Message-Id"] == mailgun.form(1)["h:Message-Id"]
    assert Delivery.objects.get().state == "sent"


def test_a_yes_that_is_not_understood_is_a_yes(sender: Sender, mailgun: Provider) -> None:
    one_waits()
    mailgun.answers = [(200, "done!")]
    sender.work()
    assert Delivery.objects.get().state == "sent"


def test_a_wrong_address_of_the_provider_loses_nothing(sender: Sender, mailgun: Provider) -> None:
    one_waits()
    mailgun.answers = [(200, "Mailgun Magnificent API")]
    sender.work()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("waiting", 0)


def test_a_provider_that_is_away_costs_no_attempt(portal: Any) -> None:
    with provided(portal) as provider:
        pass
    row = one_waits()
    made = Sender()
    made.work()
    row.refresh_from_db()
    assert (row.state, row.attempts, provider.asked) == ("waiting", 0, [])
    assert made._resumes > 0
    made.close()


class KilledError(BaseException):
    """Nothing of the sender runs any more."""


def killed(*_args: Any) -> None:
    raise KilledError


def dead(sender: Sender) -> None:
    """What a process leaves behind: its file, without a lock."""
    sender._slot.places.release()
    sender._slot._map.close()
    os.close(sender._slot._file)


@pytest.mark.parametrize("before", ["the request", "its answer", "it is written down"])
def test_a_kill_loses_no_mail_and_doubles_none(
    portal: Any, mailgun: Provider, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    one_waits()
    first = Sender()
    with monkeypatch.context() as patched:
        patched.setattr(Sender, "_write_down", killed)
        if before == "the request":
            patched.setattr(AnymailRequestsBackend, "post_to_esp", killed)
        if before == "its answer":
            patched.setattr(AnymailRequestsBackend, "raise_for_status", killed)
        with pytest.raises(KilledError):
            first.work()
    assert Delivery.objects.get().state == "taken"
    dead(first)
    second = Sender()
    second.work()
    second.close()
    row = Delivery.objects.get()
    assert (row.state, len(mailgun.asked)) == ("sent", 1)
    assert (row.said == UNCONFIRMED) == (before == "its answer")


def test_no_process_loads_anymail_before_a_provider_is_asked() -> None:
    code = (
        "import sys, django; django.setup();"
        "import contactpoint.config.urls, contactpoint.dissemination.handlers;"
        "print([one for one in sys.modules if one.startswith('anymail')])"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "portal_settings", "PYTHONPATH": ":".join(sys.path)}
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert found.stdout.strip() == "[]"


def test_all_providers_of_the_tests_are_those_of_the_settings() -> None:
    assert set(KEYS) == set(TAKEN) == set(PROVIDERS)
