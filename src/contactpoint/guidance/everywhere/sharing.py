"""Giving a page to somebody: a code to scan, a message, words to copy; no third party hears it."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings

from contactpoint.guidance.addresses import Addresses, short


@dataclass(frozen=True, slots=True)
class Gift:
    """The address of a page, and the addresses that open a message with it."""

    address: str
    shown: str
    """As it is said and written: without what every address begins with."""
    sms: str
    mail: str
    pdf: str
    sheet: str
    offline: str


def gift(at: Addresses, theme: str, code: str, title: str) -> Gift:
    """A guide. Who the reader is, is left out of a message: it is for somebody else."""
    address = f"{settings.BASE_URL}{short(code, at.language)}"
    words = address if settings.GUIDANCE_NEUTRAL_TITLES else f"{title}\n{address}"
    body = quote(words, safe="")
    subject = "" if settings.GUIDANCE_NEUTRAL_TITLES else f"subject={quote(title, safe='')}&"
    return Gift(
        address=address,
        shown=address.partition("://")[2],
        sms=f"sms:?&body={body}",
        mail=f"mailto:?{subject}body={body}",
        pdf=at.of(f"{theme}/{code}.pdf"),
        sheet=f"{at.of('sheet/')}{'&' if at.variant else '?'}guide={code}",
        offline=at.offline,
    )
