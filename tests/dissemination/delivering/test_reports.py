"""Reports of mail that came back hold back an address that is no more, and nobody can forge one."""

import io
import mailbox
import sys
from email import message_from_bytes
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from certified import certified
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from imap_box import serving

from contactpoint.dissemination.delivering import returning
from contactpoint.dissemination.delivering.messages import delivery_of, message_id
from contactpoint.dissemination.delivering.reports import LARGEST, report_of
from contactpoint.dissemination.delivering.returning import Returned, read_mailbox, take_all
from contactpoint.dissemination.delivering.taking import write_down
from contactpoint.dissemination.delivering.verdicts import SENT
from contactpoint.dissemination.following import keeping
from contactpoint.dissemination.following.links import Asked
from contactpoint.dissemination.models import Delivery, Mailing, Subscriber

ADDRESS = "gone@example.org"


def report(
    number: int,
    status: str = "5.1.1",
    *,
    action: str = "failed",
    identity: str = "",
    kind: str = "message/rfc822",
) -> bytes:
    """As Postfix writes it."""
    return f"""From: MAILER-DAEMON@mx.example.org
To: bounces@portal.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="A/b"

--A/b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you.

--A/b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Thu, 26 Nov 2026 10:00:00 +0100

Final-Recipient: rfc822; {ADDRESS}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{ADDRESS}>: user unknown

--A/b
Content-Type: {kind}

From: Portal <noreply@portal.example.org>
Message-ID: {identity or message_id(number)}
Subject: New

Text
--A/b--
""".encode()


@pytest.fixture
def sent(db: None) -> list[Delivery]:
    """Four mails that one person was sent."""
    reader = Subscriber.objects.create(
        address=ADDRESS, language="en", confirmed_at=timezone.now(), consented_to="Yes"
    )
    return [
        Delivery.objects.create(
            mailing=Mailing.objects.create(key=f"daily:{turn}", kind="alert"),
            subscriber=reader,
            domain="example.org",
            state="sent",
            due_at=timezone.now(),
            done_at=timezone.now(),
        )
        for turn in range(4)
    ]


def reader() -> Subscriber:
    return Subscriber.objects.get(address=ADDRESS)


@pytest.mark.parametrize(
    "kind", ["message/rfc822", "text/rfc822-headers", "message/global-headers"]
)
def test_a_report_is_read_however_the_mail_is_enclosed(kind: str) -> None:
    found = report_of(report(7, kind=kind))
    assert found is not None
    assert found.delivery == 7
    assert found.verdict.is_bounce
    assert found.verdict.said.startswith("reported: smtp; 550 5.1.1")
    assert "@" not in found.verdict.said


def test_three_reports_hold_an_address_back_and_confirming_lifts_it(sent: list[Delivery]) -> None:
    for turn, delivery in enumerate(sent[:3]):
        assert reader().held_back_since is None
        assert take_all([report(delivery.pk)]) == Returned(1, 1, 0)
        assert reader().bounces == turn + 1
    assert reader().held_back_since is not None
    asked = Asked(ADDRESS, "en", "daily", [["theme:asylum"]], "Yes", "nonce")
    keeping.confirm(asked)
    assert (reader().held_back_since, reader().bounces) == (None, 0)


def test_a_report_counts_once(sent: list[Delivery]) -> None:
    assert take_all([report(sent[0].pk)] * 5) == Returned(1, 1, 4)
    assert reader().bounces == 1


def test_a_server_that_takes_every_mail_and_reports_later_counts_all_the_same(
    sent: list[Delivery],
) -> None:
    take_all([report(sent[0].pk), report(sent[1].pk)])
    Delivery.objects.filter(pk=sent[3].pk).update(state="taken", taken_by="me")
    write_down("me", {sent[3].pk: SENT})
    assert reader().bounces == 2
    take_all([report(sent[3].pk)])
    assert reader().held_back_since is not None


@pytest.mark.parametrize(
    ("status", "action"), [("4.4.1", "failed"), ("5.7.1", "failed"), ("5.3.4", "failed")]
)
def test_what_is_not_laid_to_the_address_holds_nobody_back(
    sent: list[Delivery], status: str, action: str
) -> None:
    assert take_all([report(sent[0].pk, status, action=action)]) == Returned(1, 0, 0)
    assert reader().bounces == 0
    sent[0].refresh_from_db()
    assert sent[0].state == "refused"


def test_a_delay_is_no_failure(sent: list[Delivery]) -> None:
    assert take_all([report(sent[0].pk, "4.4.1", action="delayed")]) == Returned(0, 0, 1)


def test_nobody_forges_a_report_for_others(sent: list[Delivery]) -> None:
    number = sent[0].pk
    own = message_id(sent[1].pk)
    for identity in (
        f"<delivery.{number}.{'0' * 20}@portal.example.org>",
        own.replace(f".{sent[1].pk}.", f".{number}."),
        f"<delivery.{number}.é@x>",
        f"<delivery.{'9' * 40}.x@x>",
        "<>",
    ):
        assert take_all([report(number, identity=identity)]) == Returned(0, 0, 1)
    assert reader().bounces == 0
    assert delivery_of(own) == sent[1].pk


def test_deep_and_large_messages_are_passed_over_quickly() -> None:
    deep = b"".join(
        b'Content-Type: multipart/report; boundary="%d"\n\n--%d\n' % (level, level)
        for level in range(4_000)
    )
    assert report_of(deep) is None
    nested = b"Content-Type: message/rfc822\n\n" * 8_000
    assert report_of(nested) is None
    filled = report(7).replace(b"I'm sorry", b"x" * (2 * LARGEST))
    assert report_of(filled) is None
    assert report_of(report(7) + b"x" * (4 * LARGEST)) is not None


WHOLE = report(7)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 80), st.binary(max_size=30)).map(
            lambda cut: WHOLE[: cut[0]] + cut[2] + WHOLE[cut[0] + cut[1] :]
        ),
    )
)
def test_nothing_that_is_sent_there_raises(content: bytes) -> None:
    found = report_of(content)
    assert found is None or found.delivery == 7


def test_a_maildir_is_read_once_and_an_mbox_left_as_it_is(
    sent: list[Delivery], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "box"
    maildir = mailbox.Maildir(folder)
    maildir.add(report(sent[0].pk))
    maildir.add(b"Subject: Buy this\n\nNow")
    call_command("mail", "bounces", "--from", str(folder))
    assert "1 new reports, 1 of them because of the address; 1 other" in capsys.readouterr().out
    call_command("mail", "bounces", "--from", str(folder))
    assert "0 new reports" in capsys.readouterr().out
    assert [one.get_flags() for one in mailbox.Maildir(folder)] == ["S", "S"]
    file = mailbox.mbox(tmp_path / "mbox")
    file.add(mailbox.mboxMessage(message_from_bytes(report(sent[1].pk))))
    file.close()
    before = (tmp_path / "mbox").read_bytes()
    call_command("mail", "bounces", "--from", str(tmp_path / "mbox"))
    assert "1 new reports" in capsys.readouterr().out
    assert (tmp_path / "mbox").read_bytes() == before
    with pytest.raises(CommandError, match="neither"):
        call_command("mail", "bounces", "--from", str(tmp_path / "nothing"))


def test_a_mail_server_hands_over_by_a_pipe(
    sent: list[Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = SimpleNamespace(buffer=io.BytesIO(report(sent[0].pk)))
    monkeypatch.setattr(sys, "stdin", given)
    call_command("mail", "bounces", "--pipe")
    assert reader().bounces == 1


def test_a_mailbox_is_read_over_tls_and_what_was_read_is_seen(
    sent: list[Delivery], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certified(tmp_path)
    box = {3: report(sent[0].pk), 9: b"Subject: else\n\n", 12: report(sent[1].pk)}
    with serving(box, context) as server:
        port = server.server_address[1]
        settings.BOUNCES_URL = f"imaps://bounces:secret%21@localhost:{port}/INBOX"
        assert read_mailbox() == 0, "nobody vouches for it"
        assert not server.said
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        assert read_mailbox() == 2
        assert server.seen == {3, 9, 12}
        assert read_mailbox() == 0
        assert reader().bounces == 2
        settings.BOUNCES_URL = f"imaps://bounces:wrong@localhost:{port}/INBOX"
        with pytest.raises(CommandError) as told:
            call_command("mail", "bounces")
        assert "wrong@" not in str(told.value)
    settings.BOUNCES_URL = ""
    with pytest.raises(CommandError, match="CONTACTPOINT_BOUNCES_URL"):
        call_command("mail", "bounces")
    assert returning.read_mailbox() == 0
