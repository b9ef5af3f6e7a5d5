"""What may be fetched, and what a hostile server can't do to whoever fetches it."""

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from contactpoint.kit import fetching
from contactpoint.kit.fetching import FetchError, fetch, is_public, require_address


class _Server(BaseHTTPRequestHandler):
    asked: list[tuple[str, str, str]] = []

    def do_GET(self) -> None:
        self.asked.append((self.command, self.path, self.headers["Host"]))
        routes = {
            "/there": (200, {"Content-Type": "text/plain; charset=utf-8"}, b"hello"),
            "/moved": (301, {"Location": "/there"}, b""),
            "/for-now": (302, {"Location": "/moved"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/inside": (302, {"Location": "http://169.254.169.254/latest/"}, b""),
            "/decimal": (302, {"Location": "http://167772161/"}, b""),
            "/octal": (302, {"Location": "http://012.0.0.1/"}, b""),
            "/mapped": (302, {"Location": "http://[::ffff:10.0.0.1]/"}, b""),
            "/sixth": (302, {"Location": "http://[2002:a00:1::]/"}, b""),
            "/another-port": (302, {"Location": "http://127.0.0.1:22/"}, b""),
            "/split": (302, {"Location": "http://127.0.0.1\\@10.0.0.1/"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/long": (200, {}, b"x" * 5000),
            "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 3_000_000)),
            "/packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"hello")),
            "/odd": (200, {"Content-Encoding": "br"}, b"hello"),
        }
        status, headers, content = routes.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        drips = self.path in ("/drip", "/drip-without-end")
        if self.path != "/drip-without-end":
            self.send_header("Content-Length", str(len(content) if not drips else 99))
        self.end_headers()
        if self.command == "GET" and not drips:
            self.wfile.write(content)
        while drips and not self.server.__dict__.get("done"):
            with contextlib.suppress(OSError):
                self.wfile.write(b".")
            threading.Event().wait(0.02)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server.server_port
    server.__dict__["done"] = True
    server.shutdown()
    server.server_close()


@pytest.fixture
def host(port: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """A server on this machine that counts as public."""
    _Server.asked.clear()
    monkeypatch.setitem(fetching.PORTS, "http", port)
    real = is_public
    monkeypatch.setattr(fetching, "is_public", lambda one: one == "127.0.0.1" or real(one))
    return "http://127.0.0.1"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.9", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1"),
        *("fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::"),
        *(
            "fe80::1%eth0",
            "192.0.2.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "2001:db8::1",
            "fe80::1%eth0",
            "nonsense",
        ),
    ],
)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/", "address"),
        ("file:///etc/passwd", "address"),
        ("//example.org/", "address"),
        ("http://", "address"),
        ("http://example.org:6379/", "address"),
        ("http://example.org:x/", "address"),
        ("http://someone:secret@example.org/", "address"),
        ("http://example.org:99999/", "address"),
        ("http://example.org/\r\nX: y", "address"),
        ("http:///path", "address"),
        ("gopher://example.org/", "address"),
        ("", "address"),
        ("http://localhost/", "private"),
        ("http://127.1/", "private"),
        ("http://2130706433/", "private"),
        ("http://0x7f.1/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::ffff:127.0.0.1]/", "private"),
        ("http://no-such-host.invalid/", "name"),
    ],
)
def test_what_may_not_be_fetched_is_refused_before_it_is_asked(url: str, reason: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(url, seconds=5)
    assert caught.value.reason == reason


def test_a_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", (one, 80)) for one in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_args, **_kwargs: both)
    with pytest.raises(FetchError) as caught:
        fetch("http://two-faced.example/")
    assert caught.value.reason == "private"


def test_a_name_is_resolved_once_and_that_address_asked(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, asked = fetching.socket.getaddrinfo, []

    def rebinding(name: str, *args: Any, **options: Any) -> Any:
        asked.append(name)
        if name != "partner.example":
            return known(name, *args, **options)
        inside = asked.count(name) > 1
        return [(2, 1, 6, "", ("10.0.0.8" if inside else "127.0.0.1", args[0]))]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", rebinding)
    assert fetch("http://partner.example/there").content == b"hello"
    assert asked == ["partner.example", "127.0.0.1"]
    assert _Server.asked == [("GET", "/there", "partner.example")]


def test_what_began_safely_is_not_led_to_plain_http_where_that_matters(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = fetching._once

    def leading(parts: Any, *args: Any, **options: Any) -> Any:
        if parts.scheme == "https":
            return 302, {"location": f"{host}/there"}, b""
        return once(parts, *args, **options)

    monkeypatch.setattr(fetching, "_once", leading)
    assert fetch("https://example.org/").content == b"hello"
    with pytest.raises(FetchError, match="without it"):
        fetch("https://example.org/", keeps_https=True)
    assert fetch(f"{host}/there", keeps_https=True).content == b"hello"


def test_the_parts_of_an_address_are_given_before_anybody_is_asked() -> None:
    assert require_address(" https://example.org/a b?c=d ").hostname == "example.org"
    with pytest.raises(FetchError):
        require_address("example.org/a")


def test_plain_http_is_refused_where_only_https_will_do() -> None:
    with pytest.raises(FetchError, match="https"):
        fetch("http://example.org/", https_only=True)


def test_an_answer_is_given_whatever_its_status(host: str) -> None:
    there = fetch(f"{host}/there")
    assert (there.status, there.content, there.content_type) == (200, b"hello", "text/plain")
    assert fetch(f"{host}/gone").status == 404
    assert fetch(f"{host}/packed").content == b"hello"
    assert _Server.asked[0] == ("GET", "/there", "127.0.0.1")


def test_head_asks_for_no_content(host: str) -> None:
    there = fetch(f"{host}/there", method="HEAD")
    assert (there.status, there.content) == (200, b"")
    assert _Server.asked == [("HEAD", "/there", "127.0.0.1")]


def test_redirects_are_followed_and_said_to_be_lasting_only_where_all_are(host: str) -> None:
    assert fetch(f"{host}/moved").url == f"{host}/there"
    assert fetch(f"{host}/moved").moved
    assert not fetch(f"{host}/for-now").moved
    assert not fetch(f"{host}/there").moved


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/inside", "private"),
        ("/file", "address"),
        ("/round", "redirects"),
        ("/long", "large"),
        ("/bomb", "large"),
        ("/odd", "broken"),
    ],
)
def test_a_hostile_answer_is_an_error(host: str, path: str, reason: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(host + path, most_bytes=4000)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/decimal", "private"),
        ("/octal", "private"),
        ("/mapped", "private"),
        ("/sixth", "private"),
        ("/another-port", "address"),
        ("/split", "address"),
    ],
)
def test_a_redirect_is_looked_at_however_its_address_is_written(
    host: str, path: str, reason: str
) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(f"{host}{path}", seconds=5)
    assert caught.value.reason in (reason, "name")
    assert [asked for _method, asked, _host in _Server.asked] == [path]


def test_a_server_that_never_ends_its_headers_is_left_when_the_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each line comes soon enough for a timeout of the line alone."""
    over = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        line, _from = listening.accept()
        with line, contextlib.suppress(OSError):
            line.sendall(b"HTTP/1.1 200 OK\r\n")
            while not over.wait(0.02):
                line.sendall(b"X-More: y\r\n")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    monkeypatch.setitem(fetching.PORTS, "http", listening.getsockname()[1])
    monkeypatch.setattr(fetching, "is_public", lambda _one: True)
    begun = time.monotonic()
    with pytest.raises(FetchError) as caught:
        fetch("http://127.0.0.1/", seconds=0.5)
    over.set()
    thread.join()
    listening.close()
    assert caught.value.reason in ("slow", "connection", "broken")
    assert time.monotonic() - begun < 5


def test_a_large_answer_may_be_cut(host: str) -> None:
    assert fetch(f"{host}/long", most_bytes=4000, cut=True).content == b"x" * 4000
    assert fetch(f"{host}/bomb", most_bytes=4000, cut=True).content == b"0" * 4000


@pytest.mark.parametrize("path", ["/drip", "/drip-without-end"])
def test_a_server_that_drips_is_left_when_the_time_is_over(host: str, path: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(host + path, seconds=0.2)
    assert caught.value.reason == "slow"


def test_a_port_where_nobody_listens_can_t_be_reached(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fetching.PORTS, "http", 9)
    with pytest.raises(FetchError) as caught:
        fetch(f"{host}/there")
    assert caught.value.reason == "connection"
