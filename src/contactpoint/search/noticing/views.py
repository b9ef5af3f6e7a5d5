"""Hears from a page that a result was opened: which one, and by whom, is not said."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.tickets import is_from_here
from contactpoint.search.noticing.counting import opened
from contactpoint.search.noticing.requests import network

LARGEST: Final = 2_048
FORM_TYPE: Final = "application/x-www-form-urlencoded"


@csrf_exempt  # there is no session to ride on, and nothing but a bounded count to change
@require_POST
def result_opened(request: HttpRequest) -> HttpResponse:
    """Count it for the question `q`, whatever it is: the answer is the same."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_ours = request.content_type == FORM_TYPE and is_from_here(request)
    if is_ours and length.isdecimal() and int(length) <= LARGEST:
        question = request.POST.get("q", "").replace("\x00", "")
        opened(question, get_language() or FALLBACK_LANGUAGE, network(request))
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
