"""Serves the PDF of a publication, to whoever may read that."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from contactpoint.kit.headers import FILE_POLICY
from contactpoint.outputs.models import Printing
from contactpoint.outputs.querysets import readable


@require_safe
def publication_print(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The file to save; not there for a page that is closed or not published. Whoever keeps it asks
    again each time: a page that is taken off the web takes it along."""
    pages = readable(get_language() or settings.LANGUAGE_CODE)
    found = Printing.objects.filter(page__in=pages.values("pk"), page__slug=slug, size__gt=0)
    row = found.first()
    if row is None:
        raise Http404
    response = HttpResponse(bytes(row.pdf), content_type="application/pdf")
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{slug}.pdf") or "attachment"
    )
    response["Content-Security-Policy"] = FILE_POLICY
    response["Cache-Control"] = "public, no-cache"
    page_url = settings.BASE_URL + request.path.removesuffix("print.pdf")
    response["Link"] = f'<{page_url}>; rel="canonical"'
    etag = f'"{row.checksum[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
