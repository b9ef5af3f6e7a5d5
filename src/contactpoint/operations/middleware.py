"""Around everything that Django does for a request: its name, how long it took, what it asked."""

from collections.abc import Callable
from time import perf_counter
from typing import Final

from django.http import HttpRequest, HttpResponse

from contactpoint.kit.request_ids import name_of, request_id
from contactpoint.operations import keeping_numbers
from contactpoint.operations.spending import spent
from contactpoint.operations.tallies import tallies

NO_VIEW: Final = "none"
"""Files of the design, and addresses that there aren't."""
GUIDANCE: Final = "contactpoint.guidance."
DESK: Final = "/admin/"


class CountingMiddleware:
    """Outermost, so that what others take is counted, and their log has the request's name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(name_of(request.META))
        spent.queries, spent.seconds = 0, 0.0
        began = perf_counter()
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        tallies.answered(
            view_of(request), response.status_code, perf_counter() - began,
            spent.queries, spent.seconds, is_desk=request.path_info.startswith(DESK),
        )  # fmt: skip
        keeping_numbers.begin()
        return response


def view_of(request: HttpRequest) -> str:
    """The name of the view, one of some hundreds; guidance is one, whichever page was read."""
    match = request.resolver_match
    if match is None:
        return NO_VIEW
    if match.func.__module__.startswith(GUIDANCE):
        return "guidance"
    return match.view_name or NO_VIEW
