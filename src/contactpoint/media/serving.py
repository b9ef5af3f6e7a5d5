"""Serves pictures, sound and film that editors uploaded, so that a file can do no harm.

Documents are not served here: Wagtail's own view does, which asks who may read them. Nor are the
originals of pictures. A part of a film can be asked for (RFC 9110, `Range`), as players do; of
several parts at once the whole is given. A recording is what its first bytes say, and only there
for whoever may see its collection.
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
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from contactpoint.media.formats.recorded import ENOUGH, kind_of
from contactpoint.media.models import Recording
from contactpoint.media.visibility import public

OPEN_FOLDERS: Final = ("images", "media", "media_thumbnails")
RECORDED: Final = {"media": "file", "media_thumbnails": "thumbnail"}
"""Folders of what belongs to a recording, by the name of its field."""
A_WEEK: Final = 7 * 86_400
AN_HOUR: Final = 3_600
OPEN: Final = f"public, max-age={A_WEEK}"
OPEN_FOR_NOW: Final = f"public, max-age={AN_HOUR}"
CLOSED: Final = "private, no-store"
UNKNOWN: Final = "application/octet-stream"
_SHOWN: Final = re.compile(r"^(image/(avif|gif|jpeg|png|webp)|audio/[\w.+-]+|video/[\w.+-]+)$")
_RANGE: Final = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")
_CHUNK: Final = 64 * 1024


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the open folders, with headers that keep a browser from running it."""
    file = _find(path)
    keeping = _keeping(request, file)
    kind = _kind(file)
    state = file.stat()
    etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    known = get_conditional_response(request, etag, int(state.st_mtime))
    response: HttpResponseBase = known or _answer(request, file, kind, state.st_size, etag)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline" if _SHOWN.match(kind) else "attachment"
    response["Cache-Control"] = keeping
    response["Last-Modified"] = http_date(state.st_mtime)
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    return response


def kept_for(request: HttpRequest, recording: Recording) -> str:
    """How long what belongs to a recording may be kept. Raises `Http404` where it may not be had.

    Only for a closed one it is asked who reads, so that nobody else gets a session.
    """
    if public(Recording.objects.filter(pk=recording.pk)).exists():
        return OPEN_FOR_NOW
    restrictions = recording.collection.get_view_restrictions()
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404
    return CLOSED


def _answer(request: HttpRequest, file: Path, kind: str, size: int, etag: str) -> HttpResponseBase:
    """The file, the part that was asked for, or that there is no such part; only what a GET wants
    is read."""
    wanted = part_wanted(request, size, etag, http_date(file.stat().st_mtime))
    if wanted is not None and wanted.start >= wanted.stop:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if wanted is not None:
        part = _part(file.open("rb"), wanted)
        response = StreamingHttpResponse(part, status=206, content_type=kind)
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    elif request.method == "HEAD":
        response = HttpResponse(content_type=kind)
    else:
        response = FileResponse(file.open("rb"), content_type=kind)
    response["Content-Length"] = str(size if wanted is None else len(wanted))
    return response


def _find(path: str) -> Path:
    if path.split("/", 1)[0] not in OPEN_FOLDERS:
        raise Http404
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
    except (SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    if _place(file).parts[0] not in OPEN_FOLDERS or not file.is_file():
        raise Http404
    return file


def _place(file: Path) -> Path:
    return file.relative_to(Path(settings.MEDIA_ROOT).absolute())


def _keeping(request: HttpRequest, file: Path) -> str:
    """A file that no recording has any more is not there, whatever is left on the disk."""
    place = _place(file)
    name = RECORDED.get(place.parts[0])
    if name is None:
        return OPEN
    recording = Recording.objects.filter(**{name: place.as_posix()}).order_by("pk").first()
    if recording is None:
        raise Http404
    return kept_for(request, recording)


def _kind(file: Path) -> str:
    if _place(file).parts[0] != "media":
        return mimetypes.guess_type(file.name)[0] or UNKNOWN
    with file.open("rb") as content:
        return kind_of(content.read(ENOUGH)) or UNKNOWN


def part_wanted(request: HttpRequest, size: int, etag: str, changed: str) -> range | None:
    """The bytes that were asked for; None for all, an empty range where there are none.

    `If-Range` asks for the whole where the file is another by now. A range whose last byte stands
    before its first is invalid, and passed over like any that nobody can read (RFC 9110, 14.1.1).
    """
    match = _RANGE.match(request.headers.get("Range", ""))
    same = request.headers.get("If-Range", etag) in (etag, changed)
    if request.method != "GET" or not same or not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1 if last else size, size))


def _part(file: BinaryIO, wanted: range) -> Iterator[bytes]:
    with file:
        file.seek(wanted.start)
        left = len(wanted)
        while left and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
