"""SMTP that says when the end of a mail leaves the process.

A mail is the server's from its final dot on. `mark` is called when all but the dot has been handed
to the system and there is room for it, directly before the call that hands over the dot: a process
that is killed within that call finishes it first, so between the two stand some hundred nanoseconds
in which a kill could lose the mail. (A mark after the call is late by the whole way through the
network stack of the system, during which a kill would have the mail sent twice.)
"""

import os
import re
import select
import smtplib
import socket
import ssl
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from django.conf import settings

from contactpoint.dissemination.delivering.verdicts import said

REPLY_TIMEOUT: Final = 600.0
"""For the answer to the final dot: RFC 5321 4.5.3.2.6 asks for so much, against doubles."""
_DOTS: Final = re.compile(rb"^\.", re.MULTILINE)
_READY: Final = 354
_ACCEPTED: Final = 250
CLOSING: Final = 421


class RefusedError(Exception):
    """The server said no to one mail; `is_of_address` where it was asked for the address."""

    def __init__(self, code: int, answer: bytes, *, is_of_address: bool = False) -> None:
        super().__init__(code)
        self.code, self.answer, self.is_of_address = code, answer, is_of_address


class SenderRefusedError(Exception):
    """The server takes nothing from us just now, whomever it is for."""

    def __init__(self, code: int, answer: bytes) -> None:
        super().__init__(said(code, answer))


class HungUpError(OSError):
    """The connection broke before the end of a mail: it is still ours."""


class TroubleError(HungUpError):
    """The server has trouble of its own, perhaps with this mail."""


class UnansweredError(OSError):
    """The server hung up after the end of a mail and said nothing."""


class Connection(smtplib.SMTP):
    """Hands over one mail after the other."""

    def hand_over(self, sender: str, to: str, content: bytes, mark: Callable[[], None]) -> None:
        """`content` with CRLF. Raises `RefusedError`, `SenderRefusedError`, `HungUpError`, and
        `UnansweredError`."""
        try:
            self._ask(sender, to, content)
            body = _DOTS.sub(b"..", content)
            self._send_body(body if body.endswith(b"\r\n") else body + b"\r\n")
        except OSError as problem:
            self.close()
            raise HungUpError(f"the mail server hung up: {problem}") from problem
        code, answer = self._end(mark)
        if code != _ACCEPTED:
            raise RefusedError(code, answer)

    def leave(self) -> None:
        """Ends the connection, whatever state it is in."""
        try:
            self.quit()
        except (OSError, ValueError):
            self.close()

    def _ask(self, sender: str, to: str, content: bytes) -> None:
        wants_eight = self.has_extn("8bitmime") and not content.isascii()
        code, answer = self.mail(sender, ["BODY=8BITMIME"] if wants_eight else [])
        if code != _ACCEPTED:
            raise SenderRefusedError(code, answer)
        code, answer = self.rcpt(to)
        if code not in (250, 251):
            self._begin_anew()
            raise RefusedError(code, answer, is_of_address=True)
        code, answer = self.docmd("DATA")
        if code != _READY:
            self._begin_anew()
            raise RefusedError(code, answer)

    def _send_body(self, body: bytes) -> None:
        """All but the dot; when it returns, there is room for that."""
        connection: Any = self.sock
        connection.sendall(body)
        room = select.poll()
        room.register(connection, select.POLLOUT)
        if not room.poll(1000 * settings.EMAIL_TIMEOUT):
            raise TimeoutError("the mail server does not read on")

    def _end(self, mark: Callable[[], None]) -> tuple[int, bytes]:
        connection: Any = self.sock
        # A socket with a timeout would first ask for room, which there is.
        is_plain = not isinstance(connection, ssl.SSLSocket)
        send = partial(os.write, connection.fileno()) if is_plain else connection.send
        mark()
        try:
            send(b".\r\n")
            connection.settimeout(REPLY_TIMEOUT)
            code, answer = self.getreply()
            connection.settimeout(settings.EMAIL_TIMEOUT)
        except OSError as problem:
            self.close()
            raise UnansweredError("no answer to the end of a mail") from problem
        return code, answer

    def _begin_anew(self) -> None:
        """After a refusal within a mail; a server that hangs up then is met at the next."""
        try:
            self.rset()
        except OSError:
            self.close()


class ConnectionOverTls(Connection, smtplib.SMTP_SSL):
    """From the first byte."""


def connected() -> Connection:
    """A connection to the server of the settings, signed in. Raises `OSError`."""
    over_tls = settings.EMAIL_USE_SSL
    kind: Any = ConnectionOverTls if over_tls else Connection
    more = {"context": ssl.create_default_context()} if over_tls else {}
    found: Connection = kind(
        settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT, **more
    )
    try:
        if settings.EMAIL_USE_TLS:
            found.starttls(context=ssl.create_default_context())
        if settings.EMAIL_HOST_USER:
            found.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        found.ehlo_or_helo_if_needed()
        # The dot goes by itself; it must not wait until the rest is acknowledged.
        held: Any = found.sock
        held.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        found.close()
        raise
    return found
