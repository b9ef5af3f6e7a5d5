"""The secrets of respondents' links. None is kept anywhere: a row holds a digest of it, keyed by
the portal's own secret, so that nobody who reads the database can make a link of it.

Whom a personal link was given to and what was answered by it are found by two digests that can't be
told from each other's: of an anonymous round nobody can join the two.

The invitation to an anonymous round is known to more people than its answerer: to whoever printed
it, at least. So it leads to the first page only, always the same; what was begun by it is found by
the invitation and a second secret together, which stands nowhere but in the answerer's own link.
"""

import base64
import hmac
import secrets
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

from contactpoint.consultations.models import Round

SIGNS: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""Thirty-two that nobody mistakes for each other: a link may be copied from paper."""
LENGTH: Final = 28
"""Five bits each: 140 in all."""
_WHO: Final = "contactpoint.consultations.who"
_WHAT: Final = "contactpoint.consultations.what"
_ONCE: Final = "contactpoint.consultations.once"
_RECEIPT: Final = "contactpoint.consultations.receipt"


def new_secret() -> str:
    """One that nobody guesses."""
    return "".join(secrets.choice(SIGNS) for _place in range(LENGTH))


def secret_for(reference: str) -> str:
    """The same for the same reference, which only the page knows that holds it: who presses a
    button twice begins once."""
    return _signs(_digest(_ONCE, reference), LENGTH)


def is_secret(text: str) -> bool:
    """Whether it may be one at all: a single one, or an invitation with its answerer's own."""
    return len(text) in (LENGTH, 2 * LENGTH) and set(SIGNS).issuperset(text)


def invitation_of(secret: str) -> str:
    """The part that somebody was sent or given on paper."""
    return secret[:LENGTH]


def is_own(secret: str) -> bool:
    """Whether it holds more than an invitation: what only its answerer was shown."""
    return len(secret) > LENGTH


def digest_of_who(secret: str) -> str:
    """Under which is kept whom the link was given to."""
    return _digest(_WHO, secret).hex()


def digest_of_what(secret: str) -> str:
    """Under which is kept what was answered by the link."""
    return _digest(_WHAT, secret).hex()


def unordered() -> int:
    """A key for a row, so that the order of rows tells nothing of the order in time."""
    return secrets.randbelow(2**52) + 2**20


def receipt(round: Round, secret: str) -> str:
    """A code which shows that somebody took part. It can be `is_receipt` proved without being kept,
    and of an anonymous round it leads to no answer."""
    nonce = _signs(_digest(_RECEIPT, secret), 8)
    return _grouped(nonce + _proof(round, nonce))


def is_receipt(round: Round, code: str) -> bool:
    """Whether it was given for this round."""
    bare = "".join(sign for sign in code.lower() if sign in SIGNS)
    return len(bare) == 12 and hmac.compare_digest(_proof(round, bare[:8]), bare[8:])


def _proof(round: Round, nonce: str) -> str:
    return _signs(_digest(_RECEIPT, f"{round.pk}:{nonce}"), 4)


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _digest(salt: str, text: str) -> bytes:
    made: bytes = salted_hmac(salt, text, algorithm="sha256", secret=settings.SECRET_KEY).digest()
    return made


def _signs(digest: bytes, length: int) -> str:
    plain = base64.b32encode(digest).decode()[:length]
    return plain.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", SIGNS))
