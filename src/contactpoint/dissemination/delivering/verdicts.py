"""What becomes of a delivery by what the mail server says (RFC 5321 4.2, RFC 3463)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from contactpoint.dissemination.models import Delivery

State = Delivery.State
WAITS: Final = tuple(
    timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360, 720, 1440, 1440, 1440)
)
"""Before the next attempt; RFC 5321 asks for four or five days in all."""
MOST_BOUNCES: Final = 3
"""So many refusals for good, and nothing is sent to an address any more."""
_ADDRESS: Final = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_ENHANCED: Final = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
LONGEST_SAID: Final = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """`wait` is how long a delivery has to wait; `is_bounce` whether the address is to blame."""

    state: Delivery.State
    said: str = ""
    wait: timedelta = timedelta()
    is_attempt: bool = True
    is_bounce: bool = False


SENT: Final = Verdict(State.SENT, "250")
DROPPED: Final = Verdict(State.DROPPED, "nothing to say any more", is_attempt=False)
HELD_BACK: Final = Verdict(State.DROPPED, "the address is held back", is_attempt=False)
REPORTED: Final = "reported:"
"""So begins what a later report said."""
UNCONFIRMED: Final = "handed over, not confirmed"
IN_DOUBT: Final = Verdict(State.SENT, UNCONFIRMED)
GIVEN_BACK: Final = Verdict(State.WAITING, is_attempt=False)


def said(code: int, answer: bytes | str) -> str:
    """The server's words without any address, on one line."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return _ADDRESS.sub("–", f"{code} {' '.join(text.split())}")[:LONGEST_SAID]


def refused(attempts: int, code: int, answer: bytes | str, *, is_of_address: bool) -> Verdict:
    """Of an answer that is no yes, after so many earlier attempts. `is_of_address`: it came to
    `RCPT`, where the address is what is judged, unless the server says that it is something else.
    """
    words = said(code, answer)
    if code < 500:
        return later(attempts, words)
    enhanced = _ENHANCED.search(words)
    subject = enhanced[2] if enhanced else ""
    is_bounce = subject in ("1", "2") or (
        is_of_address and subject not in ("3", "4", "5", "6", "7")
    )
    return Verdict(State.REFUSED, words, is_bounce=is_bounce)


def reported(status: str, words: str) -> Verdict:
    """Of a report that comes later (RFC 3464): `status` as 5.1.1. What was given up after days
    (4yz) is not laid to the address, nor what a server has against the mail or against us."""
    is_final = status.startswith("5")
    text = words if status in words else f"{status} {words}"
    found = refused(0, 550 if is_final else 450, text, is_of_address=is_final)
    said_in_short = f"{REPORTED} {_ADDRESS.sub('–', ' '.join(text.split()))}"[:LONGEST_SAID]
    return Verdict(State.REFUSED, said_in_short, is_bounce=is_final and found.is_bounce)


def later(attempts: int, words: str) -> Verdict:
    """Once more after a while; refused where that was tried for days."""
    if attempts >= len(WAITS):
        return Verdict(State.REFUSED, words)
    return Verdict(State.WAITING, words, wait=WAITS[attempts])
