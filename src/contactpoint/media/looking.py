"""Serves the first page of a document as a picture, to whoever may have the document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contactpoint.media.models import CustomDocument, FirstPage
from contactpoint.media.visibility import public

A_DAY = 86_400


@require_safe
def look(request: HttpRequest, pk: int, checksum: str) -> HttpResponse:
    """The picture; not there for a document that is closed, or under the mark of another file."""
    open_now = public(CustomDocument.objects.filter(pk=pk))
    page = FirstPage.objects.filter(document__in=open_now).first()
    if page is None or page.checksum[:16] != checksum:
        raise Http404
    response = HttpResponse(bytes(page.picture), content_type="image/webp")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    return response
