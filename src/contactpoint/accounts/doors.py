"""The way in for who comes to a page that is not for everybody."""

from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from contactpoint.accounts.factor import has_app, has_factor, keys_of
from contactpoint.accounts.models import User


def again(user: User | AnonymousUser) -> str:
    """The name of the page where an enrolled user shows the second factor: a code, or a key where
    there is no app."""
    by_key = not has_app(user) and bool(keys_of(user))
    return "mfa_reauthenticate_webauthn" if by_key else "mfa_reauthenticate"


def to_next_step(user: User | AnonymousUser, wanted: str) -> HttpResponse:
    """To what somebody still has to do before they see the address `wanted`: sign in, show the
    second factor, or set one up."""
    if not user.is_authenticated:
        step = "account_login"
    elif has_factor(user):
        step = again(user)
    else:
        step = "mfa_activate_totp"
    return redirect(f"{reverse(step)}?{urlencode({'next': wanted})}")


def who_knocks(request: HttpRequest) -> User | AnonymousUser:
    """Of whom the session is, though they may not have shown a second factor: outside the admin
    and their account such a session counts as nobody."""
    return get_user(request)
