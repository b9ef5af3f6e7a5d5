"""An editor with a second factor, and the steps of signing in."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from contactpoint.accounts.actions import EditorCredentials, create_editor
from contactpoint.accounts.models import User

PASSWORD = "correct horse battery staple"
EMAIL = "editor@portal.test"


def totp(secret: str, *, ahead: int = 0) -> str:
    """The code of the time step `ahead` of now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def password_step(
    client: Client, email: str = EMAIL, password: str = PASSWORD, **extra: str
) -> HttpResponse:
    return client.post("/account/login/", {"login": email, "password": password}, **extra)


def code_step(client: Client, code: str, **extra: str) -> HttpResponse:
    return client.post("/account/factor/code/", {"code": code}, **extra)


@pytest.fixture(autouse=True)
def _no_requests_before() -> None:
    """allauth counts requests of a minute in the cache."""
    cache.clear()


@pytest.fixture
def editor(db: None) -> EditorCredentials:
    return create_editor(EMAIL, password=PASSWORD)


@pytest.fixture
def unenrolled(db: None) -> User:
    return User.objects.create(
        email="new@portal.test", password=make_password(PASSWORD), is_superuser=True
    )


@pytest.fixture
def signed_in(editor: EditorCredentials, client: Client) -> Client:
    password_step(client)
    code_step(client, totp(editor.totp_secret))
    return client
