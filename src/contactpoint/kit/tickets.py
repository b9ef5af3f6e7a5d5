"""What stands in for a CSRF cookie on a form that anybody may send.

Public pages set no cookie, so there is no session that a foreign page could ride on. What is left
is to know that the form is ours, how old it is, and that it is sent once: its ticket says so. It is
signed, and holds the reference under which what is sent will be filed.
"""

import secrets
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from contactpoint.kit.changes import NEVER, made_from

SALT: Final = "contactpoint.form"
TOO_FAST: Final = 3
TOO_OLD: Final = 6 * 3600


class TicketError(ValueError):
    """The form can't be taken as it was sent; the message says what to do.

    `ticket` is the one to send it with: it keeps its age, so that a person need not wait again.
    """

    def __init__(self, message: str, ticket: str = "") -> None:
        super().__init__(message)
        self.ticket = ticket


@dataclass(frozen=True, slots=True)
class Ticket:
    """An opened ticket: the reference under which what was sent is filed."""

    reference: str


def issue(about: str) -> str:
    """A ticket for a form `about` something, such as a kind and a concept."""
    return _signed(secrets.token_urlsafe(18), about, int(time.time()))


def redeem(ticket: str, about: str) -> Ticket:
    """Open a ticket; a `TicketError` for one that is foreign, too old or too quick."""
    stale = _("This form has been open for too long. Send it once more.")
    try:
        reference, wanted, issued = signing.loads(ticket, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise TicketError(stale) from None
    if wanted != about:
        raise TicketError(stale)
    age = time.time() - issued
    if age > TOO_OLD:
        raise TicketError(stale, _signed(reference, about, int(time.time()) - TOO_FAST))
    if age < TOO_FAST:
        quick = _("That was too quick for a person. Wait a moment, then send it again.")
        raise TicketError(quick, ticket)
    return Ticket(reference)


def _signed(reference: str, about: str, issued: int) -> str:
    made_from(NEVER)
    return signing.dumps([reference, about, issued], salt=SALT)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was sent from a page of this site.

    One that says nothing at all is old or no browser; the ticket is asked of it all the same.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
