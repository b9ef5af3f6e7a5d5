"""Create users with their second factor, and give them a new one."""

import logging
import secrets
import time
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.validators import validate_email
from django.db import transaction
from wagtail.log_actions import log as record

from contactpoint.accounts.factor import TOTP, generate_totp_secret
from contactpoint.accounts.models import User, normalise_address
from contactpoint.accounts.roles import ADMINISTRATORS, EDITORS

log = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False)
class FactorCredentials:
    """What a person needs to set up an authenticator app; shown once, without `repr`."""

    totp_secret: str
    otpauth_uri: str
    recovery_codes: list[str]


@dataclass(frozen=True, repr=False)
class EditorCredentials(FactorCredentials):
    """A new user's whole sign-in; shown once."""

    user: User
    password: str


@transaction.atomic
def create_editor(
    email: str,
    *,
    password: str | None = None,
    administrator: bool = False,
    role: str = EDITORS,
) -> EditorCredentials:
    """A user who can sign in at once, with password (random if none is given) and second factor.

    The user is in the group of `role`, or of the administrators.

    A malformed or known address, or a weak password, is a `ValidationError` or `ValueError`.
    """
    email = normalise_address(email)
    validate_email(email)
    if User.objects.filter(email=email).exists():
        raise ValueError(
            f"{email} has an account already. To renew its second factor: user reset-factor."
        )
    chosen = password or secrets.token_urlsafe(15)
    user = User(email=email)
    validate_password(chosen, user)
    user.set_password(chosen)
    user.save()
    group = Group.objects.get(name=ADMINISTRATORS if administrator else role)
    user.groups.set([group])
    factor = enrol(user)
    record(instance=user, action="wagtail.create", data={"group": group.name})
    log.info("Account %s created (%s).", user.pk, group.name)
    return EditorCredentials(
        totp_secret=factor.totp_secret,
        otpauth_uri=factor.otpauth_uri,
        recovery_codes=factor.recovery_codes,
        user=user,
        password=chosen,
    )


@transaction.atomic
def enrol(user: User) -> FactorCredentials:
    """A new second factor in place of any old one; sessions that showed the old one end with it."""
    Authenticator.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(totp_step=0)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    recovery = RecoveryCodes.activate(user)
    recovery.instance.data["viewed_at"] = time.time()  # shown here, so never in the browser
    recovery.instance.save(update_fields=["data"])
    record(instance=user, action="accounts.factor")
    log.info("Second factor of account %s set.", user.pk)
    return FactorCredentials(
        totp_secret=secret,
        otpauth_uri=get_adapter().build_totp_url(user, secret),
        recovery_codes=recovery.generate_codes(),
    )
