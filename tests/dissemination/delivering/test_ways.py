"""Over TLS and signed in, through other backends, to servers that say: later."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from certified import certified
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from postbox import Postbox

from contactpoint.dissemination.delivering.mailings import begin
from contactpoint.dissemination.delivering.messages import delivery_of
from contactpoint.dissemination.delivering.sending import Sender
from contactpoint.dissemination.models import Delivery, Subscriber

from .conftest import KIND, subscriber

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class Server:
    """A mail server with a certificate, which keeps who signed in."""

    def __init__(self) -> None:
        self.box = Postbox()
        self.signed_in: list[tuple[bytes, bytes]] = []

    def sign_in(self, _server: Any, _session: Any, _envelope: Any, how: str, who: Any) -> Any:
        assert isinstance(who, LoginPassword)
        self.signed_in.append((who.login, who.password))
        return AuthResult(success=who.password == b"secret")


@pytest.fixture
def certificate(request: pytest.FixtureRequest) -> str:
    """The name that the server's is for."""
    return str(getattr(request, "param", "localhost"))


@pytest.fixture(params=["starttls", "smtps"])
def over_tls(
    request: pytest.FixtureRequest,
    db: None,
    settings: Any,
    tmp_path: Path,
    tried: None,
    certificate: str,
) -> Iterator[SimpleNamespace]:
    settings.DATA = tmp_path
    settings.BASE_URL = "https://portal.example.org"
    server = Server()
    context, trusted = certified(tmp_path, certificate)
    is_smtps = request.param == "smtps"
    given: dict[str, Any] = {"ssl_context": context} if is_smtps else {"tls_context": context}
    controller = Controller(
        server.box,
        hostname="127.0.0.1",
        port=0,
        authenticator=server.sign_in,
        auth_required=True,
        auth_require_tls=not is_smtps,
        require_starttls=not is_smtps,
        **given,
    )
    controller.port = _free()
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = (
        "localhost",
        controller.port,
        5,
    )
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = not is_smtps, is_smtps
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "secret"
    try:
        yield SimpleNamespace(server=server, trusted=trusted, controller=controller)
    finally:
        controller.stop()


def _free() -> int:

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def waits(over_tls: SimpleNamespace) -> Delivery:
    begin("first", KIND, [(subscriber("anna@example.org").pk, ["reception"])])
    return Delivery.objects.get()


def sent() -> None:
    """By a sender of its own, which ends."""
    made = Sender()
    made.work()
    made.close()


def test_mails_go_over_tls_signed_in(
    over_tls: SimpleNamespace, waits: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(over_tls.trusted))
    sent()
    assert over_tls.server.signed_in == [(b"portal", b"secret")]
    [message] = over_tls.server.box.messages
    assert delivery_of(str(message["Message-ID"])) == waits.pk


def test_a_certificate_that_nobody_vouches_for_gets_no_password_and_no_mail(
    over_tls: SimpleNamespace, waits: Delivery
) -> None:
    sent()
    assert over_tls.server.signed_in == []
    assert over_tls.server.box.messages == []
    waits.refresh_from_db()
    assert (waits.state, waits.attempts) == ("waiting", 0)


@pytest.mark.parametrize("certificate", ["other.example.org"], indirect=True)
def test_a_certificate_of_another_name_is_refused(
    over_tls: SimpleNamespace, waits: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(over_tls.trusted))
    sent()
    assert over_tls.server.signed_in == []
    waits.refresh_from_db()
    assert waits.state == "waiting"


def test_a_wrong_password_stops_all_and_blames_nobody(
    over_tls: SimpleNamespace, waits: Delivery, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(over_tls.trusted))
    settings.EMAIL_HOST_PASSWORD = "other"
    sent()
    assert over_tls.server.box.messages == []
    waits.refresh_from_db()
    assert (waits.state, waits.attempts) == ("waiting", 0)
    assert Subscriber.objects.get().bounces == 0


def test_a_server_that_offers_no_tls_gets_no_password(
    sender: Sender, box: Postbox, settings: Any
) -> None:
    settings.EMAIL_USE_TLS = True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "secret"
    begin("first", KIND, [(subscriber("anna@example.org").pk, ["reception"])])
    sender.work()
    assert box.messages == []
    assert Delivery.objects.get().state == "waiting"


def test_a_server_that_greylists_gets_the_same_mail_later(sender: Sender, box: Postbox) -> None:
    begin("first", KIND, [(subscriber("anna@example.org").pk, ["reception"])])
    box.answer_to_recipient = "451 4.7.1 Greylisted, come back in five minutes"
    sender.work()
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.said) == (
        "waiting",
        1,
        "451 4.7.1 Greylisted, come back in five minutes",
    )
    assert row.due_at >= timezone.now() + timedelta(minutes=4)
    sender.work()
    assert Delivery.objects.get().attempts == 1, "not before"
    box.answer_to_recipient = "250 OK"
    Delivery.objects.update(due_at=timezone.now())
    sender.work()
    assert delivery_of(str(box.messages[0]["Message-ID"])) == row.pk
    assert Subscriber.objects.get().bounces == 0


def test_a_domain_gets_its_rate_minute_by_minute_and_holds_up_no_other(
    sender: Sender, box: Postbox, settings: Any
) -> None:
    settings.MAILS_A_MINUTE = 5
    people = [subscriber(f"{one}@large.example") for one in range(12)]
    people += [subscriber(f"{one}@small.example") for one in range(3)]
    begin("first", KIND, [(one.pk, ["reception"]) for one in people])
    rates = []
    for _minute in range(3):
        before = len(box.messages)
        while sender.work():
            pass
        rates.append(len(box.messages) - before)
        done = Delivery.objects.filter(state="sent")
        done.update(done_at=timezone.now() - timedelta(seconds=61))
        sender._throttle._counted = 0.0
    assert rates == [8, 5, 2]


def test_a_folder_takes_mails_where_there_is_no_server(
    settings: Any, tmp_path: Path, db: None, tried: None
) -> None:
    settings.DATA = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    begin("first", KIND, [(subscriber("anna@example.org").pk, ["reception"])])
    sent()
    [file] = (tmp_path / "mail").iterdir()
    assert b"List-Unsubscribe-Post" in file.read_bytes()
    assert Delivery.objects.get().state == "sent"


class BrokenError(Exception):
    """Of a backend's own."""


class Refusing(BaseEmailBackend):
    """Some backend of Django."""

    def send_messages(self, _messages: Any) -> int:
        raise BrokenError


def test_a_backend_that_fails_gets_it_later_and_blames_nobody(
    settings: Any, tmp_path: Path, db: None, tried: None
) -> None:
    settings.DATA = tmp_path
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    begin("first", KIND, [(subscriber("anna@example.org").pk, ["reception"])])
    sent()
    row = Delivery.objects.get()
    assert (row.state, row.said) == ("waiting", "451 BrokenError")
    assert Subscriber.objects.get().bounces == 0


def test_a_backend_that_takes_it_has_it(
    settings: Any, tmp_path: Path, db: None, tried: None
) -> None:
    settings.DATA, settings.EMAIL_BACKEND = tmp_path, LOCMEM
    begin("first", KIND, [(subscriber("anna@example.org").pk, ["reception"])])
    sent()
    assert [one.to for one in mail.outbox] == [["anna@example.org"]]
