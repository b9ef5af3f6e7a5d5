"""The files of dumps, for anybody and any site; a part of one can be asked for (RFC 9110)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt

from contactpoint.api.dumps.kept import MANIFEST, NAME, SUMS, Dump, dumps, true_dumps
from contactpoint.media.serving import part_wanted

LATEST: Final = "latest"
_TYPES: Final = {MANIFEST: "application/json", SUMS: "text/plain; charset=utf-8"}
_CHUNK: Final = 64 * 1024


@csrf_exempt  # nothing is done here
def start(request: HttpRequest) -> HttpResponseBase:
    """The page that lists them, in the reader's language."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/open-data/#dumps")
    patch_vary_headers(response, ["Accept-Language"])
    return _open(response)


@csrf_exempt  # nothing is done here
def file(request: HttpRequest, dump: str, name: str) -> HttpResponseBase:
    """A file of a dump by its moment, or of the newest."""
    if request.method == "OPTIONS":
        response: HttpResponseBase = HttpResponse(status=204)
        response["Access-Control-Allow-Headers"] = "Range, If-None-Match, If-Range"
    elif request.method not in ("GET", "HEAD"):
        response = HttpResponse(status=405)
        response["Allow"] = "GET, HEAD, OPTIONS"
    else:
        chosen = _dump(dump)
        path = chosen.file(name) if chosen is not None else None
        response = _nothing(request) if path is None or chosen is None else _file(request, path)
    return _open(response)


@csrf_exempt  # nothing is done here
def nothing(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Whatever else is asked for under the address."""
    return _open(_nothing(request))


def _dump(name: str) -> Dump | None:
    """Only one of which all may still be seen."""
    if name == LATEST:
        return next(iter(true_dumps()), None)
    chosen = Dump(name) if NAME.fullmatch(name) else None
    return chosen if chosen is not None and chosen in dumps() and chosen.is_true() else None


def _nothing(request: HttpRequest) -> HttpResponse:
    # Else Django would lead what is not found here to the same path under a language.
    request.urlconf = "contactpoint.api.urls"
    return HttpResponse(
        "There is no such file, or something in it was taken back; a new dump is made soon.\n",
        "text/plain; charset=utf-8",
        status=404,
        headers={"Cache-Control": "no-store"},
    )


def _open(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Content-Range, Accept-Ranges"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _file(request: HttpRequest, path: Path) -> HttpResponseBase:
    state = path.stat()
    etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    changed = http_date(state.st_mtime)
    known = get_conditional_response(request, etag, int(state.st_mtime))
    response = known or _answer(request, path, state.st_size, part_wanted(
        request, state.st_size, etag, changed
    ))  # fmt: skip
    response["ETag"] = etag
    response["Last-Modified"] = changed
    response["Accept-Ranges"] = "bytes"
    # What was taken back is gone for everybody at once.
    response["Cache-Control"] = "public, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _answer(request: HttpRequest, path: Path, size: int, wanted: range | None) -> HttpResponseBase:
    kind = _TYPES.get(path.name, "application/gzip")
    if wanted is not None and wanted.start >= wanted.stop:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if request.method == "HEAD":
        return HttpResponse(content_type=kind, headers={"Content-Length": str(size)})
    if wanted is None:
        response: HttpResponseBase = FileResponse(path.open("rb"), content_type=kind)
        response["Content-Length"] = str(size)
        return response
    response = StreamingHttpResponse(_part(path, wanted), status=206, content_type=kind)
    response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    response["Content-Length"] = str(len(wanted))
    return response


def _part(path: Path, wanted: range) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(wanted.start)
        left = len(wanted)
        while left and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
