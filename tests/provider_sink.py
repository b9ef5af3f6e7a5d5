"""A mail provider that takes all and counts, in the manner of Mailgun: a mail is stored when its
request has been read, before the answer. A process of its own, as `mail_sink` is.

    python provider_sink.py FILE     prints its port; writes down `recipient message-id` a line each
"""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs


class Dialogue(BaseHTTPRequestHandler):
    """As little of the interface as a sender needs."""

    protocol_version = "HTTP/1.1"
    kept: Path
    lock = threading.Lock()

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        with self.lock, self.kept.open("a", encoding="ascii") as file:
            file.write(f"{form['to'][0]} {form['h:Message-Id'][0]}\n")
        body = b'{"id": "<1@mg.example.org>", "message": "Queued."}'
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        self.wfile.write(head + body)  # in one piece, or it waits for an acknowledgement

    def log_message(self, *_args: object) -> None:
        """Nothing but the mails is written down."""


if __name__ == "__main__":
    Dialogue.kept = Path(sys.argv[1])
    with ThreadingHTTPServer(("127.0.0.1", 0), Dialogue) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()
