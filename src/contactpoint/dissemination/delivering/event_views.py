"""Where a mail provider reports what became of mails: for who knows the secret of the settings, and
for nobody else is there such an address."""

import logging
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from contactpoint.dissemination.delivering.events import TooEarlyError, take

log = logging.getLogger(__name__)

LARGEST: Final = 2 * 1024 * 1024
"""Bytes; providers that send many events at once send less."""


@csrf_exempt  # no cookie is looked at; the secret is checked instead
@never_cache
def mail_events(request: HttpRequest) -> HttpResponse:
    """Anymail reads and checks what it says; what can't be read is refused, and where we are not
    ready the provider tells it again."""
    if not settings.MAIL_EVENTS or not _knows_secret(request):
        raise Http404
    if request.method == "HEAD":  # some try the address so
        return HttpResponse()
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "HEAD, POST"})
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        return HttpResponse(status=413)
    try:
        found = _events(request)
    except Exception as problem:  # whatever the provider sent; its words may hold an address
        log.warning("A report of the mail provider can't be read: %s.", type(problem).__name__)
        return HttpResponse(status=400)
    try:
        for event in found:
            take(event)
    except TooEarlyError:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    return HttpResponse()


def _knows_secret(request: HttpRequest) -> bool:
    # Only now: who has no provider spares the time and the memory.
    from anymail.utils import get_request_basic_auth  # noqa: PLC0415

    given = get_request_basic_auth(request) or ""
    return constant_time_compare(given, settings.ANYMAIL["WEBHOOK_SECRET"])


def _events(request: HttpRequest) -> list[Any]:
    view = import_string(settings.MAIL_EVENTS)()
    view.run_validators(request)
    # A mail that came in is no report of one that went out.
    return [one for one in view.parse_events(request) if hasattr(one, "reject_reason")]
