"""What is told where nobody foresaw what failed: a page to people, a problem to programs."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from contactpoint.api import answering
from contactpoint.kit.database_away import come_again, is_database_away


def failed(request: HttpRequest) -> HttpResponse:
    """By the address alone: what failed may be anything that looks at a request."""
    is_for_programs = request.path_info.startswith("/api/")
    if is_database_away(sys.exc_info()[1]):
        page = answering.away() if is_for_programs else HttpResponse(render_to_string("503.html"))
        return come_again(page)
    return answering.failed(request) if is_for_programs else server_error(request)
