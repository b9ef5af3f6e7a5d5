"""The link that only the mail holds: signed, so that nobody makes one for somebody else."""

from typing import Final

from django.conf import settings
from django.core import signing

from contactpoint.events.models import Registration

SALT: Final = "contactpoint.events.registration"


def link(registration: Registration) -> str:
    """The full address of the page where the person sees and cancels their registration."""
    token = signing.dumps(registration.reference.hex, salt=SALT)
    return f"{settings.BASE_URL}/{registration.language}/events/registrations/{token}/"


def followed(token: str) -> Registration | None:
    """The registration that a link leads to; None for a forged link and for one that is gone."""
    try:
        reference = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    rows = Registration.objects.select_related("register")
    return rows.filter(reference=reference).first()
