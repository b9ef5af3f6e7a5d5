"""Small servers that behave like nodes of a cluster: well, busy, slow, broken, gone."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Say = Callable[["Node"], tuple[int, Any]]


class Node(ThreadingHTTPServer):
    """Answers each request as `say` tells, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self, say: Say) -> None:
        self.say = say
        self.asked: list[tuple[str, str, bytes]] = []
        self.logins: list[str | None] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, *_request: object) -> None:
        """A client that breaks off is part of a test."""

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Node

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, body))
        self.server.logins.append(self.headers.get("Authorization"))
        status, told = self.server.say(self.server)
        if status == 0:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        answer = told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 — the library's names

    def log_message(self, *_arguments: object) -> None:
        """Silence."""


@pytest.fixture
def node() -> Iterator[Callable[[Say], Node]]:
    """Starts a node; it stops with the test."""
    started: list[Node] = []

    def start(say: Say) -> Node:
        server = Node(say)
        started.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def gone() -> str:
    """Where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"
