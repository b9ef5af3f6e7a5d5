"""Fetches a feed from the web so that nobody can make this server ask itself or its neighbours.

Only http and https on their usual ports; the name is resolved once, every address that it has must
be public, and the connection goes to that very address while the certificate is checked against
the name. Redirects are not followed by the library: each passes the same door again. Size and time
are limited, time by a watch that cuts the line, as a server may drip a byte a second.
"""

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

PORTS: Final = {"http": 80, "https": 443}
LARGEST_ANSWER: Final = 10 * 1024**2
MOST_SECONDS: Final = 30.0
MOST_REDIRECTS: Final = 4
_PATIENCE: Final = 10.0
_CHUNK: Final = 64 * 1024
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "application/json;q=0.8, */*;q=0.1"
)


class FetchError(RuntimeError):
    """The address could not be fetched; the message says why, for an editor."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """`body` is None where the server says that nothing has changed."""

    body: bytes | None
    etag: str = ""
    last_modified: str = ""


def fetch(url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
    """The answer of a public server. Raises `FetchError`."""
    deadline = time.monotonic() + MOST_SECONDS
    headers = {
        "Accept": _ACCEPT,
        "Accept-Encoding": "identity",
        "User-Agent": "Contactpoint (watched feed)",
        **({"If-None-Match": etag} if etag else {}),
        **({"If-Modified-Since": last_modified} if last_modified else {}),
    }
    for _hop in range(MOST_REDIRECTS + 1):
        found = _ask(url, headers, deadline)
        if isinstance(found, Fetched):
            return found
        if url.startswith("https:") and not found.startswith("https:"):
            raise FetchError(_("The server leads from https to an address without it."))
        url = found
    raise FetchError(_("The server leads from one address to the next without end."))


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, whatever it is wrapped in."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def resolve(host: str, port: int) -> str:
    """The address to connect to. Raises `FetchError` where any that the name has is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(_("There is no server %(host)s.") % {"host": host}) from error
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise FetchError(_("%(host)s is not a public server.") % {"host": host})
    return addresses[0]


def require_address(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path with query of an address. Raises `FetchError`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise FetchError(_("This is not an address of the web.")) from error
    printable = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in PORTS or not host or parts.username is not None or not printable:
        raise FetchError(_("This is not an address of the web."))
    if port not in PORTS.values():
        raise FetchError(_("Only the usual ports of the web are asked."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port, path


def _ask(url: str, headers: dict[str, str], deadline: float) -> Fetched | str:
    """What came, or the address that it leads to."""
    scheme, host, port, path = require_address(url)
    connection = _connection(scheme, host, resolve(host, port), port)
    watch = _Watch(connection, deadline)
    try:
        connection.connect()
        watch.line = connection.sock
        name = host if port == PORTS[scheme] else f"{host}:{port}"
        connection.request("GET", path, headers={"Host": name, **headers}, preload_content=False)
        found = _answer(connection.getresponse(), url)
    except (HTTPError, OSError, ValueError) as error:
        if watch.is_late:
            raise FetchError(_("The server took too long.")) from error
        raise FetchError(
            _("The server did not answer as it should (%(problem)s).")
            % {"problem": type(error).__name__}
        ) from error
    finally:
        watch.cancel()
        connection.close()
    if watch.is_late:  # what was cut off looks like an end
        raise FetchError(_("The server took too long."))
    return found


class _Watch(threading.Timer):
    """Cuts the line when the time is over, whatever its server is doing."""

    def __init__(self, connection: HTTPConnection, deadline: float) -> None:
        super().__init__(max(deadline - time.monotonic(), 0.0), self._cut)
        self.daemon = True
        self.is_late = False
        self.line: Any = None
        self._connection = connection
        self.start()

    def _cut(self) -> None:
        self.is_late = True
        # The library lets go of a line that its server will close, before all was read.
        for line in (self.line, self._connection.sock):
            if line is not None:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)


def _connection(scheme: str, host: str, address: str, port: int) -> HTTPConnection:
    if scheme == "http":
        return HTTPConnection(address, port, timeout=_PATIENCE)
    return HTTPSConnection(
        address,
        port,
        timeout=_PATIENCE,
        server_hostname=host,
        assert_hostname=host,
        cert_reqs="CERT_REQUIRED",
        ssl_context=ssl.create_default_context(),
    )


def _answer(response: Any, url: str) -> Fetched | str:
    status, headers = response.status, response.headers
    if status in _REDIRECTS:
        return urljoin(url, str(headers.get("Location") or ""))
    if status == 304:
        return Fetched(None)
    if status != 200:
        raise FetchError(_("The server answered with status %(status)s.") % {"status": status})
    if (headers.get("Content-Encoding") or "identity").strip().lower() != "identity":
        raise FetchError(_("The server packs what it was asked to send unpacked."))
    body = bytearray()
    while chunk := response.read(_CHUNK, decode_content=False):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise FetchError(
                _("The feed is larger than %(size)s MB.") % {"size": LARGEST_ANSWER // 1024**2}
            )
    return Fetched(
        bytes(body),
        str(headers.get("ETag") or "")[:255],
        str(headers.get("Last-Modified") or "")[:100],
    )
