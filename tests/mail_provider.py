"""A mail provider's interface on a free port: Anymail speaks with it over HTTP as always."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from contactpoint.config.outgoing import outgoing

SECRET = "events:a-secret-of-twenty-letters"
Answer = tuple[int, Any]
TAKEN: dict[str, Answer] = {
    "mailgun": (200, {"id": "<1@mg.example.org>", "message": "Queued. Thank you."}),
    "postmark": (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "1"}),
    "brevo": (201, {"messageId": "<1@smtp-relay.example.org>"}),
    "mailjet": (200, {"Messages": [{"Status": "success", "To": []}]}),
    "mailtrap": (200, {"success": True, "message_ids": ["1"]}),
    "mandrill": (200, [{"email": "anna@example.org", "status": "sent", "_id": "1"}]),
    "resend": (200, {"id": "1"}),
    "scaleway": (200, {"emails": [{"mail_rcpt": "anna@example.org", "message_id": "1",
                                   "status": "new"}]}),
    "sendgrid": (202, ""),
    "sparkpost": (200, {"results": {"total_accepted_recipients": 1,
                                    "total_rejected_recipients": 0, "id": "1"}}),
    "unisender-go": (200, {"status": "success", "emails": ["anna@example.org"], "job_id": "1",
                           "failed_emails": {}}),
}  # fmt: skip
HANG_UP = (0, "")
"""It takes the message and says nothing."""


@dataclass
class Provider:
    """What it was asked, and what it says next."""

    name: str
    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    connections: set[int] = field(default_factory=set)

    @property
    def texts(self) -> list[str]:
        """What was asked, whatever form it has."""
        return [content.decode() for _headers, content in self.asked]

    def form(self, number: int = -1) -> dict[str, str]:
        """Of a provider that is sent a form (Mailgun)."""
        headers, content = self.asked[number]
        if headers["Content-Type"].startswith("application/x-www-form-urlencoded"):
            return dict(parse_qsl(content.decode()))
        head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
        message = message_from_bytes(head + content, policy=policy.default)
        return {
            str(part.get_param("name", header="Content-Disposition")): part.get_content().strip()
            for part in message.iter_parts()
        }

    def data(self, number: int = -1) -> Any:
        """Of one that is sent JSON."""
        return json.loads(self.asked[number][1])


@contextmanager
def provided(settings: Any, name: str = "mailgun", more: str = "") -> Iterator[Provider]:
    """The settings lead to it, as if an operator had written so."""
    provider = Provider(name)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            provider.asked.append((dict(self.headers), content))
            provider.connections.add(self.client_address[1])
            status, said = provider.answers.pop(0) if provider.answers else TAKEN[name]
            if (status, said) == HANG_UP:
                self.close_connection = True
                return
            body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Not into the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    provider.url = f"http://127.0.0.1:{server.server_port}/"
    keys = "&".join(f"{one}=KEY" for one in KEYS[name])
    found = outgoing(f"{name}://?{keys}&api_url={provider.url}&{more}")
    settings.EMAIL_BACKEND, settings.MAIL_PROVIDER = found.backend, found.provider
    settings.MAIL_EVENTS, settings.ANYMAIL = found.events, dict(found.anymail)
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


KEYS = {
    "brevo": ["api_key"],
    "mailgun": ["api_key"],
    "mandrill": ["api_key"],
    "resend": ["api_key"],
    "sendgrid": ["api_key"],
    "sparkpost": ["api_key"],
    "mailjet": ["api_key", "secret_key"],
    "mailtrap": ["api_token"],
    "postmark": ["server_token"],
    "scaleway": ["secret_key", "project_id"],
    "unisender-go": ["api_key"],
}
