"""The language of a page of guidance is that of its address, also where the site lacks it; so is
that of the page which says that something failed."""

import logging
from typing import Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from contactpoint.guidance.addresses import language_of
from contactpoint.guidance.pages.missing import wrong
from contactpoint.kit.database_away import come_again, is_database_away

PROBLEM: Final = "application/problem+json"
log = logging.getLogger("django.request")


class LanguageMiddleware(LocaleMiddleware):
    """Django's own, but for guidance: there nothing depends on the browser's languages, and an
    address that is not there is told so instead of being looked for in a language of the site."""

    def process_request(self, request: HttpRequest) -> None:
        """What still asks gettext gets the site's words: it knows no others."""
        language = language_of(request.path_info)
        if not language:
            super().process_request(request)
            return
        known = dict(settings.LANGUAGES)
        translation.activate(language if language in known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """A page of guidance is the same for everybody, so caches may keep it as one."""
        language = language_of(request.path_info)
        is_for_programs = getattr(response, "is_in_all_languages", False)
        if is_for_programs or response.headers.get("Content-Type") == PROBLEM:
            # Django looks for what is missing under a language; a program is told that it is.
            return response
        if not language:
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", language)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A failure is logged as Django does it, and told in the reader's language."""
        language = language_of(request.path_info)
        known = isinstance(problem, Http404 | PermissionDenied | SuspiciousOperation)
        if not language or known or settings.DEBUG:
            return None
        log.error("Internal Server Error: %s", request.path, exc_info=problem)
        page = wrong(request, language)
        return come_again(page) if is_database_away(problem) else page
