"""A line to a server that a test can cut: what is sent stays where it is, or nobody answers."""

import contextlib
import re
import socket
import threading
from urllib.parse import urlsplit

_KEY = re.compile(rb"(K\0\0\0\x0c)....", re.DOTALL)
"""PostgreSQL's message that tells the number of the process at its end."""


class Line:
    """Passes on what comes to `address`, which is the server's but for the port."""

    def __init__(self, server: str, *, is_pooler: bool = False) -> None:
        """A pooler tells who calls a process number of its own."""
        self._is_pooler = is_pooler
        parts = urlsplit(server)
        self._server = (parts.hostname, parts.port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        self.port = port
        self.address = server.replace(f":{parts.port}", f":{port}")
        self._open = threading.Event()
        self._open.set()
        self._is_there = True
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """From here on nothing passes, and nobody is told."""
        self._open.clear()

    def mend(self) -> None:
        """All that was sent meanwhile passes."""
        self._open.set()

    def away(self) -> None:
        """Everybody is hung up on, and whoever calls, too."""
        self._is_there = False
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def back(self) -> None:
        """Calls are taken again."""
        self._is_there = True

    def close(self) -> None:
        """The line is gone."""
        self.away()
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._listening.accept()
                if not self._is_there:
                    near.close()
                    continue
                far = socket.create_connection(self._server)
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                self._open.wait()
                if self._is_pooler:
                    data = _KEY.sub(b"\\1\\0\\0\\0\\7", data)
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
