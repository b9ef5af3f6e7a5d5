"""Serves pictures, sound and film that editors uploaded, so that a file can do no harm.

Documents are not served here: Wagtail's own view does, which asks who may read them. Nor are the
originals of pictures. A part of a film can be asked for (RFC 9110, `Range`), as players do.
"""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

OPEN_FOLDERS: Final = ("images", "media", "media_thumbnails")
A_WEEK: Final = 7 * 86_400
_SHOWN: Final = re.compile(r"^(image/(avif|gif|jpeg|png|webp)|audio/[\w.+-]+|video/[\w.+-]+)$")
_RANGE: Final = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")
_CHUNK: Final = 64 * 1024


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the open folders, with headers that keep a browser from running it."""
    file = _find(path)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    state = file.stat()
    if not was_modified_since(request.headers.get("If-Modified-Since"), state.st_mtime):
        return _safe(HttpResponse(status=304), kind, state.st_mtime)
    wanted = _wanted(request.headers.get("Range", ""), state.st_size)
    if wanted is None:
        response: HttpResponseBase = FileResponse(file.open("rb"), content_type=kind)
        response["Content-Length"] = str(state.st_size)
    elif wanted.start >= wanted.stop:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{state.st_size}"
    else:
        part = _part(file.open("rb"), wanted)
        response = StreamingHttpResponse(part, status=206, content_type=kind)
        response["Content-Length"] = str(len(wanted))
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{state.st_size}"
    return _safe(response, kind, state.st_mtime)


def _find(path: str) -> Path:
    if path.split("/", 1)[0] not in OPEN_FOLDERS:
        raise Http404
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
    except (SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    if file.relative_to(Path(settings.MEDIA_ROOT).absolute()).parts[0] not in OPEN_FOLDERS:
        raise Http404
    if not file.is_file():
        raise Http404
    return file


def _wanted(header: str, size: int) -> range | None:
    """The bytes that were asked for; None for all, an empty range where there are none."""
    match = _RANGE.match(header)
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    return range(int(first), min(int(last) + 1 if last else size, size))


def _part(file: BinaryIO, wanted: range) -> Iterator[bytes]:
    with file:
        file.seek(wanted.start)
        left = len(wanted)
        while left and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _safe(response: HttpResponseBase, kind: str, changed: float) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline" if _SHOWN.match(kind) else "attachment"
    response["Cache-Control"] = f"public, max-age={A_WEEK}"
    response["Last-Modified"] = http_date(changed)
    response["Accept-Ranges"] = "bytes"
    return response
