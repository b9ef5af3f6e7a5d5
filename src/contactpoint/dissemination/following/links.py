"""The links that only mails hold: signed, so that nobody makes one for somebody else.

Whoever has one may do what it is for: an address is proved by having it. A new `reference` of the
subscriber makes all of them void.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing

from contactpoint.accounts.places import DAY
from contactpoint.dissemination.matching.atoms import NEWSLETTER_RULE, Rule, rule_of
from contactpoint.dissemination.models import Subscriber, Subscription

CONFIRMS_FOR: Final = DAY
"""A link is remembered as used for as long (`limits.is_first_time`)."""
_ASKED: Final = "contactpoint.dissemination.asked"
_MINE: Final = "contactpoint.dissemination.mine"
_STOP: Final = "contactpoint.dissemination.stop"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for and has not confirmed: it is kept in their link and nowhere else.

    `consent` is the sentence beside the button, as it was shown.
    """

    address: str
    language: str
    rhythm: str
    groups: list[list[str]]
    consent: str
    nonce: str
    """Of the form: it is confirmed once."""
    newsletter: bool = False
    """Asked for beside the rule, or instead of one."""

    @property
    def rules(self) -> list[Rule]:
        """All that is asked for, each a subscription."""
        own = [rule_of(self.groups)] if self.groups else []
        return [*own, NEWSLETTER_RULE] if self.newsletter else own


def confirm_url(asked: Asked) -> str:
    """The address of the page with the button; good for one day."""
    token = signing.dumps(asdict(asked), salt=_ASKED, compress=True)
    return f"{settings.BASE_URL}/{asked.language}/follow/confirm/{token}/"


def asked_by(token: str) -> Asked | None:
    """What a link asks to confirm; None where it is forged or too old."""
    found = _opened(token, _ASKED, CONFIRMS_FOR)
    return Asked(**found) if isinstance(found, dict) else None


def preferences_url(subscriber: Subscriber) -> str:
    """The page where somebody sees and changes all that they follow."""
    token = signing.dumps(subscriber.reference.hex, salt=_MINE)
    return f"{settings.BASE_URL}/{subscriber.language}/follow/mine/{token}/"


def subscriber_of(token: str) -> Subscriber | None:
    """Whose page it is; None where the link is forged or they are gone."""
    reference = _opened(token, _MINE)
    return Subscriber.objects.filter(reference=reference).first() if reference else None


def unsubscribe_url(subscriber: Subscriber, rows: Iterable[Subscription] | None) -> str:
    """Ends these subscriptions, or, with None, all of them, by a single POST (RFC 8058)."""
    which = None if rows is None else [row.pk for row in rows]
    token = signing.dumps([subscriber.reference.hex, which], salt=_STOP, compress=True)
    return f"{settings.BASE_URL}/{subscriber.language}/follow/stop/{token}/"


def stopped_by(token: str) -> tuple[Subscriber, list[int] | None] | None:
    """Who wants to stop, and the numbers of the subscriptions; None in their place: all."""
    found = _opened(token, _STOP)
    if not found:
        return None
    reference, which = found
    subscriber = Subscriber.objects.filter(reference=reference).first()
    return (subscriber, which) if subscriber else None


def is_stop_link(token: str) -> bool:
    """Whether it was once made here and came whole, whatever became of who got it."""
    return _opened(token, _STOP) is not None


def _opened(token: str, salt: str, age: int | None = None) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=age)
    except signing.BadSignature:
        return None
