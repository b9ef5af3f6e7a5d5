"""The language of a page of guidance is that of its address, also where the site lacks it."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from contactpoint.guidance.addresses import language_of


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
        if not language:
            return super().process_response(request, response)
        response.headers.setdefault("Content-Language", language)
        return response
