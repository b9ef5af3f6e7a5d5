"""Asks a portal: turns pages, waits when told to, and sends again what it has only when changed.

What is proposed is sent with a token and a key, so that trying again proposes nothing twice.
"""

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request

from contactpoint_client import leading

LONGEST_WAIT = 120
MOST_WAITS = 5
PROPOSING = "/api/v1/proposals"


class PortalError(Exception):
    """What the portal says is wrong (RFC 9457): `problem` holds all of it.

    `key` is that of a proposal: where the portal failed (500 and more), propose again with it.
    """

    key = ""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        # What answers with an error may be a gateway before the portal, with a form of its own.
        faults = problem.get("errors")
        wrong = [
            f"{_place(one)}: {one['mend']}"
            for one in (faults if isinstance(faults, list) else ())
            if isinstance(one, dict) and "mend" in one
        ]
        super().__init__(" ".join([str(problem.get("detail", status)), *wrong]))
        self.status = status
        self.problem = problem


class NoAnswerError(Exception):
    """Nobody knows whether a proposal arrived: with the same `key` it can be sent again, and comes
    once."""

    def __init__(self, key: str, reason: Exception) -> None:
        super().__init__(
            f"No answer came ({reason or type(reason).__name__}). It may have been proposed all "
            f"the same: propose it again with key={key!r}, so that it comes once."
        )
        self.key = key


class Asking:
    """The way to a portal at `url`; answers are kept by address, and asked for again by ETag.

    `token` is needed to propose; it is sent nowhere else.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str = "",
        timeout: float = 30,
        agent: str = "contactpoint-client",
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"{url!r} is no address of a portal, such as https://example.org.")
        self.url = url.rstrip("/")
        self._token = token
        self.timeout = timeout
        self.agent = agent
        self._wait = wait
        self._opener = leading.opener(self._headers_at)
        self._kept: dict[str, tuple[str, Any]] = {}

    def get(self, path: str, asked: Mapping[str, Any] | None = None) -> Any:
        """What an address tells. Raises `PortalError`."""
        query = urlencode(
            {name: _written(value) for name, value in (asked or {}).items() if value is not None}
        )
        return self._fetch(f"{self.url}{path}{'?' if query else ''}{query}")

    def pages(self, path: str, asked: Mapping[str, Any]) -> Iterator[Any]:
        """All things of a list, from page to page."""
        said = self.get(path, asked)
        while True:
            yield from said["data"]
            following = said["next"]
            if not following:
                return
            parts = urlsplit(following)
            # By the address that was given: the portal may stand behind another name.
            said = self._fetch(f"{self.url}{parts.path}?{parts.query}")

    def send(self, path: str, content: Any, key: str = "") -> Any:
        """Proposes something; sent again once, under the same key, where no answer came. Raises
        `PortalError` and `NoAnswerError`, which tell the key."""
        key = key or str(uuid.uuid4())
        for is_again in (False, True):
            try:
                return self._send("POST", path, content, key)
            except PortalError as error:
                error.key = key
                raise
            except (OSError, HTTPException, json.JSONDecodeError) as error:
                if is_again:
                    raise NoAnswerError(key, error) from error
        raise AssertionError("unreachable")

    def delete(self, path: str) -> None:
        """Takes something back."""
        self._send("DELETE", path)

    def _send(self, method: str, path: str, content: Any = None, key: str = "") -> Any:
        headers = {**self._headers(path), "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        data = None if content is None else json.dumps(content).encode()
        request = Request(f"{self.url}{path}", data, headers, method=method)  # noqa: S310 — http or https, see above
        try:
            said, _etag = self._answer(request)
        except HTTPError as error:
            raise PortalError(error.code, _problem(error)) from None
        return json.loads(said) if said else None

    def _headers(self, path: str) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": self.agent}
        if self._token and (path == PROPOSING or path.startswith(f"{PROPOSING}/")):
            headers["Authorization"] = f"Bearer {self._token}"
        return headers

    def _headers_at(self, path: str) -> dict[str, str]:
        """By the path of an address, which the portal may stand under."""
        return self._headers(path.removeprefix(urlsplit(self.url).path))

    def _fetch(self, url: str) -> Any:
        headers = self._headers_at(urlsplit(url).path)
        etag, known = self._kept.get(url, ("", None))
        if etag:
            headers["If-None-Match"] = etag
        try:
            content, etag = self._answer(Request(url, headers=headers))  # noqa: S310 — http or https, see above
        except HTTPError as error:
            if error.code == 304 and etag:
                return known
            raise PortalError(error.code, _problem(error)) from None
        said = json.loads(content)
        self._kept[url] = (etag, said)
        return said

    def _answer(self, request: Request) -> tuple[bytes, str]:
        """What comes and its ETag; waits where it is told to, some times. Raises `HTTPError`."""
        for waited in range(MOST_WAITS + 1):
            try:
                with self._opener.open(request, timeout=self.timeout) as answer:
                    return answer.read(), answer.headers.get("ETag", "")
            except HTTPError as error:
                pause = _pause(error.headers.get("Retry-After", ""))
                if waited == MOST_WAITS or pause is None or pause > LONGEST_WAIT:
                    raise
                error.close()
                self._wait(pause)
        raise AssertionError("unreachable")


def _pause(said: str) -> float | None:
    """Seconds, which may be told as a moment (RFC 9110); None where nothing is told."""
    if said.isascii() and said.isdecimal():
        return float(said) if len(said) < 10 else None
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:  # "-0000": UTC, of an unknown place
        moment = moment.replace(tzinfo=UTC)
    # Whole seconds are told, so a second more is waited.
    return max(0.0, (moment - datetime.now(UTC)).total_seconds()) + 1


def _written(value: Any) -> str:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return str(value)
    return ",".join(map(str, value))


def _problem(error: HTTPError) -> Mapping[str, Any]:
    led = leading.told(error)
    if led:
        return {"detail": led}
    try:
        said = json.load(error)
    except ValueError:
        return {"detail": str(error)}
    return said if isinstance(said, dict) else {"detail": str(error)}


def _place(fault: Mapping[str, Any]) -> str:
    """Where it is wrong: a parameter, a header or a JSON pointer."""
    return str(fault.get("parameter") or fault.get("header") or fault.get("pointer") or "/")
