"""Serves pictures, sound and film that editors uploaded, so that a file can do no harm.

Documents are not served here: Wagtail's own view does, which asks who may read them. Nor are the
originals of pictures. A part of a film can be asked for (RFC 9110, `Range`), as players do; of
several parts at once the whole is given. A recording is what its first bytes say, and only there
for whoever may see its collection.
"""

import mimetypes
import posixpath
import re
from collections.abc import Iterator
from typing import Final

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
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
_NO_FILE: Final = (FileNotFoundError, IsADirectoryError, NotADirectoryError)


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the open folders, with headers that keep a browser from running it."""
    folder = _folder(path)
    keeping = _keeping(request, folder, path)
    file = _opened(path)
    kind = _kind(file, folder)
    changed = default_storage.get_modified_time(path).timestamp()
    etag = f'"{int(changed * 1_000_000):x}-{file.size:x}"'
    known = get_conditional_response(request, etag, int(changed))
    response: HttpResponseBase = known or _answer(request, file, kind, etag, http_date(changed))
    if not response.streaming:
        file.close()
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline" if _SHOWN.match(kind) else "attachment"
    response["Cache-Control"] = keeping
    response["Last-Modified"] = http_date(changed)
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


def _answer(
    request: HttpRequest, file: File, kind: str, etag: str, changed: str
) -> HttpResponseBase:
    """The file, the part that was asked for, or that there is no such part; only what a GET wants
    is read. Its first bytes are fetched before the head is sent, so that an outage is told there.
    """
    size = file.size
    wanted = part_wanted(request, size, etag, changed)
    if wanted is not None and wanted.start >= wanted.stop:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    if request.method == "HEAD":
        response = HttpResponse(content_type=kind)
    else:
        whole = wanted or range(size)
        file.seek(whole.start)
        first = _first(file, min(_CHUNK, len(whole)))
        part = _Part(file, first, len(whole) - len(first))
        response = StreamingHttpResponse(part, content_type=kind)
    if wanted is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    response["Content-Length"] = str(size if wanted is None else len(wanted))
    return response


def _folder(path: str) -> str:
    """The open folder in which it lies; nothing else is there for anybody."""
    folder, slash, name = path.partition("/")
    if folder not in OPEN_FOLDERS or not slash or not name or posixpath.normpath(path) != path:
        raise Http404
    return folder


def _opened(path: str) -> File:
    try:
        return default_storage.open(path)
    except (SuspiciousFileOperation, ValueError, *_NO_FILE) as error:
        raise Http404 from error


def _keeping(request: HttpRequest, folder: str, path: str) -> str:
    """A file that no recording has any more is not there, whatever is left in the storage."""
    name = RECORDED.get(folder)
    if name is None:
        return OPEN
    recording = Recording.objects.filter(**{name: path}).order_by("pk").first()
    if recording is None:
        raise Http404
    return kept_for(request, recording)


def _kind(file: File, folder: str) -> str:
    if folder != "media":
        return mimetypes.guess_type(str(file.name))[0] or UNKNOWN
    return kind_of(_first(file, ENOUGH)) or UNKNOWN


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


def _first(file: File, size: int) -> bytes:
    try:
        return bytes(file.read(size))
    except FileNotFoundError as error:  # deleted since somebody saw it
        raise Http404 from error


class _Part:
    """Pieces of an open file, which is closed also where nobody reads it to the end."""

    def __init__(self, file: File, first: bytes, left: int) -> None:
        self.close = file.close
        self._pieces = self._read(file, first, left)

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    @staticmethod
    def _read(file: File, first: bytes, left: int) -> Iterator[bytes]:
        yield first
        while left and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
