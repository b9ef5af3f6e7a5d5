"""Answers with a file of a compilation: the public one for everybody, the network's for nobody
else.

A public file may be kept, but never without asking again: what a state takes back is gone with the
next request. Its ETag is made of what is in it and of nothing else. What takes a while to be made
is kept under that same fingerprint, so that nobody gets a file of another content.
"""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.consultations.compilations.formats import FORMATS, Format

SHAPE: Final = 2
"""One more whenever a format says the same otherwise."""
OPEN: Final = "public, no-cache"
CLOSED: Final = "private, no-store"
A_DAY: Final = 86_400


def offered(request: HttpRequest, compilation: Compilation, ending: str) -> HttpResponse:
    """The file, unless the asker has it. Raises what the format does."""
    format = FORMATS[ending]
    if compilation.is_network:
        response = HttpResponse(format.write(compilation), content_type=format.media_type)
    else:
        mark = fingerprint(compilation, ending)
        etag = quote_etag(mark)
        known = get_conditional_response(request, etag)
        response = known or HttpResponse(
            _kept(compilation, format, mark), content_type=format.media_type
        )
        response["ETag"] = etag
    response["Cache-Control"] = CLOSED if compilation.is_network else OPEN
    response["Content-Language"] = compilation.language
    response["X-Robots-Tag"] = "noindex"
    if response.status_code == 200:
        response["Content-Disposition"] = content_disposition_header(
            not format.is_shown, format.file_name(compilation)
        ) or "inline"  # fmt: skip
    return response


def fingerprint(compilation: Compilation, ending: str) -> str:
    """The same for the same file."""
    return f"{SHAPE}-{ending}-{compilation.fingerprint()}"


def _kept(compilation: Compilation, format: Format, mark: str) -> bytes:
    key = f"compilation:{mark}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = format.write(compilation)
        cache.set(key, made, A_DAY)
    return made
