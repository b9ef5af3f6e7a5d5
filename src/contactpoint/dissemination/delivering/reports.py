"""What a mail server reports of a mail that it could not deliver (RFC 3464). Anybody may write to
the mailbox of such reports, so nothing in it is believed but what our own seal proves.

A report tells of a delivery only where it holds the `Message-ID` that we gave that mail
(`messages.message_id`), which nobody knows but who got the mail, and the servers on its way. So
somebody can have their own address held back, and nobody else's.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from typing import Any, Final

from contactpoint.dissemination.delivering.messages import delivery_of
from contactpoint.dissemination.delivering.verdicts import Verdict, reported

log = logging.getLogger(__name__)

LARGEST: Final = 256 * 1024
"""Bytes; a report holds a mail of ours at most, of which its end may be missing."""
MOST_PARTS: Final = 30
"""Nested or not: parsers take long for more, or give up."""
_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Report:
    """Of one delivery."""

    delivery: int
    verdict: Verdict


def report_of(content: bytes) -> Report | None:
    """What a message reports; None where it is no report of a final failure of a mail of ours.
    Never raises, whatever it is given."""
    content = content[:LARGEST]
    lowered = content.lower()
    if lowered.count(b"boundary") + lowered.count(b"message/") > MOST_PARTS:
        return None
    try:
        return _read(message_from_bytes(content))
    except Exception:  # whoever writes to the mailbox chooses what is parsed
        log.info("A message in the mailbox of reports can't be read.", exc_info=True)
        return None


def _read(message: Message) -> Report | None:
    failed: Verdict | None = None
    identity = ""
    for part in _parts(message):
        kind = part.get_content_type()
        if kind == "message/delivery-status" and failed is None:
            failed = _failed(part)
        elif kind in ("message/rfc822", "message/global") and not identity:
            identity = _identity(_first(part))
        elif kind in ("text/rfc822-headers", "message/global-headers") and not identity:
            # The parser has read them already where they are `message/…`.
            identity = _identity(_first(part) or _headers(part))
    delivery = delivery_of(identity) if identity else None
    return Report(delivery, failed) if delivery is not None and failed is not None else None


def _parts(message: Message) -> Iterator[Message]:
    """Those of the report itself, not of what it encloses."""
    payload: Any = message.get_payload()
    if message.get_content_type() == "multipart/report" and isinstance(payload, list):
        yield from payload[:MOST_PARTS]


def _failed(part: Message) -> Verdict | None:
    """Of the first of the recipients that was given up."""
    payload: Any = part.get_payload()
    for block in payload[:MOST_PARTS] if isinstance(payload, list) else ():
        if _said(block, "Action").lower() == "failed":
            return reported(_said(block, "Status"), _said(block, "Diagnostic-Code"))
    return None


def _first(part: Message) -> Message | None:
    payload: Any = part.get_payload()
    return payload[0] if isinstance(payload, list) and payload else None


def _headers(part: Message) -> Message | None:
    payload: Any = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return message_from_bytes(payload)
    return message_from_string(payload) if isinstance(payload, str) else None


def _identity(message: Message | None) -> str:
    return _said(message, "Message-ID") if message is not None else ""


def _said(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, ""))[:_LONGEST].split())
