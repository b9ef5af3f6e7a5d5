"""Asks a portal: turns pages, waits when told to, and sends again what it has only when changed.

What is proposed is sent with a token and a key, so that trying again proposes nothing twice.
"""

import json
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

LONGEST_WAIT = 120
PROPOSING = "/api/v1/proposals"


class PortalError(Exception):
    """What the portal says is wrong (RFC 9457): `problem` holds all of it."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        wrong = [f"{_place(one)}: {one['mend']}" for one in problem.get("errors", [])]
        super().__init__(" ".join([str(problem.get("detail", status)), *wrong]))
        self.status = status
        self.problem = problem


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
        """Proposes something; sent again once, under the same key, where no answer came."""
        key = key or str(uuid.uuid4())
        for is_again in (False, True):
            try:
                return self._send("POST", path, content, key)
            except URLError as error:
                if is_again or isinstance(error, HTTPError):
                    raise
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
            with urlopen(request, timeout=self.timeout) as answer:  # noqa: S310 — as above
                said = answer.read()
                return json.loads(said) if said else None
        except HTTPError as error:
            raise PortalError(error.code, _problem(error)) from None

    def _headers(self, path: str) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": self.agent}
        if self._token and (path == PROPOSING or path.startswith(f"{PROPOSING}/")):
            headers["Authorization"] = f"Bearer {self._token}"
        return headers

    def _fetch(self, url: str, *, is_again: bool = False) -> Any:
        headers = self._headers(urlsplit(url).path.removeprefix(urlsplit(self.url).path))
        etag, known = self._kept.get(url, ("", None))
        if etag:
            headers["If-None-Match"] = etag
        try:
            with urlopen(Request(url, headers=headers), timeout=self.timeout) as answer:  # noqa: S310 — http or https, see above
                said = json.load(answer)
                self._kept[url] = (answer.headers.get("ETag", ""), said)
                return said
        except HTTPError as error:
            if error.code == 304:
                return known
            pause = error.headers.get("Retry-After", "")
            if pause.isdecimal() and int(pause) <= LONGEST_WAIT and not is_again:
                self._wait(float(pause))
                return self._fetch(url, is_again=True)
            raise PortalError(error.code, _problem(error)) from None


def _written(value: Any) -> str:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return str(value)
    return ",".join(map(str, value))


def _problem(error: HTTPError) -> Mapping[str, Any]:
    try:
        said = json.load(error)
    except ValueError:
        return {"detail": str(error)}
    return said if isinstance(said, dict) else {"detail": str(error)}


def _place(fault: Mapping[str, Any]) -> str:
    """Where it is wrong: a parameter, a header or a JSON pointer."""
    return str(fault.get("parameter") or fault.get("header") or fault.get("pointer") or "/")
