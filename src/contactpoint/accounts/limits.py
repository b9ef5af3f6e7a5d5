"""Count wrong passwords and wrong codes under one normalised key, in the database that all share.

Two keys lock: address and network address together (a stranger elsewhere can't lock an editor
out), and for wrong codes also the address alone, because whoever guesses codes already has the
password and may come from many places.
"""

import math
from datetime import timedelta
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_parameters, get_cool_off
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contactpoint.accounts.models import User, normalise_address

ATTEMPTS_KEPT = timedelta(days=1)
CODE_KEY = "code "
"""Marks the key of wrong codes; an address never holds a space."""


def login_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The normalised address that somebody tries to sign in with."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return normalise_address(str(name))


def client_address(request: HttpRequest) -> str | None:
    """The network address of whoever asks, as the outermost trusted proxy saw it.

    Only the entries that our own proxies appended to `X-Forwarded-For` are believed.
    """
    proxies: int = settings.TRUSTED_PROXIES
    forwarded = request.headers.get("X-Forwarded-For", "").split(",") if proxies else []
    address = forwarded[-proxies] if len(forwarded) >= proxies > 0 else ""
    return address.strip() or request.META.get("REMOTE_ADDR") or None


def lockout_parameters(
    request: HttpRequest, credentials: dict[str, Any] | None = None
) -> list[list[str]]:
    """What a lock hangs on: see the module."""
    if login_name(request, credentials).startswith(CODE_KEY):
        return [["username"]]
    return [["username", "ip_address"]]


def failure_limit(request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
    """How many wrong attempts lock."""
    if login_name(request, credentials).startswith(CODE_KEY):
        return int(settings.CODE_FAILURE_LIMIT)
    return int(settings.PASSWORD_FAILURE_LIMIT)


def refuse_if_locked(request: HttpRequest, user: User) -> bool:
    """Whether codes of this user are refused now; marks the request for the lockout page."""
    for credentials in _code_keys(user):
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out = True  # type: ignore[attr-defined]
            request.axes_credentials = credentials  # type: ignore[attr-defined]
            return True
    return False


def count_wrong_code(request: HttpRequest, user: User) -> None:
    """Counts a wrong code as a wrong sign-in."""
    for credentials in _code_keys(user):
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)


def unlock(address: str) -> int:
    """Forgets what was counted against an address, wherever it came from."""
    names = [address, f"{CODE_KEY}{address}"]
    return int(AccessAttempt.objects.filter(username__in=names).delete()[0])


def _code_keys(user: User) -> list[dict[str, Any]]:
    return [{"email": user.email}, {"email": f"{CODE_KEY}{user.email}"}]


def locked_out(
    request: HttpRequest,
    response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page that says for how long nothing is accepted; the same for unknown addresses."""
    seconds = max(1, math.ceil(_remaining(request, credentials).total_seconds()))
    page = render(request, "account/locked.html", {"minutes": math.ceil(seconds / 60)}, status=429)
    page["Retry-After"] = str(seconds)
    return page


def _remaining(request: HttpRequest, credentials: dict[str, Any] | None) -> timedelta:
    cool_off = get_cool_off(request) or timedelta()
    filters = get_client_parameters(
        login_name(request, credentials),
        client_address(request) or "",
        "",
        request,
        credentials,
    )
    newest = (
        AccessAttempt.objects.filter(**filters[0])
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    return (newest or timezone.now()) + cool_off - timezone.now()


def forget_attempts() -> int:
    """Failures count for half an hour; afterwards they only tell who tried, and from where."""
    before = timezone.now() - ATTEMPTS_KEPT
    models = (AccessAttempt, AccessFailureLog, AccessLog)
    return sum(model.objects.filter(attempt_time__lt=before).delete()[0] for model in models)
