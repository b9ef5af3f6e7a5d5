"""Gives kept pages ahead of Django, and keeps what Django gives if anybody may see it.

Only what has no one's mark on it enters: asked for without a cookie of ours and without
credentials, answered with 200, no cookie, nothing that says private, nothing written meanwhile.
"""

import logging
import re
import sys
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, Final

from django.utils.text import compress_string

from contactpoint.delivery.files import Files
from contactpoint.delivery.giving import LEAST, encoded, given
from contactpoint.delivery.keeping import LONGEST, Headers, Keep, Kept, Key
from contactpoint.kit import changes
from contactpoint.kit.compressing import TEXT, CompressingMiddleware, codings
from contactpoint.kit.headers import VIEW
from contactpoint.kit.reads import PAGE

log = logging.getLogger(__name__)

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

PERSONAL: Final = re.compile(
    r"/(?:admin|account|media|documents|static|healthz|readyz|api|oai)(?:/|$)|/[a-z]{2}/search/"
)
"""Never kept: of one person, kept by others already, or of too many kinds."""
FOR_ALL: Final = frozenset(
    f"contactpoint.{name}"
    for name in (
        *("kit.serving", "home.sitemap", "network.views", "events.calendar_views"),
        *("outputs.views", "outputs.family_views", "outputs.feed_page", "outputs.correction_views"),
        *("glossary.views.browse", "glossary.views.standing", "glossary.views.themes"),
        *("glossary.views.versions", "glossary.views.feeds", "statistics.report_views"),
        *("statistics.views.comparison", "statistics.views.country", "statistics.views.indicator"),
        *("statistics.views.overview", "guidance.pages.guide", "guidance.pages.help"),
        *("guidance.pages.theme", "guidance.pages.coverage"),
        *("consultations.pages.views", "consultations.pages.feeds"),
    )
)
"""Modules whose views know no person. A view elsewhere answers each time, until it is looked at and
named here."""
LONGEST_ADDRESS: Final = 400
KINDS: Final = (
    *("text/html", "application/atom+xml", "application/rss+xml", "application/feed+json"),
    *("text/calendar", "application/xml", "text/xml"),
)
_VARIES: Final = frozenset(("cookie", "accept-encoding"))
OURS: Final = r"(?:^|;\s*)(?:contactpoint_|sessionid|csrftoken|messages|__Host-|__Secure-)"
"""Cookies of whoever is somebody in particular; nginx reads this, too."""
_OURS: Final = re.compile(OURS)


class Counts:
    """How often a page was given as it was kept, made to be kept, and given although it was old.

    Plain numbers of this process: a thread that is interrupted while it adds may lose one.
    """

    __slots__ = ("given", "late", "made")

    def __init__(self) -> None:
        self.given = self.made = self.late = 0


counts: Final = Counts()


class KeptPages:
    """A WSGI application around another."""

    def __init__(self, application: Application, keep: Keep, files: Files | None = None) -> None:
        """What is asked for again becomes a file of `files`, where there is such a thing."""
        self._application = application
        self._keep = keep
        self._files = files
        self._failed: dict[Key, float] = {}
        """When pages could not be made, since one could; for those who waited for that."""

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """A kept page, or what the application answers."""
        key = key_of(environ)
        if key is None:
            return self._application(environ, start)
        keep = self._keep
        kept = keep.find(key)
        if kept is not None:
            counts.given += 1
            kept.asked += 1
            if self._files is not None:
                self._files.offer(key, kept)
            return given(kept, environ, start)
        if not keep.begin(key):
            asked = time.monotonic()
            kept = keep.find(key, late=True)
            if kept is None:
                keep.wait(key)
                kept = keep.find(key)
            if kept is None:
                late = self._late(key) if self._failed.get(key, 0.0) >= asked else None
                return late(environ, start) if late else self._made(key, environ, start)
            counts.given += 1
            return given(kept, environ, start)
        try:
            return self._made(key, environ, start)
        finally:
            keep.end(key)

    def renew(self, key: Key) -> bool:
        """Make a page that was kept anew, for nobody yet; False where somebody does already."""
        if not self._keep.begin(key):
            return False
        try:
            self._made(key, _environ(key), _unheard)
        finally:
            self._keep.end(key)
        kept = self._keep.find(key)
        if kept is not None and self._files is not None:
            self._files.offer(key, kept)
        return kept is not None

    def _made(self, key: Key, environ: Environ, start: Start) -> Iterable[bytes]:
        """Asks the application as one who takes anything whole, and keeps what it gives."""
        generations = self._keep.generations
        # In this order: a change that begins between the two is seen as one that isn't done.
        numbers, total = generations.all(), generations.total()
        ends = self._keep.ends()
        answer = Answer()
        plain = {name: value for name, value in environ.items() if name not in _CONDITIONS}
        plain["REQUEST_METHOD"] = "GET"
        with changes.noting() as groups:
            body = answer.taken(self._application, plain)
        if answer.failed and (late := self._late(key)):
            self._failed[key] = time.monotonic()
            log.warning("A page could not be made anew; the last one is given.")
            return late(environ, start)
        self._failed.clear()
        is_for_all = plain.get(VIEW) in FOR_ALL and answer.is_for_all()
        if not is_for_all or changes.NEVER in groups:
            return answer.passed_on(body, environ, start)
        places = tuple(sorted(changes.places(groups)))
        forms = encoded(body, answer.headers)
        now = time.monotonic()
        kept = Kept(
            forms, places, tuple(numbers[place] for place in places), total,
            min(now + LONGEST, ends),
            sum(len(form.body[0]) for form in forms.values()), now,
            plain.get(PAGE), is_cut=ends < now + LONGEST,
        )  # fmt: skip
        counts.made += 1
        self._keep.put(key, kept)
        return given(kept, environ, start, counted=False)

    def _late(self, key: Key) -> Application | None:
        """What gives the last page, with its age, although nobody could make it or say that it
        still holds elsewhere; None where none is kept, or something changed here."""
        kept = self._keep.find(key, late=True, untold=True)
        if kept is None:
            return None
        counts.late += 1
        return lambda environ, start: given(kept, environ, start, age=True)


_CONDITIONS: Final = frozenset((
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_IF_RANGE", "HTTP_RANGE", "HTTP_ACCEPT_ENCODING",
))  # fmt: skip


class Answer:
    """What the application answers, held back until it is known whether it is kept."""

    def __init__(self) -> None:
        self.status, self.headers = "", []  # type: str, Headers

    def taken(self, application: Application, environ: Environ) -> bytes:
        """The whole body."""
        parts = application(environ, self._noted)
        try:
            return b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()

    def _noted(self, status: str, headers: Headers, _problem: Any = None) -> None:
        self.status, self.headers = status, list(headers)

    @property
    def failed(self) -> bool:
        """Whether the application could not answer."""
        return self.status.startswith("5")

    def is_for_all(self) -> bool:
        """Whether anybody would be given the same."""
        told = {name.lower(): value.lower() for name, value in self.headers}
        vary = ",".join(value for name, value in self.headers if name.lower() == "vary")
        varies = {one.strip() for one in vary.lower().split(",") if one.strip()}
        keeping = told.get("cache-control", "")
        return (
            self.status.startswith("200")
            and "set-cookie" not in told
            and "content-encoding" not in told
            and told.get("content-type", "").startswith(KINDS)
            and varies <= _VARIES
            and "private" not in keeping
            and "no-store" not in keeping
        )

    def passed_on(self, body: bytes, environ: Environ, start: Start) -> list[bytes]:
        """Answer as the application did, who was asked for it uncompressed."""
        told = {name.lower(): value for name, value in self.headers}
        headers = self.headers
        if (
            len(body) >= LEAST
            and "gzip" in codings(environ.get("HTTP_ACCEPT_ENCODING"))
            and "content-encoding" not in told
            and told.get("content-type", "").startswith(TEXT)
        ):
            body = compress_string(body, max_random_bytes=CompressingMiddleware.max_random_bytes)
            kept = [one for one in headers if one[0].lower() not in ("content-length", "etag")]
            tag = told.get("etag", "")
            weak = [("ETag", tag if tag.startswith("W/") else f"W/{tag}")] if tag else []
            length = ("Content-Length", str(len(body)))
            headers = [*kept, *weak, ("Content-Encoding", "gzip"), length]
        start(self.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _environ(key: Key) -> Environ:
    """A request that is answered by what is kept under the key."""
    scheme, forwarded, host, path, query = key
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": host, "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme, "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        **({"HTTP_X_FORWARDED_PROTO": forwarded} if forwarded else {}),
    }  # fmt: skip


def _unheard(status: str, headers: Headers, _problem: Any = None) -> None:
    """Nobody waits for this answer."""


def key_of(environ: Environ) -> Key | None:
    """Under which address an answer to this may be kept; None where none may."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
        return None
    cookie = environ.get("HTTP_COOKIE")
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if cookie and _OURS.search(cookie):
        return None
    if len(path) + len(query) > LONGEST_ADDRESS or PERSONAL.match(path):
        return None
    return (
        environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("HTTP_HOST", ""), path, query,
    )  # fmt: skip
