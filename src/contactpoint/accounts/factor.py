"""What counts as a second factor, and as this session's second step: an app or a key.

The session remembers which authenticator it showed; once that authenticator is gone (an operator
reset it), the session has no second step any more.
"""

import logging
import time
from typing import Final

from allauth.account.authentication import get_authentication_records
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from contactpoint.accounts.models import User

log = logging.getLogger(__name__)

__all__ = [
    "TOTP",
    "accept_code",
    "generate_totp_secret",
    "has_app",
    "has_factor",
    "keys_of",
    "showed_factor",
]

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes are none by themselves: they stand in for one of these."""


def has_factor(user: User | AnonymousUser) -> bool:
    """Whether the user enrolled an authenticator app or a key."""
    return (
        user.is_authenticated and Authenticator.objects.filter(user=user, type__in=FACTORS).exists()
    )


def has_app(user: User | AnonymousUser) -> bool:
    """Whether the user enrolled an authenticator app."""
    return (
        user.is_authenticated
        and Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    )


def keys_of(user: User | AnonymousUser) -> list[Authenticator]:
    """The user's passkeys and security keys."""
    if not user.is_authenticated:
        return []
    return list(Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN))


def showed_factor(request: HttpRequest, user: User | AnonymousUser) -> bool:
    """Whether this session showed a factor that the user still has."""
    if not user.is_authenticated:
        return False
    records = get_authentication_records(request, user)
    shown = {record.get("id") for record in records if record["method"] == "mfa"} - {None}
    return bool(shown) and Authenticator.objects.filter(user=user, pk__in=shown).exists()


def accept_code(user: User, code: str) -> Authenticator | None:
    """The authenticator that this code proves, spending the code; None where it proves none."""
    with_codes = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN)
    for authenticator in with_codes.order_by("-type"):
        try:
            is_totp = authenticator.type == Authenticator.Type.TOTP
            if (
                _spend_step(user, authenticator, code)
                if is_totp
                else authenticator.wrap().validate_code(code)
            ):
                return authenticator
        except ValueError as problem:
            log.error("Second factor of user %s can't be read: %s", user.pk, problem)
    return None


def _spend_step(user: User, authenticator: Authenticator, code: str) -> bool:
    """RFC 6238, 5.2: a step counts once, by one conditional update that all processes share."""
    secret = decrypt(authenticator.data["secret"])
    now = int(time.time()) // app_settings.TOTP_PERIOD
    for step in range(now - app_settings.TOTP_TOLERANCE, now + app_settings.TOTP_TOLERANCE + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            fresh = User.objects.filter(pk=user.pk, totp_step__lt=step)
            return bool(fresh.update(totp_step=step))
    return False
