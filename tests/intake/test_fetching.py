"""A watched feed is fetched from public servers only, within limits of size and time."""

import http.server
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from contactpoint.intake import fetching
from contactpoint.intake.fetching import FetchError, fetch, is_public, require_address, resolve


class Partner(http.server.BaseHTTPRequestHandler):
    """A server that answers as the path says."""

    asked: list[dict[str, str]] = []

    def do_GET(self) -> None:
        Partner.asked.append({"path": self.path, **dict(self.headers.items())})
        if self.path == "/feed" and self.headers.get("If-None-Match") == '"one"':
            self.send_response(304)
            self.end_headers()
        elif self.path == "/feed":
            self._send(
                b"<rss/>", ETag='"one"', **{"Last-Modified": "Tue, 04 Jun 2024 10:00:00 GMT"}
            )
        elif self.path == "/large":
            self._send(b"x" * 3000)
        elif self.path == "/packed":
            self._send(b"x", **{"Content-Encoding": "gzip"})
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    if threading.Event().wait(0.05):
                        break
            except OSError:
                pass
        elif self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
        else:
            self.send_response(404)
            self.end_headers()

    def _send(self, body: bytes, **headers: str) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def partner(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A partner's server at `partner.example`, which is taken for a public one."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Partner)
    port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setitem(fetching.PORTS, "http", port)
    names = {"partner.example": "127.0.0.1", "inside.example": "10.0.0.8"}

    def known(host: str, port: int, *args: Any, **options: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (names.get(host, host), port))]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", known)
    public = fetching.is_public
    monkeypatch.setattr(
        fetching, "is_public", lambda address: address == "127.0.0.1" or public(address)
    )
    Partner.asked = []
    yield "http://partner.example"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "192.0.2.1"),
        *("::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
    ],
)
def test_an_address_that_is_not_of_the_open_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "//a.example", ""),
        *("http://user:secret@a.example/", "http://a.example:22/", "http://a.example:99999/"),
        *("http://a.example/a b", "http://a.example/\r\nX: y", "http:///path"),
    ],
)
def test_only_plain_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(FetchError):
        require_address(url)


def test_a_name_with_one_private_address_among_others_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(0, 0, 0, "", (address, 80)) for address in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *args, **options: found)
    with pytest.raises(FetchError, match="not a public server"):
        resolve("mixed.example", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
def test_this_machine_is_never_asked_whatever_it_is_called(host: str) -> None:
    with pytest.raises(FetchError):
        fetch(f"http://{host}/feed")


def test_a_feed_comes_with_what_spares_it_the_next_time(partner: str) -> None:
    found = fetch(f"{partner}/feed")
    assert (found.body, found.etag) == (b"<rss/>", '"one"')
    assert found.last_modified.startswith("Tue, 04 Jun 2024")
    again = fetch(f"{partner}/feed", etag=found.etag, last_modified=found.last_modified)
    assert again.body is None
    assert Partner.asked[1]["If-Modified-Since"] == found.last_modified
    assert Partner.asked[0]["Host"] == "partner.example"
    assert Partner.asked[0]["Accept-Encoding"] == "identity"


def test_the_name_is_resolved_once_and_that_address_asked(
    partner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, asked = fetching.socket.getaddrinfo, []

    def rebinding(host: str, *args: Any, **options: Any) -> Any:
        asked.append(host)
        inside = asked.count("partner.example") > 1
        return known("inside.example" if inside else host, *args, **options)

    monkeypatch.setattr(fetching.socket, "getaddrinfo", rebinding)
    assert fetch(f"{partner}/feed").body == b"<rss/>"
    assert asked == ["partner.example", "127.0.0.1"]


def test_a_redirect_passes_the_same_door(partner: str) -> None:
    assert fetch(f"{partner}/to?/feed").body == b"<rss/>"
    for target in ("http://inside.example/", "http://169.254.169.254/latest", "file:///etc/passwd"):
        with pytest.raises(FetchError):
            fetch(f"{partner}/to?{target}")
    with pytest.raises(FetchError, match="without end"):
        fetch(f"{partner}/to?/to?/to?/to?/to?/to?/feed")
    assert all(one["Host"] == "partner.example" for one in Partner.asked)


def test_too_much_too_slow_packed_or_missing_is_refused(
    partner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LARGEST_ANSWER", 2000)
    with pytest.raises(FetchError, match="larger than"):
        fetch(f"{partner}/large")
    with pytest.raises(FetchError, match="packs"):
        fetch(f"{partner}/packed")
    with pytest.raises(FetchError, match="status 404"):
        fetch(f"{partner}/nowhere")
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.3)
    with pytest.raises(FetchError, match="too long"):
        fetch(f"{partner}/slow")
