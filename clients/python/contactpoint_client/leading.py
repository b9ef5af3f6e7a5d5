"""Where a portal may lead a request on to: nowhere but within itself, and with no secret.

Python's own way follows a redirect to any host and takes all headers there, the token among them;
and it makes a GET of what was sent. Here only reading is led on, to the same scheme, host and port.
"""

from collections.abc import Callable, Mapping
from http.client import HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

_PORTS = {"http": 80, "https": 443}
_READING = ("GET", "HEAD")


def opener(headers_of: Callable[[str], Mapping[str, str]]) -> OpenerDirector:
    """Opens addresses; `headers_of` says by a path what may be told there."""
    return build_opener(_Within(headers_of))


def told(error: HTTPError) -> str:
    """Why a redirect was not followed, with what helps; empty where it was none."""
    onward = error.headers.get("Location", "") if 300 <= error.code < 400 else ""
    if not onward:
        return ""
    onward = urljoin(error.url, onward)
    if origin(onward) != origin(error.url):
        return (
            f"{error.url} leads to another place, {onward}. Nothing was sent there. "
            "If the portal has moved there, give that address."
        )
    return f"{error.url} leads on to {onward}, where it could not be sent."


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port; of an address that can't be read, none that another has."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return url, "", None
    return parts.scheme, parts.hostname or "", port


class _Within(HTTPRedirectHandler):
    def __init__(self, headers_of: Callable[[str], Mapping[str, str]]) -> None:
        self._headers_of = headers_of

    def redirect_request(  # noqa: PLR0917 — as Python asks for it
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request that follows; where there is none, the answer counts as a failure."""
        if req.get_method() not in _READING or origin(newurl) != origin(req.full_url):
            return None
        return Request(  # noqa: S310 — http or https, as it was
            newurl,
            headers=dict(self._headers_of(urlsplit(newurl).path)),
            origin_req_host=req.origin_req_host,
            unverifiable=True,
            method=req.get_method(),
        )
