"""The one way to a network's server: to the configured host alone, by https, with limits.

Both client libraries bring an HTTP client of their own. Each gets a transport that comes here: the
name is resolved once and must be public, no redirect is followed, size and time of an answer are
limited, and so is the time of all requests for one post together.
"""

import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from contactpoint.dissemination.social.networks.networks import NetworkError, Problem
from contactpoint.kit import fetching
from contactpoint.kit.fetching import Fetched, FetchError

SECONDS: Final = 20.0
"""For one answer."""
TOGETHER: Final = 90.0
"""For all that one post needs; a post is taken for longer than that."""
MOST_BYTES: Final = 1_000_000
_LONGEST_WAIT: Final = 6 * 3600.0
_RESETS: Final = ("x-ratelimit-reset", "ratelimit-reset")
_OURS: Final = frozenset({"host", "connection", "accept-encoding", "content-length", "user-agent"})
_PROBLEMS: Final = {
    "slow": Problem.SLOW, "large": Problem.MISUNDERSTOOD,
    "broken": Problem.MISUNDERSTOOD, "redirects": Problem.MISUNDERSTOOD,
}  # fmt: skip


class Wire:
    """To one server; `wait` is how long it wants us to wait, where it said so last."""

    def __init__(self, server: str) -> None:
        self._origin = _origin(server)
        self._until = time.monotonic() + TOGETHER
        self.wait: float | None = None

    def begin(self) -> None:
        """The time for all requests begins anew."""
        self._until = time.monotonic() + TOGETHER
        self.wait = None

    def ask(self, method: str, url: str, headers: Mapping[str, Any], body: bytes) -> Fetched:
        """An answer of whatever status. Raises `NetworkError`."""
        if _origin(url) != self._origin:
            raise NetworkError(Problem.MISUNDERSTOOD, urlsplit(url).netloc, is_final=True)
        left = self._until - time.monotonic()
        if left <= 0:
            raise NetworkError(Problem.SLOW)
        given = {name: _text(value) for name, value in headers.items() if name.lower() not in _OURS}
        try:
            answer = fetching.ask(
                url,
                method=method,
                headers=given,
                body=body,
                most_bytes=MOST_BYTES,
                seconds=min(SECONDS, left),
            )
        except FetchError as error:
            problem = _PROBLEMS.get(error.reason, Problem.UNREACHABLE)
            raise NetworkError(problem, str(error)) from None
        self.wait = _wait(answer) if answer.status in (429, 503) else None
        return answer


def problem_of(status: int) -> tuple[Problem, bool]:
    """What a status means, and whether trying again is of no use."""
    if status == 429:
        return Problem.LIMITED, False
    if status in (401, 403):
        return Problem.UNAUTHORISED, True
    if status >= 500 or status in (408, 409, 425):
        return Problem.BUSY, False
    return Problem.REFUSED, True


def _wait(answer: Fetched) -> float | None:
    """By `Retry-After`, else by when the limit is reset; not for ever."""
    found = _seconds(answer.headers.get("retry-after", ""))
    for name in _RESETS:
        if found is None:
            found = _until(answer.headers.get(name, ""))
    return None if found is None else min(max(found, 1.0), _LONGEST_WAIT)


def _seconds(text: str) -> float | None:
    if text.strip().isdecimal():
        return float(text)
    try:
        return (parsedate_to_datetime(text) - timezone.now()).total_seconds()
    except (TypeError, ValueError):
        return None


def _until(text: str) -> float | None:
    """A moment, as seconds since 1970 (Bluesky) or in words of ISO 8601 (Mastodon)."""
    if text.strip().isdecimal():
        return float(text) - time.time()
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None:
        return None
    return (moment - timezone.now()).total_seconds()


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
