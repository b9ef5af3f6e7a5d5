"""Mail goes through a real SMTP server: delivered, tried again, or given up."""

import base64
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import BadHeaderError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from mail_provider import provided
from postbox import Postbox, listening

from contactpoint.kit import mail
from contactpoint.kit.jobs import JobRunner
from contactpoint.kit.mail import send

pytestmark = pytest.mark.usefixtures("queue")


@pytest.fixture
def postbox(settings: object) -> Iterator[Postbox]:
    with listening(settings) as box:
        yield box


def job() -> DBTaskResult:
    return DBTaskResult.objects.get()


def test_a_mail_arrives_with_both_texts_language_and_headers(postbox: Postbox) -> None:
    send(
        "reader@example.org",
        "Étude publiée – sécurité",
        "Une étude.",
        html="<p>Une étude.</p>",
        language="fr",
        headers={"List-Unsubscribe": "<https://portal.test/u/1>"},
    )
    assert not postbox.messages, "it waits for the worker"
    JobRunner().run_one()
    (message,) = postbox.messages
    assert message["To"] == "reader@example.org"
    assert message["Subject"] == "Étude publiée – sécurité"
    assert message["Content-Language"] == "fr"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://portal.test/u/1>"
    assert message.get_body(("plain",)).get_content().strip() == "Une étude."
    assert message.get_body(("html",)).get_content().strip() == "<p>Une étude.</p>"


@pytest.mark.parametrize("attribute", ["answer_to_recipient", "answer_to_data"])
def test_a_busy_server_gets_the_same_mail_again(postbox: Postbox, attribute: str) -> None:
    setattr(postbox, attribute, "451 try again later")
    send("reader@example.org", "Subject", "Text")
    runner = JobRunner()
    runner.run_one()
    first = job()
    assert first.status == TaskResultStatus.READY
    assert first.run_after > timezone.now() + timedelta(seconds=30)
    setattr(postbox, attribute, "250 OK")
    DBTaskResult.objects.update(run_after=timezone.now())
    runner.run_one()
    assert job().status == TaskResultStatus.SUCCESSFUL
    assert postbox.messages[0]["Message-ID"] == first.args_kwargs["args"][4]["Message-ID"]


@pytest.mark.parametrize("attribute", ["answer_to_recipient", "answer_to_data"])
def test_a_final_refusal_is_not_tried_again(postbox: Postbox, attribute: str) -> None:
    setattr(postbox, attribute, "550 no such person")
    send("nobody@example.org", "Subject", "Text")
    runner = JobRunner()
    runner.run_one()
    assert job().status == TaskResultStatus.FAILED
    assert "550 no such person" in job().traceback
    assert not runner.run_one()


def test_an_unreachable_server_is_tried_again(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send("reader@example.org", "Subject", "Text")
    JobRunner().run_one()
    assert job().status == TaskResultStatus.READY


@pytest.mark.parametrize(
    ("to", "subject", "headers"),
    [
        ("a@example.org", "Subject\nBcc: everybody@example.org", {}),
        ("a@example.org\nBcc: everybody@example.org", "Subject", {}),
        ("a@example.org", "Subject", {"X-Note": "one\r\nBcc: everybody@example.org"}),
    ],
)
def test_a_line_break_in_a_header_is_refused_at_once(
    to: str, subject: str, headers: dict[str, str]
) -> None:
    with pytest.raises(BadHeaderError):
        send(to, subject, "Text", headers=headers)
    assert not DBTaskResult.objects.exists()


def test_mails_that_are_kept_as_files_are_their_owners_alone(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = mail.IN_A_FOLDER, tmp_path / "mail"
    assert not mail.is_sent()
    mail.send_now("me@example.org", "Hello", "A secret.\n")
    (kept,) = (tmp_path / "mail").iterdir()
    assert b"A secret." in kept.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_provider_that_refuses_an_address_ends_the_job_and_others_wait(settings: Any) -> None:
    with provided(settings, "mailgun") as provider:
        provider.answers = [
            (400, {"message": "'to' parameter is not a valid address"}),
            (429, {"message": "too many"}),
            (503, "reader@example.org"),
            (400, {"message": "from: reader@example.org is not verified"}),
            (200, "done"),
        ]
        for number in range(5):
            send("reader@example.org", f"Subject {number}", "Text")
            JobRunner().run_one()
        found = list(DBTaskResult.objects.order_by("enqueued_at"))
        assert [one.status for one in found] == ["FAILED", "READY", "READY", "READY", "SUCCESSFUL"]
        assert not any("reader@" in one.traceback for one in found)
        assert [provider.form(one)["subject"] for one in range(5)] == [
            f"Subject {number}" for number in range(5)
        ]


@pytest.mark.parametrize("name", ["mailgun", "postmark"])
def test_an_attachment_goes_through_a_provider_whole(settings: Any, name: str) -> None:
    calendar = "text/calendar; method=REQUEST"
    attachment = mail.Attachment("event.ics", "BEGIN:VCALENDAR\nÉté\n", calendar)
    with provided(settings, name) as provider:
        mail.send_now("me@example.org", "Hello", "Text", attachments=[attachment])
        if name == "mailgun":
            sent = provider.asked[0][1].decode()
            assert "Content-Type: text/calendar" in sent
            assert "BEGIN:VCALENDAR\nÉté\n" in sent
        else:
            [found] = provider.data()["Attachments"]
            assert found["Name"] == "event.ics"
            assert found["ContentType"].startswith("text/calendar")
            assert "Été" in base64.b64decode(found["Content"]).decode()
