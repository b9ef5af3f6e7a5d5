"""The web servers say that the database is away: nginx passes that on, and kept pages, too."""

import http.client
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from a_machine import within
from nginxes import free_port
from shipped_nginx import command, configure

NONE, KEPT = "/en/nobody-asked-before/", "/en/"


class Portal(BaseHTTPRequestHandler):
    """One without its database."""

    protocol_version = "HTTP/1.1"
    asked: Counter[str] = Counter()

    def do_GET(self) -> None:
        """What it kept it gives."""
        self.asked[f"{self.command} {self.path}"] += 1
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200 if self.path == KEPT else 503)
        self.send_header("Retry-After", "10")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET  # noqa: N815 — as http.server calls it

    def log_message(self, *_told: object) -> None:
        """To nobody."""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """nginx as it is shipped, before two of them."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Portal) for _one in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    port = free_port()
    upstream = configure(tmp_path, port, [str(server.server_port) for server in servers])
    (tmp_path / "upstream.conf").write_text(upstream)
    Portal.asked.clear()
    nginx = subprocess.Popen(command(tmp_path))
    assert within(20, (tmp_path / "nginx.pid").exists)
    yield port
    nginx.terminate()
    nginx.wait(20)
    for server in servers:
        server.shutdown()
        server.server_close()


def asked(port: int, path: str, method: str = "GET") -> tuple[int, str | None]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(method, path, body=b"name=value" if method == "POST" else None)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, answer.getheader("Retry-After")


def test_readers_are_told_when_to_come_again_and_get_what_is_kept(port: int) -> None:
    for _time in range(4):
        assert asked(port, NONE) == (503, "10")
        assert asked(port, KEPT)[0] == 200
        assert asked(port, NONE, "POST") == (503, "10")
    assert Portal.asked[f"POST {NONE}"] == 4, "what may change something is sent once"
