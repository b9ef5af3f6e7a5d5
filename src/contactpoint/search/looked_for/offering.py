"""The button on an empty page: a signed ticket holds the question, so that only such a page sends.

Public pages set no cookie, so there is no session that a foreign page could ride on. The ticket
says that this site found nothing for the question, and lets one page be sent once.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.utils.translation import gettext as _

from contactpoint.search.noticing.persons import may_name_somebody
from contactpoint.search.noticing.privacy import is_private

SALT: Final = "contactpoint.search.looked_for"
TOO_OLD: Final = 6 * 3600


class OfferError(ValueError):
    """A ticket that is foreign or too old; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form shows and sends; without a ticket the question can't be sent."""

    words: str
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """An opened ticket: the question, the language of the reader, and which page it was."""

    words: str
    language: str
    page: str


def offer(question: str, language: str) -> Offer | None:
    """The form for a question that found nothing; None where there is no question in it."""
    words = " ".join(question.split())
    if not any(sign.isalnum() for sign in words):
        return None
    if is_private(words) or may_name_somebody(words, language):
        return Offer(words)
    return Offer(words, signing.dumps([words, language, secrets.token_urlsafe(9)], salt=SALT))


def opened(ticket: str) -> Sent:
    """Open a ticket; an `OfferError` for one that is not ours or has lain for hours."""
    try:
        words, language, page = signing.loads(ticket, salt=SALT, max_age=TOO_OLD)
    except (signing.BadSignature, ValueError):
        problem = _("This page has been open for too long. Search again, and send it then.")
        raise OfferError(problem) from None
    return Sent(words, language, page)
