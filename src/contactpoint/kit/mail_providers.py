"""What a mail provider's interface (Anymail) is told of a message, and what its answers mean.

Anymail's errors descend from `OSError` where they come of HTTP, whatever the provider said; so what
matters is told apart here. Nothing that is said of an answer holds more of it than its first words.
"""

import re
from dataclasses import dataclass
from email.header import Header
from enum import Enum, auto
from typing import Any, Final, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

REFERENCE: Final = "delivery"
"""Under which a provider gives back in its reports what we gave it with a message."""
NOT_FOR_IT: Final = {"mailjet": ("Message-ID", "List-Id")}
"""Headers for which a provider would refuse the message: it writes its own."""
MORE: Final = {"postmark": {"X-PM-KeepID": "true"}}
"""Else Postmark writes a `Message-ID` of its own."""
_LONGEST: Final = 1_000
_RECIPIENT: Final = re.compile(r"recipient|['\"`]to['\"`]|\.to\b|\bin to\b", re.IGNORECASE)
_OF_THE_MESSAGE: Final = (400, 413, 422)
_ENDS_IN_ADDRESS: Final = re.compile(r"(?P<words>.*?)(?P<rest>\s*<[\x21-\x7e]*>)?", re.DOTALL)


class Means(Enum):
    """What is to be done."""

    TAKEN = auto()
    """It said yes in a way that is not understood."""
    NO_SUCH_ADDRESS = auto()
    LATER = auto()
    """This message, once more; another may go."""
    NOTHING_FROM_US = auto()
    """The key, the account, the rate or a setting: whomever it is for, nothing goes just now."""
    TROUBLE = auto()
    """The provider's own; perhaps of this message, so it must not stop the others for ever."""
    NOT_HANDED_OVER = auto()
    UNANSWERED = auto()
    """It may have it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`words` may hold an address."""

    means: Means
    code: int
    words: str


def is_used() -> bool:
    """Whether mails go through a provider."""
    return bool(settings.MAIL_PROVIDER)


def prepare(message: EmailMultiAlternatives) -> None:
    """Headers as this provider takes them; a second time changes nothing."""
    provider = settings.MAIL_PROVIDER
    left_out = {name.lower() for name in NOT_FOR_IT.get(provider, ())}
    given = cast("dict[str, Any]", message.extra_headers)
    message.extra_headers = {
        name: _in_ascii(str(value))
        for name, value in {**given, **MORE.get(provider, {})}.items()
        if name.lower() not in left_out
    }


def _in_ascii(value: str) -> str:
    """As Django writes it into a message (RFC 2047), with `<…>` at its end left as it is."""
    found = _ENDS_IN_ADDRESS.fullmatch(value)
    if value.isascii() or found is None:
        return value
    encoded = Header(found["words"], "utf-8").encode(maxlinelen=0)
    return f"{encoded}{found['rest'] or ''}"


def answer_of(problem: Exception) -> Answer:
    """Of what a backend of Anymail raised."""
    # Only now: a portal with a mail server of its own spares the time and the memory.
    from anymail.exceptions import (  # noqa: PLC0415
        AnymailAPIError,
        AnymailConfigurationError,
        AnymailRecipientsRefused,
    )

    name = type(problem).__name__
    if isinstance(problem, AnymailRecipientsRefused):
        return Answer(Means.NO_SUCH_ADDRESS, 550, _words(problem) or name)
    if isinstance(problem, AnymailConfigurationError):
        return Answer(Means.NOTHING_FROM_US, 454, " ".join(str(problem).split()))
    if not isinstance(problem, AnymailAPIError):
        means = Means.NOT_HANDED_OVER if isinstance(problem, OSError) else Means.LATER
        return Answer(means, 451, name)
    status = problem.status_code
    if status is None:
        means = Means.NOT_HANDED_OVER if _is_unsent(problem) else Means.UNANSWERED
        return Answer(means, 451, type(problem.__cause__ or problem).__name__)
    return Answer(_meaning(status, problem), status, _words(problem))


def _meaning(status: int, problem: Any) -> Means:
    said = " ".join(str(one) for one in problem.args)
    if 200 <= status < 300:
        # Mailgun says 200 to an address at which it has nothing.
        return Means.NOTHING_FROM_US if "endpoint" in said else Means.TAKEN
    if status >= 500:
        return Means.TROUBLE
    if status not in _OF_THE_MESSAGE:
        return Means.NOTHING_FROM_US
    # A sender that is not verified is refused with the same code: that is no reason to lose mails.
    is_of_address = _RECIPIENT.search(_words(problem))
    return Means.NO_SUCH_ADDRESS if is_of_address else Means.LATER


def _words(problem: Any) -> str:
    response = problem.response
    text = str(getattr(response, "text", "") or "")[:_LONGEST]
    return " ".join(text.split())


def _is_unsent(problem: Exception) -> bool:
    """Whether there was no connection over which anything could have gone."""
    from requests import exceptions  # noqa: PLC0415 — as above
    from urllib3.exceptions import MaxRetryError, NewConnectionError  # noqa: PLC0415

    if isinstance(problem, (exceptions.ConnectTimeout, exceptions.SSLError, exceptions.ProxyError)):
        return True
    reason: Any = problem.__cause__.args[:1] if problem.__cause__ else ()
    return (
        bool(reason)
        and isinstance(reason[0], MaxRetryError)
        and isinstance(reason[0].reason, NewConnectionError)
    )
