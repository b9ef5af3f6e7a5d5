"""A delivery as a message: who it is from, and the headers by which programs end a subscription."""

import hmac
from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.crypto import salted_hmac

from contactpoint.dissemination.following.links import unsubscribe_url
from contactpoint.dissemination.models import Delivery, Subscription
from contactpoint.kit.letters import Letter

SALT: Final = "contactpoint.dissemination.delivery"
_DIGITS: Final = 20


def message(
    delivery: Delivery, letter: Letter, stops: list[Subscription] | None
) -> EmailMultiAlternatives:
    """RFC 8058 (one click), RFC 2369 and RFC 2919 (lists), RFC 3834 (automatic)."""
    subscriber, kind = delivery.subscriber, delivery.mailing.kind
    headers = {
        "Message-ID": message_id(delivery.pk),
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
        "Precedence": "list",
        "List-Id": f"{_phrase(settings.SITE_NAME)} <{kind}.{host()}>",
        "List-Unsubscribe": f"<{unsubscribe_url(subscriber, stops)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    made = EmailMultiAlternatives(
        letter.subject, letter.text, to=[subscriber.address], headers=headers
    )
    made.attach_alternative(letter.html, "text/html")
    return made


def host() -> str:
    """The name of the portal in the names of its lists and messages."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def envelope_sender() -> str:
    """Where reports of undelivered mail come."""
    return parseaddr(settings.EMAIL_BOUNCES or settings.DEFAULT_FROM_EMAIL)[1]


def message_id(number: int) -> str:
    """The same at each attempt, so that whoever gets it twice can tell; nobody else can make it."""
    return f"<delivery.{number}.{_seal(number)}@{host()}>"


def delivery_of(identity: str) -> int | None:
    """The number of the delivery that a `Message-ID` of ours stands for."""
    name, _at, _host = identity.strip().strip("<>").partition("@")
    match name.split("."):
        case ["delivery", number, seal] if number.isdecimal() and len(number) < 19:
            is_ours = seal.isascii() and hmac.compare_digest(seal, _seal(int(number)))
            return int(number) if is_ours else None
    return None


def _seal(number: int) -> str:
    return salted_hmac(SALT, str(number), algorithm="sha256").hexdigest()[:_DIGITS]


def _phrase(text: str) -> str:
    """A name as a quoted string; what is not ASCII is encoded by the message."""
    kept = "".join(sign for sign in text if sign not in '"\\<>\r\n')
    return f'"{kept}"' if kept.isascii() else kept
