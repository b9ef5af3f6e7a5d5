"""Answers of text go compressed to whoever takes them so; files go as they are."""

import re
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

TEXT: Final = (
    "text/", "application/json", "application/problem+json", "application/ld+json",
    "application/feed+json", "application/geo+json", "application/xml", "application/atom+xml",
    "application/rss+xml", "application/rdf+xml", "application/javascript", "image/svg+xml",
)  # fmt: skip


SMALL: Final = ("text/javascript", "text/css", "image/svg+xml")
LARGEST: Final = 200_000
_MOST: Final = 50
"""Codings of a header that are looked at."""


def takes_gzip(accept_encoding: str | None) -> bool:
    """Whether the header names gzip, and does not refuse it.

    >>> [takes_gzip(one) for one in (None, "br", "deflate, gzip", "gzip;q=0", "GZIP ; q=0.5")]
    [False, False, True, False, True]
    """
    for one in (accept_encoding or "").split(",")[:_MOST]:
        coding, *parameters = (part.strip().lower() for part in one.split(";"))
        if coding == "gzip":
            return not any(re.fullmatch(r"q\s*=\s*0(\.0*)?", part) for part in parameters)
    return False


class CompressingMiddleware(GZipMiddleware):
    """Django's, for text that is whole and for small files of pages: what it would do to a film, a
    PDF or a part of a file costs time, takes the length away and breaks ranges. It adds a random
    length to each answer, so that nobody reads a secret of a page from how small it gets (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress it, if it is long enough."""
        kind = response.headers.get("Content-Type", "")
        if response.status_code == 206 or not kind.startswith(TEXT):
            return response
        if response.streaming and not (
            kind.startswith(SMALL)
            and int(response.headers.get("Content-Length", LARGEST)) < LARGEST
        ):
            return response
        asked = request.headers.get("Accept-Encoding")
        if asked and not takes_gzip(asked):  # Django's would send it to who refuses it
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)
