"""Asks a portal: turns pages, waits when told to, and sends again what it has only when changed."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

LONGEST_WAIT = 120


class PortalError(Exception):
    """What the portal says is wrong (RFC 9457): `problem` holds all of it."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        wrong = [f"{one['parameter']}: {one['mend']}" for one in problem.get("errors", [])]
        super().__init__(" ".join([str(problem.get("detail", status)), *wrong]))
        self.status = status
        self.problem = problem


class Asking:
    """The way to a portal at `url`; answers are kept by address, and asked for again by ETag."""

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 30,
        agent: str = "contactpoint-client",
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"{url!r} is no address of a portal, such as https://example.org.")
        self.url = url.rstrip("/")
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

    def _fetch(self, url: str, *, is_again: bool = False) -> Any:
        headers = {"Accept": "application/json", "User-Agent": self.agent}
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
