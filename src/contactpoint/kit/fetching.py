"""Fetches what stands at an address that a person typed or a stranger sent, without being misled.

    fetched = fetch("https://example.org/feed.xml", most_bytes=2_000_000, seconds=20)

Only `http` and `https` on their usual ports, and only addresses that anybody on the internet
reaches: a name is resolved once, each of its addresses must be public, and the connection goes to
the address that was looked at, with the certificate checked for the name. A redirect is looked at
anew. Size is counted as unpacked, and time is that of the whole, however slowly a server drips:
a watch cuts the line when it is over.
"""

import contextlib
import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import create_urllib3_context

PORTS: Final = {"http": 80, "https": 443}
MOST_REDIRECTS: Final = 5
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PIECE: Final = 65_536
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class FetchError(Exception):
    """Nothing was fetched; `reason` is one of `REASONS`, the message is a sentence for editors."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


REASONS: Final = (
    "address",  # not an address that may be fetched
    "private",  # not a public address
    "name",  # no such host
    "certificate",
    "connection",
    "slow",
    "large",
    "redirects",
    "broken",  # the answer can't be read
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whatever its status; `url` is where the redirects led.

    `headers` have names in lower case. `moved` says that every redirect on the way was permanent.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    moved: bool = False

    @property
    def content_type(self) -> str:
        """Such as `text/html`; empty where the server did not say it."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def fetch(
    url: str,
    *,
    method: str = "GET",
    most_bytes: int = 5_000_000,
    seconds: float = 20.0,
    headers: Mapping[str, str] | None = None,
    https_only: bool = False,
    keeps_https: bool = False,
    cut: bool = False,
) -> Fetched:
    """The answer at `url`, after at most five redirects; otherwise a `FetchError`.

    `https_only` refuses plain `http`, also where a redirect leads there; `keeps_https` only where
    one leads from `https` to it. With `cut` an answer that is larger than `most_bytes` is cut off
    there instead of being an error.
    """
    deadline = time.monotonic() + seconds
    permanent: list[bool] = []
    was_safe = False
    for _turn in range(MOST_REDIRECTS + 1):
        parts = require_address(url, https_only=https_only)
        if keeps_https and was_safe and parts.scheme != "https":
            raise FetchError("address", _("The server leads from https to an address without it."))
        was_safe = was_safe or parts.scheme == "https"
        status, given, content = _once(parts, method, headers or {}, most_bytes, deadline, cut=cut)
        if status not in _REDIRECTS or "location" not in given:
            moved = bool(permanent) and all(permanent)
            return Fetched(url, status, given, content, moved)
        permanent.append(status in (301, 308))
        url = urljoin(url, _ascii(given["location"]))
    raise FetchError("redirects", _("The server leads from one address to the next without end."))


def ask(
    url: str,
    *,
    method: str,
    headers: Mapping[str, str],
    body: bytes = b"",
    most_bytes: int = 1_000_000,
    seconds: float = 20.0,
) -> Fetched:
    """The answer of a server that we have an account with, by `https` alone; otherwise a
    `FetchError`. What is sent may hold a secret, so no redirect is followed: one is an error.
    """
    deadline = time.monotonic() + seconds
    parts = require_address(url, https_only=True)
    status, given, content = _once(
        parts, method, headers, most_bytes, deadline, cut=False, body=body
    )
    if status in _REDIRECTS:
        raise FetchError("redirects", _("The server leads to another address."))
    return Fetched(url, status, given, content)


def is_local(parts: SplitResult) -> bool:
    """Whether a test started this server beside itself; there is no such setting elsewhere."""
    return parts.netloc in getattr(settings, "LOCAL_SERVERS", ())


def is_public(address: str) -> bool:
    """Whether anybody reaches this IP address: not loopback, private, link-local and their like,
    also where it stands inside an address of another kind."""
    try:
        one = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv6Address):
        if one in _NAT64:  # how a network without IPv4 names the servers that have nothing else
            return is_public(str(ipaddress.IPv4Address(int(one) & 0xFFFF_FFFF)))
        if one.ipv4_mapped or one.sixtofour or one.teredo or one.is_site_local:
            return False
    return one.is_global and not (one.is_multicast or one.is_reserved)


def require_address(url: str, *, https_only: bool = False) -> SplitResult:
    """The parts of an address that may be asked, whoever answers there; else a `FetchError`."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as problem:
        raise FetchError("address", _("This is not an address of the web.")) from problem
    if parts.scheme not in PORTS or not parts.hostname or not url.strip().isprintable():
        raise FetchError("address", _("This is not an address of the web."))
    if is_local(parts):
        return parts
    if https_only and parts.scheme != "https":
        raise FetchError("address", _("Only addresses that begin with https:// are asked."))
    if parts.username is not None or parts.password is not None:
        raise FetchError("address", _("An address with a password in it is not asked."))
    if port is not None and port != PORTS[parts.scheme]:
        raise FetchError("address", _("Only the usual ports of the web are asked."))
    return parts


def _once(
    parts: SplitResult,
    method: str,
    headers: Mapping[str, str],
    most_bytes: int,
    deadline: float,
    *,
    cut: bool,
    body: bytes | None = None,
) -> tuple[int, dict[str, str], bytes]:
    """One question to one server; its redirects are for the caller."""
    host = _host(parts)
    if is_local(parts):
        port, address = parts.port or PORTS[parts.scheme], host
    else:
        port = PORTS[parts.scheme]
        address = _resolved(host, port)
    with _speaking(), _connection(parts.scheme, host, address, port, _left(deadline)) as connection:
        watch = _Watch(connection, _left(deadline))
        try:
            connection.connect()
            watch.line = connection.sock
            target = quote(_ascii(parts.path or "/"), safe="/%:@!$&'()*+,;=~-._")
            query = quote(_ascii(parts.query), safe="/?%:@!$&'()*+,;=~-._[]|")
            connection.request(
                method,
                f"{target}?{query}" if query else target,
                body=body,
                headers={
                    "Host": f"[{host}]" if ":" in host else host,
                    "User-Agent": f"Contactpoint (+{settings.BASE_URL})",
                    "Accept-Encoding": "gzip",
                    **headers,
                },
                preload_content=False,
                decode_content=False,
            )
            answer = connection.getresponse()
            given = {name.lower(): value for name, value in answer.headers.items()}
            is_read = method != "HEAD" and answer.status not in _REDIRECTS
            content = _body(answer, given, most_bytes, deadline, cut=cut) if is_read else b""
        except (OSError, HTTPError):
            if time.monotonic() >= deadline:
                raise FetchError("slow", _("The server took too long.")) from None
            raise
        finally:
            watch.cancel()
    if watch.has_cut:  # what was cut off looks like an end
        raise FetchError("slow", _("The server took too long."))
    return answer.status, given, content


def _body(
    answer: BaseHTTPResponse,
    headers: Mapping[str, str],
    most_bytes: int,
    deadline: float,
    *,
    cut: bool,
) -> bytes:
    packed = headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchError("broken", _("The server packs its answer in a way that nobody asked for."))
    unpack = None if packed in ("", "identity") else zlib.decompressobj(wbits=47)
    found = bytearray()
    received = 0
    for piece in answer.stream(_PIECE, decode_content=False):
        received += len(piece)
        room = most_bytes + 1 - len(found)
        found += unpack.decompress(piece, room) if unpack else piece[:room]
        if len(found) > most_bytes or received > most_bytes:
            if cut:
                return bytes(found[:most_bytes])
            raise FetchError("large", _("The answer is larger than what is taken."))
        if time.monotonic() >= deadline:
            raise FetchError("slow", _("The server took too long."))
    return bytes(found)


class _Watch(threading.Timer):
    """Cuts the line when the time is over, whatever its server is doing."""

    def __init__(self, connection: HTTPConnection, seconds: float) -> None:
        super().__init__(seconds, self._cut)
        self.daemon = True
        self.has_cut = False
        self.line: Any = None
        self._connection = connection
        self.start()

    def _cut(self) -> None:
        self.has_cut = True
        # The library lets go of a line that its server will close, before all was read.
        for line in (self.line, self._connection.sock):
            if line is not None:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def _speaking() -> Iterator[None]:
    """What goes wrong on the wire, as a `FetchError`."""
    try:
        yield
    except zlib.error as problem:
        raise FetchError("broken", _("The answer can't be unpacked.")) from problem
    except (OSError, HTTPError, ValueError) as problem:
        text = str(problem).lower()
        if "certificate" in text or "ssl" in type(problem).__name__.lower():
            raise FetchError(
                "certificate", _("The server's certificate is not valid.")
            ) from problem
        if isinstance(problem, TimeoutError) or "timed out" in text:
            raise FetchError("slow", _("The server took too long.")) from problem
        raise FetchError("connection", _("The server can't be reached, or hangs up.")) from problem


@contextlib.contextmanager
def _connection(
    scheme: str, host: str, address: str, port: int, seconds: float
) -> Iterator[HTTPConnection]:
    if scheme == "http":
        made = HTTPConnection(address, port, timeout=seconds)
    else:
        context = create_urllib3_context()
        context.load_default_certs()
        made = HTTPSConnection(
            address,
            port,
            timeout=seconds,
            ssl_context=context,
            server_hostname=host,
            assert_hostname=host,
        )
    try:
        yield made
    finally:
        made.close()


def _resolved(host: str, port: int) -> str:
    """The one address to speak to; all that the name has must be public, or none is used."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise FetchError("name", _("There is no server %(host)s.") % {"host": host}) from problem
    addresses = [str(one[4][0]) for one in found]
    if not addresses:
        raise FetchError("name", _("There is no server %(host)s.") % {"host": host})
    if not all(map(is_public, addresses)):
        raise FetchError("private", _("%(host)s is not a public server.") % {"host": host})
    return min(addresses, key=lambda one: ":" in one)


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as problem:
        raise FetchError("name", _("There is no server %(host)s.") % {"host": host}) from problem


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError("slow", _("The server took too long."))
    return left


def _ascii(text: str) -> str:
    """Spaces and letters of any script as the web writes them; what is written so stays."""
    return quote(text, safe="/?#%:@!$&'()*+,;=~-._[]|")
