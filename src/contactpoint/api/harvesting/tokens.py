"""Where a list goes on. All that is needed stands in the token, signed; nothing is kept here.

A place is a second and a number in the order of the list, not a count of things passed over: what
changes meanwhile moves to the end, and is told there, rather than shifting what is still to come.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.core import signing
from django.utils import timezone

from contactpoint.api.harvesting.asking import Asked, OaiError

SALT: Final = "contactpoint.api.harvesting"
GOOD_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """A list as it was asked for, and the last of it that was told; `told` are so many, of about
    `total`."""

    verb: str
    prefix: str
    spec: str
    since: datetime | None
    before: datetime | None
    stamp: datetime
    pk: int
    told: int
    total: int

    def token(self) -> str:
        """As a token."""
        moments = [_number(self.since), _number(self.before), _number(self.stamp)]
        said = [self.verb, self.prefix, self.spec, *moments, self.pk, self.told, self.total]
        return signing.dumps(said, salt=SALT)


def read(asked: Asked) -> Place:
    """The place that a token tells. Raises `OaiError`: badResumptionToken."""
    try:
        said: list[Any] = signing.loads(asked.token, salt=SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired:
        raise _bad(
            "The token has expired; begin anew, or from the day of the last harvest."
        ) from None
    except (signing.BadSignature, ValueError):
        raise _bad("The token is none of this portal.") from None
    verb, prefix, spec, since, before, stamp, *numbers = said
    if verb != asked.verb:
        raise _bad(f"The token belongs to {verb}.")
    first, last, at = _moment(since), _moment(before), _moment(stamp)
    if at is None:
        raise _bad("The token is none of this portal.")
    return Place(verb, prefix, spec, first, last, at, *numbers)


def expiry() -> datetime:
    """Until when a token that is given now is good."""
    return timezone.now() + GOOD_FOR


def _bad(sentence: str) -> OaiError:
    return OaiError("badResumptionToken", sentence)


def _number(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None


def _moment(number: int | None) -> datetime | None:
    return datetime.fromtimestamp(number, UTC) if number is not None else None
