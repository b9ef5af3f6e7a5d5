"""What is told where nobody foresaw what failed: a page to people, a problem to programs."""

from django.http import HttpRequest, HttpResponse
from django.views.defaults import server_error

from contactpoint.api import answering


def failed(request: HttpRequest) -> HttpResponse:
    """By the address alone: what failed may be anything that looks at a request."""
    if request.path_info.startswith("/api/"):
        return answering.failed(request)
    return server_error(request)
