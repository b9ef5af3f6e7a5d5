"""How allauth behaves here: nobody signs up, secrets rest encrypted, axes alone counts."""

import base64
import hashlib
from io import BytesIO
from typing import Any, cast

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.accounts import devices, limits
from contactpoint.accounts.doors import again
from contactpoint.accounts.letters import tell_of_device
from contactpoint.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Closes sign-up: operators and administrators create users."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Who has no right in the admin goes to the room where states answer."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return str(super().get_login_redirect_url(request))
        return f"/{get_language() or settings.LANGUAGE_CODE}{settings.ROOM_PATH}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong sign-ins are counted once, by axes in the database, not here in the cache too."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Notes in which browser; its owner hears of a new one."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        devices.note(request, user, response, tell_of_device)
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address that axes counts under."""
        return limits.client_address(request) or "0.0.0.0"  # noqa: S104 — a socket has no address

    def get_reauthentication_methods(
        self, user: AbstractBaseUser | AnonymousUser
    ) -> list[dict[str, Any]]:
        """Whoever has a second factor shows it; the password alone opens nothing sensitive."""
        methods = super().get_reauthentication_methods(user)
        by_factor = [each for each in methods if each["id"].startswith("mfa_reauthenticate")]
        # The first is where they are led: to their keys where they have no app.
        by_factor.sort(key=lambda each: each["url"] != reverse(again(cast(User, user))))
        return by_factor or methods


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encrypts TOTP secrets and recovery seeds, so that a copy of the database opens no account."""

    def encrypt(self, text: str) -> str:
        """Encrypted under the portal's secret key."""
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """A secret stored under another secret key is a `ValueError` that names the mend."""
        try:
            return _cipher().decrypt(encrypted_text.encode("ascii")).decode()
        except InvalidToken:
            raise ValueError(
                "This second factor was stored under another CONTACTPOINT_SECRET_KEY. Bring the "
                "old key back, or run: contactpoint user reset-factor EMAIL"
            ) from None

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Keys belong to the host that somebody asked, which is one of the portal's own."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """As the key shows it: by address."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"name": user.email, "display_name": str(user)}  # type: ignore[attr-defined]

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        """A name to begin with; its owner writes a better one."""
        return str(_("Passkey"))

    def build_totp_svg(self, url: str) -> str:
        """The set-up address as a QR code: dark on white, with a quiet zone, in any scheme."""
        picture = BytesIO()
        code = segno.make(url, error="m", micro=False)
        code.save(picture, kind="svg", scale=6, border=4, dark="#000", light="#fff", xmldecl=False)
        return picture.getvalue().decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str | bytes) -> bytes:
    """A key of its own for this purpose; the secret is long and random, so one hash suffices."""
    digest = hashlib.blake2b(force_bytes(secret), digest_size=32, person=b"second-factor")
    return base64.urlsafe_b64encode(digest.digest())
