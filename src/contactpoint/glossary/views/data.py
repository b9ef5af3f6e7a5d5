"""The addresses of the glossary and its concepts, for people and for programs.

`/id/concept/asylum` is the concept itself, so it answers "see other" with the page to who wants to
read, and with the data to who asks for data; `/id/concept/asylum.ttl` is one file. Nothing here
knows who asks: no session, no cookie, and any site may read it.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from contactpoint.glossary.data_files import GlossaryData, glossary_data
from contactpoint.glossary.leading import concept_in_use, is_former_name
from contactpoint.glossary.models import Concept
from contactpoint.glossary.naming import concept_url
from contactpoint.glossary.negotiation import preferred
from contactpoint.kit.compressing import codings
from contactpoint.vocabulary.formats import FORMATS, Format, RdfFormat

HTML: Final = "text/html"
SUFFIXES: Final[dict[str, str]] = {
    one.suffixes[0].removeprefix("."): name for name, one in FORMATS.items()
}
"""`ttl`, `rdf`, `jsonld`, `nt`, `csv` and `xlsx` to the names of the formats."""
_SECONDS: Final = 300
_PACKED: Final = {"xlsx"}
"""Formats that are compressed as they are."""
View = Callable[..., HttpResponseBase]


def open_data(*methods: str) -> Callable[[View], View]:
    """A view that any site may read, and that needs neither cookie nor token."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                response: HttpResponseBase = HttpResponse(status=204)
                response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
                response["Access-Control-Max-Age"] = "86400"
            elif request.method in methods:
                try:
                    response = view(request, *args, **kwargs)
                except Http404:
                    response = _nothing(request)
            else:
                response = HttpResponse(status=405)
            allowed = ", ".join((*methods, "OPTIONS"))
            if request.method == "OPTIONS" or response.status_code == 405:
                response["Allow"] = response["Access-Control-Allow-Methods"] = allowed
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "Link, ETag, Content-Location"
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
            return response

        return open_view

    return decorate


def _nothing(request: HttpRequest) -> HttpResponse:
    """Not found, and nothing else: no page under the reader's language, for nobody reads here."""
    # Django's middleware leads a "not found" to the same path under a language, if these urls have
    # such paths; those of the glossary alone have none.
    request.urlconf = "contactpoint.glossary.urls"
    text = _("There is nothing at this address.")
    return HttpResponse(f"{text}\n", "text/plain; charset=utf-8", status=404)


@open_data("GET", "HEAD")
def nothing(_request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Whatever else is asked for beside the identifiers: not found, and no page of a language."""
    raise Http404(rest)


@open_data("GET", "HEAD")
def concept(request: HttpRequest, slug: str, suffix: str = "") -> HttpResponseBase:
    """A concept: its page, or its data. One that was renamed or merged leads to the other."""
    formats = _formats(only_rdf=True)
    if suffix and suffix not in map(_suffix, formats):
        raise Http404
    row = Concept.objects.filter(slug=slug).only("slug", "status", "successor_id").first()
    is_withdrawn = row is not None and row.status == Concept.Status.DEPRECATED
    if row is None or (is_withdrawn and row.successor_id):
        now = concept_in_use(slug)
        if now is not None:
            is_renamed = row is None and is_former_name(slug, now)
            return _elsewhere(_address("concept", now.slug, suffix), is_renamed=is_renamed)
        if row is None:
            raise Http404
    chosen = FORMATS[SUFFIXES[suffix]] if suffix else _chosen(request, formats)
    if chosen is None:
        return _not_acceptable("concept", slug, formats)
    if not isinstance(chosen, Format):
        page = concept_url(slug, get_language_from_request(request))
        return _page(page, _links("concept", slug, formats))
    data = glossary_data()
    try:
        content = data.concept(slug, chosen.name)
    except KeyError as error:
        raise Http404 from error
    return _file(request, content, chosen, data, ("concept", slug), is_negotiated=not suffix)


@open_data("GET", "HEAD")
def scheme(request: HttpRequest, suffix: str = "") -> HttpResponseBase:
    """The whole glossary: its first page, or one file of it."""
    if suffix and suffix not in SUFFIXES:
        raise Http404
    formats = _formats()
    chosen = FORMATS[SUFFIXES[suffix]] if suffix else _chosen(request, formats)
    if chosen is None:
        return _not_acceptable("scheme", "glossary", formats)
    if not isinstance(chosen, Format):
        page = f"/{get_language_from_request(request)}/glossary/"
        return _page(page, _links("scheme", "glossary", formats))
    data = glossary_data()
    if not data.scheme.concepts:
        raise Http404
    content = data.whole(chosen.name)
    return _file(request, content, chosen, data, ("scheme", "glossary"), is_negotiated=not suffix)


def _formats(*, only_rdf: bool = False) -> list[Format]:
    return [one for one in FORMATS.values() if isinstance(one, RdfFormat) or not only_rdf]


def _chosen(request: HttpRequest, formats: list[Format]) -> Format | str | None:
    by_type: dict[str, Format | str] = {HTML: HTML, "application/xhtml+xml": HTML}
    for one in formats:
        for media_type in (one.media_type, *one.other_media_types):
            by_type[media_type] = one
    found = preferred(request.headers.get("Accept"), list(by_type))
    return by_type[found] if found else None


def _address(kind: str, name: str, suffix: str = "") -> str:
    return f"/id/{kind}/{name}.{suffix}" if suffix else f"/id/{kind}/{name}"


def _page(url: str, links: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    response["Link"] = links
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _elsewhere(url: str, *, is_renamed: bool) -> HttpResponse:
    """The same concept by another name for good, or another that took its place."""
    if is_renamed:
        return HttpResponsePermanentRedirect(url)
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def _not_acceptable(kind: str, name: str, formats: list[Format]) -> HttpResponse:
    lines = [_("There is this in:"), f"{HTML}  {settings.BASE_URL}{_address(kind, name)}"]
    lines += [
        f"{one.media_type}  {settings.BASE_URL}{_address(kind, name, _suffix(one))}"
        for one in formats
    ]
    response = HttpResponse("\n".join([*lines, ""]), "text/plain; charset=utf-8", status=406)
    response["Link"] = _links(kind, name, formats)
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response


def _file(
    request: HttpRequest,
    content: bytes,
    chosen: Format,
    data: GlossaryData,
    about: tuple[str, str],
    *,
    is_negotiated: bool,
) -> HttpResponseBase:
    """The file with all that a cache needs to keep it, or "not modified"."""
    # A workbook says when it was made, so each process makes another; its rows are the CSV's.
    tagged = data.whole("csv") if chosen.name == "xlsx" else content
    may_be_zipped = about[0] == "scheme" and chosen.name not in _PACKED
    is_zipped = may_be_zipped and "gzip" in codings(request.headers.get("Accept-Encoding"))
    digest = hashlib.sha256(chosen.name.encode() + tagged).hexdigest()[:32]
    etag = f'"{digest}-gzip"' if is_zipped else f'"{digest}"'
    if is_zipped:
        content = data.zipped(chosen.name)
    is_text = chosen.media_type.startswith("text/")
    response = HttpResponse(
        content, f"{chosen.media_type}; charset=utf-8" if is_text else chosen.media_type
    )
    if is_zipped:
        response["Content-Encoding"] = "gzip"
    kind, name = about
    formats = _formats(only_rdf=kind == "concept")
    response["Link"] = _links(kind, name, formats)
    if is_negotiated:
        response["Content-Location"] = _address(kind, name, _suffix(chosen))
    if not isinstance(chosen, RdfFormat):
        version = f"-{data.scheme.version}" if data.scheme.version else ""
        response["Content-Disposition"] = (
            f'attachment; filename="{name}{version}.{_suffix(chosen)}"'
        )
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={_SECONDS}"
    vary = ["Accept", "Accept-Language"] if is_negotiated else []
    if may_be_zipped:
        vary.append("Accept-Encoding")
    if vary:
        patch_vary_headers(response, vary)
    return get_conditional_response(request, etag, None, response) or response


def _suffix(one: Format) -> str:
    return one.suffixes[0].removeprefix(".")


def _links(kind: str, name: str, formats: list[Format]) -> str:
    found = [f'<{settings.BASE_URL}{_address(kind, name)}>; rel="canonical"']
    found += [
        f'<{settings.BASE_URL}{_address(kind, name, _suffix(one))}>; rel="alternate"; '
        f'type="{one.media_type}"'
        for one in formats
    ]
    return ", ".join(found)
