"""Where somebody is signed in: noted when they sign in, listed, ended, forgotten.

A browser keeps a random token under `/account/` alone, which says that it was here before. Without
it, or with another account, a sign-in is one from a new device, and a mail tells of it.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from contactpoint.accounts.models import Device, User
from contactpoint.kit.housekeeping import tidies

log = logging.getLogger(__name__)

KEPT: Final = timedelta(days=365)
"""After so long without a sign-in a browser is forgotten, and new when it comes again."""
PATH: Final = "/account/"
IN_SESSION: Final = "device"
BROWSERS: Final = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("Vivaldi", "Vivaldi"), ("SamsungBrowser", "Samsung")),
    *(("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome")),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)
"""What a browser says of itself, and what is kept of it; the first that fits counts."""


def cookie_name() -> str:
    """Sites on one host have cookies of their own."""
    return f"{settings.SESSION_COOKIE_NAME}_device"


@transaction.atomic
def note(
    request: HttpRequest, user: User, response: HttpResponse, tell: Callable[[Device], None]
) -> Device:
    """Write down a sign-in that is complete; `tell` is called where the browser is new.

    An older session of the same browser ends: nobody could see it any more.
    """
    token, now = request.COOKIES.get(cookie_name(), ""), timezone.now()
    found = Device.objects.filter(user=user, mark=_mark(user, token)).first() if token else None
    token = token if found else secrets.token_urlsafe(32)
    device = found or Device(user=user, mark=_mark(user, token), first_at=now)
    if device.session_key and device.session_key != request.session.session_key:
        _end_sessions([device.session_key])
    device.name = name_of(request.headers.get("User-Agent", ""))
    device.session_key, device.last_at = request.session.session_key or "", now
    device.save()
    request.session[IN_SESSION] = device.pk
    response.set_cookie(
        cookie_name(), token, max_age=KEPT, path=PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    if not found:
        tell(device)
    return device


def follow(request: HttpRequest) -> None:
    """Called where a session got a new key while it went on."""
    known = request.session.get(IN_SESSION) or 0
    rows = Device.objects.filter(pk=known, user=request.user.pk)
    rows.update(session_key=request.session.session_key or "")


def open_at(user: User) -> "QuerySet[Device]":
    """The browsers in which somebody is signed in now, the newest sign-in first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = Device.objects.filter(user=user).exclude(session_key="")
    return rows.filter(session_key__in=alive).order_by("-last_at")


def end(user: User, pk: int) -> bool:
    """End the session of one browser of theirs; whether there was one."""
    return _end(Device.objects.filter(user=user, pk=pk))


def end_others(request: HttpRequest) -> None:
    """End all sessions of whoever asks but the one in which they ask."""
    rows = Device.objects.filter(user=request.user.pk)
    _end(rows.exclude(session_key=request.session.session_key or "-"))


def name_of(agent: str) -> str:
    """“Firefox · Windows”: the families of browser and system, no version; empty where unknown."""
    found = [
        next((name for sign, name in signs if sign in agent), "") for signs in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, found))


@tidies
def forget_devices() -> int:
    """Browsers that nobody signed in with for a year."""
    due = Device.objects.filter(last_at__lt=timezone.now() - KEPT)
    return int(due.delete()[0])


def _end(rows: "QuerySet[Device]") -> bool:
    keys = [key for key in rows.values_list("session_key", flat=True) if key]
    with transaction.atomic():
        _end_sessions(keys)
        rows.update(session_key="")
    return bool(keys)


def _end_sessions(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()


def _mark(user: User, token: str) -> str:
    """The same browser may serve several people, who then don't hear of each other."""
    return hashlib.sha256(f"{user.pk} {token}".encode()).hexdigest()
