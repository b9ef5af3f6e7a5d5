"""What a mail provider reports of a mail after it took it: that it came back, or that somebody
complained of it. Who reports has proved that they are the provider (`event_views`).

A report of a mail that came back counts as one from the mailbox does: where it names a mail of ours
by its seal, once for each, and only if the address is to blame.
"""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final

from contactpoint.dissemination.delivering.messages import delivery_of
from contactpoint.dissemination.delivering.taking import take_report
from contactpoint.dissemination.delivering.verdicts import Verdict, reported
from contactpoint.dissemination.following import keeping
from contactpoint.dissemination.models import Delivery, Subscriber
from contactpoint.kit.mail_providers import REFERENCE

log = logging.getLogger(__name__)

OF_THE_ADDRESS: Final = ("invalid", "bounced", "spam", "unsubscribed")
"""Anymail's reasons that lie with whoever has the address; it sends nothing there any more."""
_CODE: Final = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3}|[45]\d\d)\b")
_LONGEST: Final = 1_000
_LONGEST_ADDRESS: Final = 254


class TooEarlyError(Exception):
    """The sender has not written down yet that it was sent."""


def take(event: Any) -> None:
    """One of Anymail's events (`AnymailTrackingEvent`); told twice, it counts once.

    Raises `TooEarlyError`.
    """
    if event.event_type in ("bounced", "rejected"):
        number = _delivery(event)
        if number is not None and not take_report(number, verdict_of(event)):
            _not_too_early(number)
    elif event.event_type in ("complained", "unsubscribed"):
        _stop(event)


def verdict_of(event: Any) -> Verdict:
    """By the code of the receiving server if there is one, else by Anymail's reason."""
    reason = str(event.reject_reason or event.event_type)
    words = str(event.mta_response or event.description or "")[:_LONGEST]
    code = _CODE.search(words)
    if code is not None:
        return reported(code[0], words)
    is_of_address = reason in OF_THE_ADDRESS
    return reported("5.1.0" if is_of_address else "5.7.0", f"{reason} {words}".strip())


def _delivery(event: Any) -> int | None:
    metadata = event.metadata if isinstance(event.metadata, Mapping) else {}
    for told in (metadata.get(REFERENCE), event.message_id):
        number = delivery_of(str(told or "")[:_LONGEST])
        if number is not None:
            return number
    return None


def _not_too_early(number: int) -> None:
    if Delivery.objects.filter(pk=number, state=Delivery.State.TAKEN).exists():
        raise TooEarlyError


def _stop(event: Any) -> None:
    """End all that somebody follows who said to their mail program that they don't want it."""
    number = _delivery(event)
    found = Subscriber.objects.filter(deliveries=number).first() if number is not None else None
    address = str(event.recipient or "")
    if found is None and 0 < len(address) <= _LONGEST_ADDRESS:
        found = keeping.at(address)
    if found is not None:
        keeping.stop(found)
        log.warning("By the mail provider: %s. All that was followed has ended.", event.event_type)
