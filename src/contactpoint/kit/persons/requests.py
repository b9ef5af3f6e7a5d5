"""That somebody was given what is kept of them, or was erased: without saying who.

Of who was erased a keyed digest is kept, so that a backup that is restored does not bring them
back. It is of no use to anybody who has not the portal's secret.
"""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.crypto import salted_hmac

from contactpoint.kit.models import PersonRequest

KEPT: Final = timedelta(days=730)
"""Longer than any backup may be kept."""
_SALT: Final = "contactpoint.kit.persons"


def digest_of(address: str) -> str:
    """The same for an address in any case; another where the portal's secret is another."""
    return salted_hmac(_SALT, address.strip().lower(), algorithm="sha256").hexdigest()


def note(kind: str, *, rows: int, address: str = "") -> PersonRequest:
    """Write down that it was done; the digest of an address only for who was erased."""
    return PersonRequest.objects.create(
        kind=kind, rows=rows, digest=digest_of(address) if address else ""
    )


def erased_digests() -> list[str]:
    """Of all who were erased, for a restore to take along."""
    rows = PersonRequest.objects.filter(kind=PersonRequest.Kind.ERASED).order_by("pk")
    return list(rows.values_list("digest", flat=True).distinct())


def forget_requests() -> int:
    """Old ones; how many."""
    return PersonRequest.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
