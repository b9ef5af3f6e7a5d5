"""`/.well-known/security.txt`: where to report a weakness (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse


def security_txt(request: HttpRequest) -> HttpResponse:
    """Not there as long as nobody is named: a contact that leads nowhere is worse than none."""
    if not settings.SECURITY_CONTACT:
        raise Http404("CONTACTPOINT_SECURITY_CONTACT is not set.")
    first_of_next_month = (_today().replace(day=1) + timedelta(days=32)).replace(day=1)
    expires = first_of_next_month + timedelta(days=180)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        f"Canonical: {settings.BASE_URL}{reverse('security_txt')}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
    ]
    response = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _today() -> datetime:
    return datetime.now(UTC)
