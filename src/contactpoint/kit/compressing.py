"""Answers of text go compressed to whoever takes them so; files go as they are."""

import re
from functools import lru_cache
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
LONGEST_LIST: Final = 400
"""Signs of a header that is read; nobody's browser says as much."""
_REFUSED: Final = re.compile(r"q\s*=\s*0(\.0*)?")


def codings(told: str | None) -> tuple[str, ...]:
    """Which of Brotli and gzip a header takes, the smaller first; `q=0` refuses.

    >>> [codings(one) for one in (None, "gzip, br", "deflate, gzip", "br ; q=0.0, GZIP;q=0.5")]
    [(), ('br', 'gzip'), ('gzip',), ('gzip',)]
    """
    return _codings(told) if told and len(told) < LONGEST_LIST else ()


@lru_cache(maxsize=512)
def _codings(told: str) -> tuple[str, ...]:
    """Browsers say one of a few sentences."""
    found = set()
    for one in told.lower().split(","):
        coding, *parameters = (part.strip() for part in one.split(";"))
        if not any(_REFUSED.fullmatch(part) for part in parameters):
            found.add(coding)
    return tuple(name for name in ("br", "gzip") if name in found)


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
        if asked and "gzip" not in codings(asked):  # Django's would send it to who refuses it
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)
