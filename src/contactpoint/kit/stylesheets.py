"""Serve the style sheets as one file, without a build step.

A component's CSS stands in a file of its own, but twenty files cost twenty requests and an
`@import` chain costs round trips. So the files are joined in the order below, once a process, and
served at an address that carries the hash of the content: a browser keeps it for a year.
"""

import gzip
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from contactpoint.kit.compressing import codings

FOLDER = Path(__file__).parent / "static" / "kit" / "css"
ORDER = (
    "layers.css",
    "fonts.css",
    "reset.css",
    "tokens.css",
    "base.css",
    "layout.css",
    "components/*.css",
    "utilities.css",
    "print.css",
)
YEAR = 365 * 86_400

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")
_FONT = re.compile(r'url\("\.\./(fonts/[^"]+)"\)')


@dataclass(frozen=True)
class Bundle:
    """All style sheets as one: plain bytes, and the hash of their content."""

    content: bytes
    digest: str

    def packed(self, coding: str) -> bytes:
        """The same compressed; once for each content, and not before somebody asks for it."""
        return _packed(self.content, coding)


def files() -> list[Path]:
    """The style sheets in the order in which they are joined."""
    return [file for pattern in ORDER for file in sorted(FOLDER.glob(pattern))]


def bundle() -> Bundle:
    """The joined sheet; in development it is read anew, so that an edit shows at once."""
    return _joined() if settings.DEBUG else _kept()


def url() -> str:
    """The address of the sheet as it is now."""
    return reverse("stylesheet", args=[bundle().digest])


def serve(request: HttpRequest, digest: str) -> HttpResponse:
    """The sheet. A page kept since before an update asks for an old hash and gets today's."""
    sheet = bundle()
    current = digest == sheet.digest
    etag = f'"{sheet.digest}"'
    unchanged = etag in parse_etags(request.headers.get("If-None-Match", ""))
    response = HttpResponse(status=304) if unchanged else HttpResponse(content_type="text/css")
    taken = codings(request.headers.get("Accept-Encoding"))
    if not unchanged and taken:
        response.content = sheet.packed(taken[0])
        response["Content-Encoding"] = taken[0]
    elif not unchanged:
        response.content = sheet.content
    response["ETag"] = etag
    # A sandboxed frame of another site has no origin at all: to it this one is another.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if current else "max-age=60"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _joined() -> Bundle:
    text = "\n".join(file.read_text(encoding="utf-8") for file in files())
    text = squeezed(text)
    text = _FONT.sub(lambda found: f'url("{static("kit/" + found[1])}")', text)
    content = text.encode()
    return Bundle(
        content=content,
        digest=blake2b(content, digest_size=8).hexdigest(),
    )


@lru_cache(maxsize=4)
def _packed(content: bytes, coding: str) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=9))
    return gzip.compress(content, 9, mtime=0)


def squeezed(text: str) -> str:
    """Rules without comments, indents and empty lines."""
    return _SPACE.sub("\n", _COMMENT.sub("", text)).strip() + "\n"


@cache
def _kept() -> Bundle:
    return _joined()


urlpatterns = [path("css/<str:digest>.css", serve, name="stylesheet")]
