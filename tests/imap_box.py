"""An IMAP server of a test: as much of RFC 3501 as reading unseen messages takes."""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Handler(socketserver.StreamRequestHandler):
    """One connection."""

    server: Any

    def setup(self) -> None:
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        while line := self.rfile.readline():
            tag, _space, said = line.strip().partition(b" ")
            self.server.said.append(said.decode())
            self.answer(tag, said)

    def answer(self, tag: bytes, said: bytes) -> None:
        box: dict[int, bytes] = self.server.box
        if said == b"CAPABILITY":
            self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif said.startswith(b"LOGIN") and b"secret" not in said:
            self.wfile.write(tag + b" NO wrong password\r\n")
            return
        elif said == b"UID SEARCH UNSEEN":
            unseen = " ".join(str(uid) for uid in box if uid not in self.server.seen)
            self.wfile.write(f"* SEARCH {unseen}\r\n".encode())
        elif found := re.match(rb"UID FETCH (\d+) .*<0\.(\d+)>", said):
            content = box[int(found[1])][: int(found[2])]
            head = b"* 1 FETCH (UID %s BODY[]<0> {%d}\r\n" % (found[1], len(content))
            self.wfile.write(head + content + b")\r\n")
        elif found := re.match(rb"UID STORE (\d+) ", said):
            self.server.seen.add(int(found[1]))
        self.wfile.write(tag + b" OK done\r\n")


class Server(socketserver.ThreadingTCPServer):
    """Quiet about those who do not trust it."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up."""


@contextmanager
def serving(box: dict[int, bytes], context: ssl.SSLContext) -> Iterator[Any]:
    """The server, with `said`, `seen` and its port."""
    server: Any = Server(("127.0.0.1", 0), Handler)
    server.box, server.context, server.said, server.seen = box, context, [], set()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
