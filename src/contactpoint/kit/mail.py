"""Send mail in the background: one message to one address, tried again where the server is busy."""

import logging
import smtplib
from collections.abc import Callable, Mapping, Sequence
from email.mime.text import MIMEText
from email.utils import make_msgid
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from contactpoint.kit import mail_providers
from contactpoint.kit.jobs import TryLaterError, task
from contactpoint.kit.mail_providers import Means

log = logging.getLogger(__name__)


IN_A_FOLDER: Final = "contactpoint.kit.mail_folder.EmailBackend"


def is_sent() -> bool:
    """Whether mails leave this portal; without a mail server they are kept in a folder."""
    return bool(settings.EMAIL_BACKEND != IN_A_FOLDER)


class UndeliverableError(Exception):
    """The server refused the message or the address for good."""


class Attachment(NamedTuple):
    """A text that goes with a mail; `content_type` may have parameters."""

    name: str
    content: str
    content_type: str


def send_once(row: QuerySet[Any], name: str, send_it: Callable[[], None]) -> None:
    """Have the mail of one row sent, unless a job has taken it on before, as its `taken_at` says.
    It is given back only where the server did not take it, so nobody gets it twice.

    Raises `TryLaterError`, and whatever else `send_it` raises but an `UndeliverableError`.
    """
    if not row.filter(taken_at=None).update(taken_at=timezone.now()):
        return
    try:
        send_it()
    except UndeliverableError:  # what the server said may hold the address
        log.warning("The mail server refused %s for good.", name)
    except TryLaterError:
        row.update(taken_at=None)
        raise TryLaterError(f"{name} could not be handed over") from None
    except Exception:
        row.update(taken_at=None)
        raise


def send(
    to: str,
    subject: str,
    text: str,
    *,
    html: str = "",
    language: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Queue a mail; written with the caller's transaction, so a rollback takes it back.

    `language` is the language of the text (default: the active one). A line break in the subject,
    the address or a header is a `django.core.mail.BadHeaderError` here and now.
    """
    all_headers = _headers(language, headers)
    _message(to, subject, text, html, all_headers).message()
    deliver.enqueue(to, subject, text, html, all_headers)


def send_now(
    to: str,
    subject: str,
    text: str,
    *,
    html: str = "",
    language: str = "",
    attachments: Sequence[Attachment] = (),
    headers: Mapping[str, str] | None = None,
) -> None:
    """Hand over a mail from inside a job, so that the address stands in no job's arguments.

    A `Message-ID` among `headers` should be the same each time that a job tries.

    Raises what `deliver` does: `TryLaterError` puts the caller's job back into the queue.
    """
    message = _message(to, subject, text, html, _headers(language, headers))
    for attachment in attachments:
        message.attach(_part(attachment))
    _hand_over(message)


def unsent(sender: str, subject: str, text: str, html: str, *, language: str) -> bytes:
    """A message as a file (RFC 5322) that a mail program opens to be finished and sent: it has no
    receiver yet, and says that it is a draft (`X-Unsent`, which Outlook asks for).
    """
    headers = {"Content-Language": language, "X-Unsent": "1"}
    message = EmailMultiAlternatives(subject, text, sender, headers=headers)
    message.attach_alternative(html, "text/html")
    return b"\r\n".join([*message.message().as_bytes().splitlines(), b""])


@task(queue_name="mail")
def deliver(to: str, subject: str, text: str, html: str, headers: dict[str, str]) -> None:
    """Hand one mail to the server. What may pass is tried later, what is final fails the job."""
    _hand_over(_message(to, subject, text, html, headers))


def _hand_over(message: EmailMultiAlternatives) -> None:
    if mail_providers.is_used():
        _give_to_provider(message)
        return
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        code, answer = next(iter(refusal.recipients.values()))
        raise _verdict(code, answer) from None
    except smtplib.SMTPResponseException as refusal:
        raise _verdict(refusal.smtp_code, refusal.smtp_error) from None
    except (
        OSError
    ) as problem:  # unreachable, timed out, hung up; other SMTP errors are OSErrors too
        raise TryLaterError(f"the mail server can't be reached: {problem}") from None


def _give_to_provider(message: EmailMultiAlternatives) -> None:
    mail_providers.prepare(message)
    try:
        message.send()
    except Exception as problem:  # what a provider says may hold the address
        answer = mail_providers.answer_of(problem)
        if answer.means == Means.NO_SUCH_ADDRESS:
            told = f"the mail provider refused the address: {answer.code}"
            raise UndeliverableError(told) from None
        if answer.means != Means.TAKEN:
            told = f"the mail provider did not take it: {answer.code} {answer.means.name}"
            raise TryLaterError(told) from None


def _headers(language: str, more: Mapping[str, str] | None = None) -> dict[str, str]:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return {
        "Message-ID": make_msgid(domain=host),  # the same at each attempt
        "Auto-Submitted": "auto-generated",
        "Content-Language": language or get_language() or settings.LANGUAGE_CODE,
        **(more or {}),
    }


def _message(
    to: str, subject: str, text: str, html: str, headers: dict[str, str]
) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(subject, text, to=[to], headers=headers)
    if html:
        message.attach_alternative(html, "text/html")
    return message


def _part(attachment: Attachment) -> MIMEText:
    kind, *parameters = attachment.content_type.split("; ")
    part = MIMEText(attachment.content, kind.removeprefix("text/"), "utf-8")
    for name, _equals, value in (parameter.partition("=") for parameter in parameters):
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def _verdict(code: int, answer: bytes | str) -> Exception:
    """RFC 5321, 4.2.1: 4yz is for now, 5yz for good."""
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    kind = TryLaterError if 400 <= code < 500 else UndeliverableError
    return kind(f"the mail server said {code} {said}")
