"""Asking a WSGI application, and a small one that counts how often it is asked."""

import io
import time
from collections.abc import Callable, Iterable
from typing import Any

from contactpoint.kit.headers import VIEW

BODY = b"<p>What the network knows.</p>" * 20
HTML = ("Content-Type", "text/html; charset=utf-8")


class Site:
    """An application that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.status, self.headers, self.body = "200 OK", [HTML], BODY
        self.view = "contactpoint.kit.serving"
        self.wait = 0.0
        self.meanwhile: Callable[[], object] = lambda: None

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.asked += 1
        environ[VIEW] = self.view
        time.sleep(self.wait)
        self.meanwhile()
        start(self.status, list(self.headers))
        return [self.body]


def asked(application: Any, path: str, **more: str) -> tuple[str, dict[str, str], bytes]:
    """What a WSGI application answers to a GET."""
    path, _, query = path.partition("?")
    told: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], _problem: Any = None) -> None:
        told[:] = [status, {name.lower(): value for name, value in headers}]

    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", **more,
    }  # fmt: skip
    parts = application(environ, start)
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    return told[0], told[1], body
