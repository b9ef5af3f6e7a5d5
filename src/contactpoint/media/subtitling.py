"""Serves captions, to whoever may have the recording."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from contactpoint.media.models import Captions
from contactpoint.media.serving import kept_for


@require_safe
def captions(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The captions of a recording in one language."""
    rows = Captions.objects.select_related("recording__collection")
    found = get_object_or_404(rows, recording=pk, language=language)
    keeping = kept_for(request, found.recording)
    response = HttpResponse(found.text, content_type="text/vtt; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Language"] = found.language
    response["Cache-Control"] = keeping
    response["ETag"] = etag = quote_etag(f"{found.changed_at.timestamp():.6f}")
    return get_conditional_response(request, etag, None, response) or response
