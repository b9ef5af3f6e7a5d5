"""Answers for programs: other sites may read them, whoever has them already is told so.

Only data and pictures are opened to other sites. They are the same for everybody, carry nothing of
a reader, and set no cookie.
"""

import hashlib
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag

from contactpoint.kit.picturing.styles import policy
from contactpoint.statistics.offering.citing import licence_of
from contactpoint.statistics.offering.describing import described
from contactpoint.statistics.offering.formats import FORMATS
from contactpoint.statistics.offering.picturing import MEDIA_TYPES as PICTURES
from contactpoint.statistics.offering.tables import Table

MAX_AGE: Final = 300
SHAPE: Final = 1
"""One more whenever a format says the same otherwise, so that nobody keeps what it said before."""
_SAVED: Final = frozenset({"csv", "xlsx"})
"""Formats that browsers keep as a file; the others they may show."""


def offered(request: HttpRequest, table: Table, name: str) -> HttpResponse:
    """The table in a format of `FORMATS`, unless the asker has it."""
    format = FORMATS[name]
    etag = quote_etag(fingerprint(table, name))
    changed = int(table.changed.timestamp()) if table.changed else None
    response = get_conditional_response(request, etag, changed)
    if response is None:
        response = HttpResponse(format.write(table), content_type=format.media_type)
    elif response.status_code == 412:
        return opened(response)
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    if response.status_code == 200:
        if name == "csv":
            response["Content-Type"] = "text/csv; charset=utf-8; header=present"
        response["Content-Disposition"] = (
            content_disposition_header(name in _SAVED, format.file_name(table)) or "inline"
        )
        response["Content-Language"] = table.language
    links = [(table.page, "about"), (table.address_of("json"), "describedby")]
    if licence_of(table):
        links.append((licence_of(table), "license"))
    response["Link"] = ", ".join(f'<{url}>; rel="{relation}"' for url, relation in links)
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return opened(response)


def shown(
    request: HttpRequest, table: Table, name: str, draw: Callable[[], bytes], shape: str
) -> HttpResponse:
    """A picture of the table, unless the asker has it."""
    etag = quote_etag(fingerprint(table, f"{name} {shape}"))
    response = get_conditional_response(request, etag)
    if response is None:
        response = HttpResponse(draw(), content_type=PICTURES[name])
        response["Content-Disposition"] = (
            content_disposition_header(False, f"{table.name}.{name}") or "inline"
        )
        if name == "svg":
            response["Content-Security-Policy"] = policy()
    elif response.status_code == 412:
        return opened(response)
    response["ETag"] = etag
    response["Link"] = f'<{table.page}>; rel="about"'
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return opened(response)


def refused(message: str, status: int) -> HttpResponse:
    """Why there is no answer, in a sentence that a person can act on."""
    response = HttpResponse(f"{message}\n", status=status, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return opened(response)


def opened(response: HttpResponse) -> HttpResponse:
    """For programs and pages of other sites too."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Content-Disposition"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def asked_whether() -> HttpResponse:
    """What a browser wants to know before it sends conditions along from another site."""
    response = opened(HttpResponse(status=204))
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def fingerprint(table: Table, name: str) -> str:
    """The same for the same answer; cheaper than the answer."""
    found = hashlib.blake2b(digest_size=16)
    found.update(f"{SHAPE} {settings.BASE_URL} {name} {table.query}".encode())
    found.update(repr(described(table)).encode())
    for part in table.parts:
        # A stored extraction never changes; what was printed has no checksum as a whole.
        found.update((part.checksum or repr(part.lines)).encode())
    return found.hexdigest()
