"""How a message leaves: over SMTP with a connection of our own, through a mail provider, or through
whatever other backend of Django there is (the folder of a portal without a server)."""

import smtplib
import time
from collections.abc import Callable
from typing import Any, Final, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from contactpoint.dissemination.delivering import smtp
from contactpoint.dissemination.delivering.messages import envelope_sender
from contactpoint.dissemination.delivering.providers import OverProvider
from contactpoint.kit import mail_providers

SMTP_BACKEND: Final = "django.core.mail.backends.smtp.EmailBackend"
MOST_A_CONNECTION: Final = 200
IDLE: Final = 20.0
"""Seconds for which a connection is kept without a mail; servers end theirs after some minutes."""


class Way(Protocol):
    """Hands over one message after the other; raises what `smtp` does."""

    def hand_over(self, message: EmailMultiAlternatives, to: str, mark: Callable[[], None]) -> None:
        """`mark` is called when the message is the server's."""

    def rest(self) -> None:
        """Nothing to do just now."""

    def close(self) -> None:
        """Ends connections."""


class OverSmtp:
    """One connection for many mails."""

    def __init__(self) -> None:
        self._connection: smtp.Connection | None = None
        self._number = 0
        self._used = 0.0

    def hand_over(self, message: EmailMultiAlternatives, to: str, mark: Callable[[], None]) -> None:
        """A server that tires of a connection after some mails gets another."""
        if self._connection is not None and self._number >= MOST_A_CONNECTION:
            self.close()
        made: Any = message.message()
        content: bytes = made.as_bytes(linesep="\r\n")
        is_new = self._connection is None
        try:
            self._hand_over(content, to, mark)
        except (smtp.SenderRefusedError, smtp.HungUpError):
            self.close()
            if is_new:
                raise
            self._hand_over(content, to, mark)

    def _hand_over(self, content: bytes, to: str, mark: Callable[[], None]) -> None:
        if self._connection is None:
            self._connection, self._number = smtp.connected(), 0
        self._number += 1
        self._used = time.monotonic()
        try:
            self._connection.hand_over(envelope_sender(), to, content, mark)
        except smtp.RefusedError as problem:
            if problem.code == smtp.CLOSING:
                self.close()
            raise
        except OSError:
            self.close()
            raise

    def rest(self) -> None:
        """Hangs up after a while."""
        if self._connection is not None and time.monotonic() - self._used > IDLE:
            self.close()

    def close(self) -> None:
        """Politely, if there is still somebody."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.leave()


class OverBackend:
    """A backend says nothing of the moment: a process that dies within `send` sends again."""

    def hand_over(self, message: EmailMultiAlternatives, to: str, mark: Callable[[], None]) -> None:
        """One message, one connection of the backend's own."""
        message.connection = get_connection()
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as problem:
            code, answer = next(iter(problem.recipients.values()))
            raise smtp.RefusedError(code, answer, is_of_address=True) from None
        except smtplib.SMTPResponseException as problem:
            raise smtp.RefusedError(problem.smtp_code, _bytes(problem.smtp_error)) from None
        except OSError:
            raise
        except Exception as problem:  # a backend has errors of its own
            raise smtp.RefusedError(451, type(problem).__name__.encode()) from problem
        mark()

    def rest(self) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is kept."""


def _bytes(answer: bytes | str) -> bytes:
    return answer.encode() if isinstance(answer, str) else answer


def way() -> Way:
    """The one of the settings."""
    if mail_providers.is_used():
        return OverProvider()
    return OverSmtp() if settings.EMAIL_BACKEND == SMTP_BACKEND else OverBackend()
