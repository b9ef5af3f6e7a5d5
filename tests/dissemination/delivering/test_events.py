"""Reports of a mail provider hold back an address that is no more, and end what somebody did not
want; nobody without the secret is heard, and nothing personal is logged."""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from mail_provider import SECRET, provided

from contactpoint.dissemination.delivering import event_views
from contactpoint.dissemination.delivering.messages import message_id
from contactpoint.dissemination.matching.atoms import NEWSLETTER_RULE
from contactpoint.dissemination.matching.rules import interest_for
from contactpoint.dissemination.models import Delivery, Mailing, Subscriber, Subscription

from .conftest import subscriber

ADDRESS = "anna@example.org"
DOOR = "/mail/events"


@pytest.fixture
def told(settings: Any, db: None) -> Iterator[Any]:
    """A portal that a provider tells what became of mails."""
    with provided(settings, "postmark", f"webhook_secret={SECRET}"):
        yield settings


@pytest.fixture
def sent(db: None) -> list[Delivery]:
    """Three mails of one follower."""
    anna = subscriber(ADDRESS)
    interest = interest_for(NEWSLETTER_RULE)
    Subscription.objects.create(subscriber=anna, interest=interest, rhythm="daily")
    return [
        Delivery.objects.create(
            mailing=Mailing.objects.create(key=f"mail {number}", kind="alert"),
            subscriber=anna,
            domain="example.org",
            due_at=timezone.now(),
            state="sent",
        )
        for number in range(3)
    ]


NOWHERE = 302
"""As for any address that is not: a reader is sent to look for it under their language."""


def knock(event: Any, secret: str = SECRET, path: str = DOOR) -> int:
    content = event if isinstance(event, bytes) else json.dumps(event).encode()
    header = f"Basic {base64.b64encode(secret.encode()).decode()}"
    knocking = Client(enforce_csrf_checks=True)
    answer = knocking.post(path, content, "application/json", headers={"Authorization": header})
    return answer.status_code


def bounce(number: int, kind: str = "HardBounce", details: str = "", **more: Any) -> dict[str, Any]:
    """As Postmark writes it."""
    return {
        "RecordType": "Bounce",
        "Type": kind,
        "Email": ADDRESS,
        "Details": details,
        "Description": "The server was unable to deliver your message.",
        "BouncedAt": "2026-11-26T10:00:00Z",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Metadata": {"delivery": message_id(number).strip("<>")},
        **more,
    }


def complaint(number: int = 0, **more: Any) -> dict[str, Any]:
    return {**bounce(number, "SpamComplaint"), "RecordType": "SpamComplaint", **more}


def test_three_mails_that_came_back_hold_back_the_address(
    told: Any, sent: list[Delivery], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for one in sent:
        assert knock(bounce(one.pk, details=f"smtp;550 5.1.1 <{ADDRESS}> unknown")) == 200
        assert knock(bounce(one.pk)) == 200, "told twice, counted once"
    anna = Subscriber.objects.get()
    assert anna.bounces == 3
    assert anna.held_back_since is not None
    one = Delivery.objects.first()
    assert one is not None
    assert one.state == "refused"
    assert one.said.startswith("reported:")
    assert ADDRESS not in one.said
    assert ADDRESS not in caplog.text


@pytest.mark.parametrize(
    ("kind", "details", "blames"),
    [
        ("HardBounce", "", 1),
        ("BadEmailAddress", "", 1),
        ("SoftBounce", "smtp;452 4.2.2 mailbox full", 0),
        ("HardBounce", "smtp;550 5.7.1 looks like spam", 0),
        ("Blocked", "", 0),
        ("DMARCPolicy", "", 0),
    ],
)
def test_only_what_lies_with_the_address_is_laid_to_it(
    told: Any, sent: list[Delivery], kind: str, details: str, blames: int
) -> None:
    assert knock(bounce(sent[0].pk, kind, details)) == 200
    assert Subscriber.objects.get().bounces == blames
    sent[0].refresh_from_db()
    assert sent[0].state == "refused"


@pytest.mark.parametrize("kind", ["Transient", "DnsError", "AutoResponder", "OpenRelayTest"])
def test_what_may_pass_changes_nothing(told: Any, sent: list[Delivery], kind: str) -> None:
    assert knock(bounce(sent[0].pk, kind)) == 200
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_who_complains_follows_nothing_any_more(
    told: Any, sent: list[Delivery], caplog: pytest.LogCaptureFixture
) -> None:
    other = subscriber("bert@example.org")
    assert knock(complaint(sent[0].pk, Email="")) == 200
    assert list(Subscriber.objects.all()) == [other]
    assert "complained" in caplog.text, "it is noted"
    assert ADDRESS not in caplog.text
    assert knock(complaint(sent[0].pk)) == 200, "told twice"


def test_a_complaint_of_another_mail_of_ours_counts_by_its_address(
    told: Any, sent: list[Delivery]
) -> None:
    assert knock(complaint(Email="ANNA@example.org", Metadata={})) == 200
    assert not Subscriber.objects.exists()


def test_unknown_addresses_and_mails_are_passed_over(
    told: Any, sent: list[Delivery], caplog: pytest.LogCaptureFixture
) -> None:
    forged = {"delivery": f"delivery.{sent[0].pk}.00000000000000000000@localhost"}
    assert knock(complaint(Email="nobody@example.org", Metadata={})) == 200
    assert knock(bounce(0, Metadata=forged)) == 200
    assert knock(bounce(999_999)) == 200
    assert knock(bounce(0, Metadata={})) == 200
    assert Subscriber.objects.get().bounces == 0
    assert "nobody@example.org" not in caplog.text


def test_a_report_that_is_quicker_than_our_own_note_is_asked_for_again(
    told: Any, sent: list[Delivery]
) -> None:
    Delivery.objects.filter(pk=sent[0].pk).update(state="taken")
    assert knock(bounce(sent[0].pk)) == 503
    Delivery.objects.filter(pk=sent[0].pk).update(state="sent")
    assert knock(bounce(sent[0].pk)) == 200
    assert Subscriber.objects.get().bounces == 1


@pytest.mark.parametrize("secret", ["", "events:", "events:other", "other:" + SECRET[7:]])
def test_there_is_no_such_address_for_who_does_not_know_the_secret(
    told: Any, sent: list[Delivery], secret: str
) -> None:
    assert knock(complaint(sent[0].pk), secret) == NOWHERE
    assert Client().get(DOOR).status_code == NOWHERE
    assert Client().get(DOOR, follow=True).status_code == 404
    assert Client().head(DOOR).status_code == NOWHERE
    assert knock(complaint(sent[0].pk), path="/mail/nowhere") == NOWHERE
    assert Subscriber.objects.exists()


def test_there_is_no_such_address_where_no_provider_reports(db: None, settings: Any) -> None:
    assert knock(complaint()) == NOWHERE
    with provided(settings, "postmark"):
        assert knock(complaint()) == NOWHERE


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"RecordType": []}', b"\xff", b"null"])
def test_what_can_not_be_read_is_refused_without_a_word_of_it(
    told: Any, db: None, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    assert knock(content) == 400
    assert "can't be read" in caplog.text


def test_what_is_too_large_is_not_read(
    told: Any, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_views, "LARGEST", 10)
    assert knock(complaint()) == 413


def test_a_provider_may_try_the_address(told: Any, db: None) -> None:
    header = f"Basic {base64.b64encode(SECRET.encode()).decode()}"
    assert Client().head(DOOR, headers={"Authorization": header}).status_code == 200
    assert Client().get(DOOR, headers={"Authorization": header}).status_code == 405


@pytest.mark.parametrize(("key", "status"), [("signing", 200), ("other", 400)])
def test_a_signature_counts_beside_the_secret(
    settings: Any, sent: list[Delivery], key: str, status: int
) -> None:
    more = f"webhook_secret={SECRET}&webhook_signing_key=signing"
    signature = hmac.new(key.encode(), b"1700000000token", hashlib.sha256).hexdigest()
    event = {
        "signature": {"timestamp": "1700000000", "token": "token", "signature": signature},
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "timestamp": 1700000000,
            "recipient": ADDRESS,
            "message": {"headers": {"message-id": message_id(sent[0].pk).strip("<>")}},
            "delivery-status": {"message": f"550 5.1.1 <{ADDRESS}> is no more", "code": 550},
        },
    }
    with provided(settings, "mailgun", more):
        assert knock(event) == status
    assert Subscriber.objects.get().bounces == int(status == 200)
