"""Sends requests of the comparison to its own addresses, in the same process."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PlainUrls:
    """The outermost middleware of the plain site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = "plainsite.urls"  # type: ignore[attr-defined]
        return self.get_response(request)
