"""One normalised key for counting wrong sign-ins."""

from typing import Any

from django.http import HttpRequest


def login_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The address that somebody tries to sign in with, in lower case."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return str(name).strip().lower()
