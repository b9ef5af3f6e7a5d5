"""The catalogue by its address: the page for who reads, the data for programs."""

import hashlib
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request

from contactpoint.api.answering import reading
from contactpoint.api.catalogue.graph import PATH
from contactpoint.api.parameters import read
from contactpoint.api.problems import ProblemError
from contactpoint.api.resources.resource import whole
from contactpoint.glossary.negotiation import preferred

HTML: Final = "text/html"
FORMATS: Final = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "rdf": ("application/rdf+xml", "pretty-xml"),
}
"""By ending: the media type, and what rdflib calls it."""


@reading
def catalogue(request: HttpRequest, ending: str = "") -> HttpResponse:
    """In a format by its ending, else in that which is wanted most."""
    read(request.GET, [])
    if ending and ending not in FORMATS:
        raise ProblemError("not-found", f"There is the catalogue as {', '.join(FORMATS)}.")
    chosen = ending or _chosen(request)
    if chosen == HTML:
        response: HttpResponse = HttpResponseRedirect(
            f"/{get_language_from_request(request)}/open-data/"
        )
        response.status_code = 303
    else:
        response = _file(request, chosen)
    response["Link"] = ", ".join(
        f'<{whole(PATH)}.{name}>; rel="alternate"; type="{media_type}"'
        for name, (media_type, _name) in FORMATS.items()
    )
    if not ending:
        patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _chosen(request: HttpRequest) -> str:
    by_type = {HTML: HTML, **{kind: name for name, (kind, _name) in FORMATS.items()}}
    found = preferred(request.headers.get("Accept"), ["text/turtle", *by_type])
    if found is None:
        raise ProblemError("not-acceptable", f"There is this as {', '.join(by_type)}.")
    return by_type[found]


def _file(request: HttpRequest, ending: str) -> HttpResponse:
    """Made for each who asks, so that what is taken back is in none from that moment."""
    # Only here: rdflib takes long to load, and most processes never need it.
    from contactpoint.api.catalogue.making import made  # noqa: PLC0415

    media_type, name = FORMATS[ending]
    content = made(name)
    etag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    known = get_conditional_response(request, etag=etag, response=response)
    return known if isinstance(known, HttpResponse) else response
