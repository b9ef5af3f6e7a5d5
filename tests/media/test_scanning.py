"""Nobody has a document before ClamAV has seen it, and none in which it found something."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import clamav
import made_files as made
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from editing import sign_in

from contactpoint.config.clamav import clamav as address_of
from contactpoint.consultations.forms.files import checked
from contactpoint.consultations.questions import Kind, Question
from contactpoint.consultations.questions.checking_answers import AnswerError
from contactpoint.kit import rounds
from contactpoint.media import clamd, scanning
from contactpoint.media.models import CustomDocument, DocumentScan, DocumentText
from contactpoint.media.reading import pages
from contactpoint.media.visibility import public

pytestmark = pytest.mark.django_db
State = DocumentScan.State


@pytest.fixture
def daemon(settings: Any, tmp_path: Path) -> Iterator[clamav.Daemon]:
    scanning._next["look"] = 0.0
    with clamav.listening(tmp_path / "clamd.ctl") as one:
        settings.CLAMAV = one.address
        yield one
    scanning._next["look"] = 0.0


@pytest.fixture
def away(settings: Any, tmp_path: Path) -> Path:
    """A scanner is set up, and nothing listens."""
    scanning._next["look"] = 0.0
    where = tmp_path / "clamd.ctl"
    settings.CLAMAV = (str(where), 0)
    return where


def document(data: bytes = b"words", name: str = "study.txt") -> CustomDocument:
    return CustomDocument.objects.create(title="A study", file=ContentFile(data, name=name))


def infected() -> CustomDocument:
    return document(made.zipped({"a.txt": "x"}) + clamav.EICAR, "data.zip")


def test_the_daemon_is_asked_as_it_wants_to_be(tmp_path: Path) -> None:
    for where in (tmp_path / "socket", None):
        with clamav.listening(where, most=300_000) as one:
            assert clamd.is_there(one.address)
            assert clamd.scan(BytesIO(b"words" * 50_000), one.address) == ""
            assert clamd.scan(BytesIO(clamav.EICAR), one.address) == clamav.FOUND
            with pytest.raises(clamd.RefusedError, match="limit exceeded"):
                clamd.scan(BytesIO(b"x" * 300_001), one.address)
        assert not clamd.is_there(one.address)


@pytest.mark.parametrize("manner", ["hangs up", "silent", "babbles"])
def test_what_is_no_answer_says_nothing_of_the_file(tmp_path: Path, manner: str) -> None:
    with clamav.listening(tmp_path / "socket") as one:
        one.manner = manner
        with pytest.raises(clamd.AwayError):
            clamd.scan(BytesIO(b"words"), one.address, seconds=0.5)


def test_a_document_is_there_for_nobody_until_it_was_checked(daemon: clamav.Daemon) -> None:
    row = document()
    answer = Client().get(row.url)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "being checked" in answer.content.decode()
    assert not public(CustomDocument.objects.all()).exists()
    rounds.run()
    assert row.scan.state == State.CLEAN
    assert b"".join(Client().get(row.url).streaming_content) == b"words"
    assert public(CustomDocument.objects.all()).get() == row


def test_what_something_was_found_in_is_there_for_nobody(
    client: Client, daemon: clamav.Daemon, settings: Any
) -> None:
    row = infected()
    rounds.run()
    assert (row.scan.state, row.scan.found) == (State.FOUND, clamav.FOUND)
    sign_in(client)
    for asker in (Client(), client):
        assert asker.get(row.url).status_code == 404
    assert not public(CustomDocument.objects.all()).exists()
    settings.CLAMAV = None
    assert Client().get(row.url).status_code == 404, "what is known stays known"
    assert not public(CustomDocument.objects.all()).exists()


def test_its_text_is_found_by_nobody_while_it_is_held_back(daemon: clamav.Daemon) -> None:
    row = document(b"Asylum " + clamav.EICAR)
    assert DocumentText.objects.filter(document=row).exists()
    assert not pages([row.pk])
    rounds.run()
    assert not pages([row.pk])


def test_the_search_hears_of_the_verdict(daemon: clamav.Daemon, signals_of_text: list[int]) -> None:
    row = document()
    signals_of_text.clear()
    rounds.run()
    assert row.pk in signals_of_text


@pytest.fixture
def signals_of_text() -> Iterator[list[int]]:
    from contactpoint.media.signals import document_text_changed  # noqa: PLC0415

    heard: list[int] = []

    def hear(pk: int, **_kwargs: object) -> None:
        heard.append(pk)

    document_text_changed.connect(hear)
    yield heard
    document_text_changed.disconnect(hear)


def test_while_the_daemon_is_away_all_waits_and_is_checked_when_it_is_back(away: Path) -> None:
    row = document()
    for _round in range(3):
        scanning._next["look"] = 0.0
        rounds.run()
        assert row.scan.state == State.WAITING
        assert Client().get(row.url).status_code == 503
    with clamav.listening(away):
        assert not scanning.scan_some(), "it waits a minute after it found nobody"
        assert Client().get(row.url).status_code == 503
        scanning._next["look"] = 0.0
        rounds.run()
    assert DocumentScan.objects.get().state == State.CLEAN
    assert Client().get(row.url).status_code == 200


def test_another_file_is_another_question(daemon: clamav.Daemon) -> None:
    row = document()
    rounds.run()
    row.file = ContentFile(clamav.EICAR, name="new.txt")
    row.save()
    assert Client().get(row.url).status_code == 503
    scanning._next["look"] = 0.0
    rounds.run()
    assert Client().get(row.url).status_code == 404


def test_documents_from_before_there_was_a_scanner_wait_too(daemon: clamav.Daemon) -> None:
    row = document()
    DocumentScan.objects.all().delete()
    assert Client().get(row.url).status_code == 503
    rounds.run()
    assert Client().get(row.url).status_code == 200


def test_what_the_daemon_refuses_is_held_back(settings: Any, tmp_path: Path) -> None:
    with clamav.listening(tmp_path / "socket", most=100) as one:
        settings.CLAMAV = one.address
        scanning._next["look"] = 0.0
        row = document(b"x" * 500)
        rounds.run()
    assert row.scan.state == State.REFUSED
    assert Client().get(row.url).status_code == 404


def test_without_a_scanner_documents_are_given_as_ever() -> None:
    row = document()
    assert Client().get(row.url).status_code == 200
    assert not DocumentScan.objects.exists()


def test_the_editor_sees_it_in_the_form_and_on_the_dashboard(
    client: Client, daemon: clamav.Daemon
) -> None:
    sign_in(client)
    row = infected()
    edit = reverse("wagtaildocs:edit", args=[row.pk])
    assert "waits to be checked" in client.get(edit).content.decode()
    assert "Files held back" in client.get(reverse("wagtailadmin_home")).content.decode()
    rounds.run()
    assert f"A virus was found ({clamav.FOUND})" in client.get(edit).content.decode()
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Files held back" in home
    assert edit in home


def test_the_command_checks_what_waits_or_all(
    daemon: clamav.Daemon, capsys: pytest.CaptureFixture[str]
) -> None:
    document()
    infected()
    call_command("files", "scan")
    said = capsys.readouterr().out
    assert "checked, nothing found: 1" in said
    assert "a virus was found: 1" in said
    assert daemon.asked == 2
    call_command("files", "scan")
    assert daemon.asked == 2
    call_command("files", "scan", "--again")
    assert daemon.asked == 4


def test_the_command_says_that_nobody_is_there(away: Path, settings: Any) -> None:
    document()
    with pytest.raises(CommandError, match="held back"):
        call_command("files", "scan")
    settings.CLAMAV = None
    with pytest.raises(CommandError, match="CONTACTPOINT_CLAMAV"):
        call_command("files", "scan")


def test_a_respondents_file_is_checked_before_it_is_kept(
    daemon: clamav.Daemon, settings: Any
) -> None:
    question = Question("proof", Kind.FILE, {"en": "A proof"})
    kept = checked(question, SimpleUploadedFile("a.txt", b"words"))
    assert kept.content == b"words"
    with pytest.raises(AnswerError, match="virus"):
        checked(question, SimpleUploadedFile("a.txt", clamav.EICAR))
    daemon.manner = "hangs up"
    with pytest.raises(AnswerError, match="in a few minutes"):
        checked(question, SimpleUploadedFile("a.txt", b"words"))
    settings.CLAMAV = None
    assert checked(question, SimpleUploadedFile("a.txt", b"words")).content == b"words"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", None),
        ("unix:/run/clamav/clamd.ctl", ("/run/clamav/clamd.ctl", 0)),
        ("tcp://scanner:3311", ("scanner", 3311)),
        ("tcp://scanner", ("scanner", 3310)),
    ],
)
def test_where_it_listens_is_read(text: str, address: tuple[str, int] | None) -> None:
    assert address_of(text) == address


@pytest.mark.parametrize(
    "text", ["unix:", "unix:relative", "http://scanner", "tcp://", "tcp://a:b", "scanner:3310"]
)
def test_what_is_no_address_of_it_is_refused_with_the_mend(text: str) -> None:
    with pytest.raises(ValueError, match="CONTACTPOINT_CLAMAV must be"):
        address_of(text)
