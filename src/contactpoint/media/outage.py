"""What is told where the storage of files can't be asked: a sentence and 503, and nothing stored.

A file is stored before the row that names it, so where it could not be there is no row either.
"""

import logging
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

log = logging.getLogger(__name__)
A_MINUTE: Final = "60"


class StorageError(OSError):
    """The storage can't be asked now, or refuses; says which, without a key."""


class SilentError(StorageError):
    """It did not answer at all."""


class OutageMiddleware:
    """For all views alike: whatever needed a file, it may be there again in a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing but to pass it on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """An outage, also where another error came of it."""
        reason: BaseException | None = problem
        while reason is not None and not isinstance(reason, StorageError):
            reason = reason.__cause__ or reason.__context__
        if reason is None:
            return None
        log.error("A file could not be had or stored: %s", reason)
        response = render(request, "media/outage.html", status=503)
        response["Retry-After"] = A_MINUTE
        response["Cache-Control"] = "no-store"
        return response
