"""A server of Mastodon and one of Bluesky, of our own: strict, small, and ready to misbehave.

    python social_networks.py FOLDER      both in a process of their own; prints the two ports

They note what they are given in FOLDER (a line of JSON for each request), so that a test sees what
came, whoever sent it. What goes wrong is read anew for each request from `FOLDER/wrong.json`, as
`{"POST /api/v1/statuses": ["500", "429:7", "slow", "deaf"]}`, and each is done once. `deaf` does
what was asked, and answers nothing.
"""

import base64
import hashlib
import html
import json
import re
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "mastodon-token-very-secret"
ACCOUNT, PASSWORD = "portal.test", "abcd-efgh-ijkl-mnop"
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
KEY_HOUR = 3600.0
PNG = b"\x89PNG\r\n\x1a\n"
TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


class RefusedError(Exception):
    """An answer that isn't 200."""

    def __init__(self, status: int, said: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.said, self.headers = status, said, headers or {}


@dataclass
class World:
    """What a server knows; `now` may be moved."""

    folder: Path
    later: float = 0.0
    lock: Any = field(default_factory=threading.RLock)

    def now(self) -> float:
        kept = self.folder / "later.txt"
        return time.time() + (float(kept.read_text()) if kept.exists() else 0.0)

    def moment(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="milliseconds")

    def note(self, **what: Any) -> None:
        with self.lock, (self.folder / "seen.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(what) + "\n")

    def wrong(self, request: str) -> str:
        with self.lock:
            path = self.folder / "wrong.json"
            if not path.exists():
                return ""
            plans = json.loads(path.read_text(encoding="utf-8"))
            found = plans.get(request) or [""]
            first = found.pop(0)
            path.write_text(json.dumps(plans), encoding="utf-8")
            return str(first)


class Handler(BaseHTTPRequestHandler):
    """Answers JSON; misbehaves on demand."""

    protocol_version = "HTTP/1.1"
    world: World
    routes: list[tuple[str, str, Callable[..., Any]]]

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_DELETE = do_GET  # noqa: N815 — the library's names

    def log_message(self, *_args: Any) -> None:
        """Quiet."""

    def _answer(self) -> None:
        parts = urlsplit(self.path)
        path = parts.path.rstrip("/")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        wrong = self.world.wrong(f"{self.command} {path}")
        self.world.note(
            request=f"{self.command} {path}", wrong=wrong,
            key=self.headers.get("Idempotency-Key", ""), at=self.world.now(),
        )  # fmt: skip
        try:
            if wrong.isdecimal():
                raise RefusedError(int(wrong), {"error": "Oops", "message": "Something broke"})
            if wrong.startswith("429:"):
                headers = {"Retry-After": wrong[4:]}
                said = {"error": "RateLimitExceeded", "message": "Too many requests"}
                raise RefusedError(429, said, headers)
            if wrong.startswith("redirect:"):
                raise RefusedError(302, {}, {"Location": wrong.removeprefix("redirect:")})
            if wrong == "slow":
                time.sleep(30)
            if wrong == "hang up":
                self.close_connection = True
                return
            if wrong == "nonsense":
                self._write(200, b"<html>Welcome</html>", {"Content-Type": "text/html"})
                return
            with self.world.lock:
                said = self._routed(path, parse_qs(parts.query), body)
            if wrong == "deaf":
                time.sleep(30)
                self.close_connection = True
                return
            self._json(200, said)
        except RefusedError as refusal:
            self._json(refusal.status, refusal.said, refusal.headers)

    def _routed(self, path: str, query: dict[str, list[str]], body: bytes) -> Any:
        for method, pattern, function in self.routes:
            match = re.fullmatch(pattern, path)
            if match and method == self.command:
                return function(self, query, body, *match.groups())
        raise RefusedError(404, {"error": "Record not found"})

    def _json(self, status: int, said: Any, headers: dict[str, str] | None = None) -> None:
        given = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
        self._write(status, json.dumps(said).encode(), given)

    def _write(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def parsed_json(self, body: bytes) -> Any:
        if not (self.headers.get("Content-Type") or "").startswith("application/json"):
            raise RefusedError(400, {"error": "InvalidRequest", "message": "JSON is wanted"})
        return json.loads(body)

    def form(self, body: bytes) -> dict[str, Any]:
        """Fields of either kind of form; a file as its bytes and type."""
        kind = self.headers.get("Content-Type") or ""
        if kind.startswith("application/x-www-form-urlencoded"):
            return {name: values if name.endswith("[]") else values[0]
                    for name, values in parse_qs(body.decode()).items()}  # fmt: skip
        if not kind.startswith("multipart/form-data"):
            return {}
        message = BytesParser(policy=HTTP).parsebytes(
            b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body
        )
        found: dict[str, Any] = {}
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            data = part.get_payload(decode=True)
            if part.get_filename():
                found[name] = (part.get_content_type(), data)
            else:
                found[name] = data.decode()
        return found


# --- Mastodon ---


@dataclass
class Mastodon:
    """Statuses and media of one account."""

    world: World
    base: str = ""
    most: int = 500
    scopes: tuple[str, ...] = ("profile", "read:statuses", "write:media", "write:statuses")
    statuses: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, tuple[float, str]] = field(default_factory=dict)
    number: int = 110_000_000_000_000_000

    def next(self) -> str:
        self.number += 1
        return str(self.number)

    def signed_in(self, handler: Handler) -> None:
        if handler.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise RefusedError(401, {"error": "The access token is invalid"})

    def instance(self, handler: Handler, *_rest: Any) -> Any:
        statuses = {"max_characters": self.most, "max_media_attachments": 4,
                    "characters_reserved_per_url": 23}  # fmt: skip
        return {"domain": "mastodon.test", "title": "Test", "version": "4.5.0",
                "configuration": {"statuses": statuses}}  # fmt: skip

    def me(self, handler: Handler, *_rest: Any) -> Any:
        self.signed_in(handler)
        return {"id": "1", "username": "portal", "acct": "portal", "url": f"{self.base}/@portal"}

    def application(self, handler: Handler, *_rest: Any) -> Any:
        self.signed_in(handler)
        return {"name": "Contactpoint", "scopes": self.scopes}

    def upload(self, handler: Handler, _query: Any, body: bytes) -> Any:
        self.signed_in(handler)
        form = handler.form(body)
        kind, data = form.get("file", ("", b""))
        if kind not in ("image/png", "image/jpeg") or (kind == "image/png") != data.startswith(PNG):
            raise RefusedError(422, {"error": "Validation failed: File is not supported"})
        if len(data) > 16_000_000 or len(form.get("description", "")) > 1_500:
            raise RefusedError(422, {"error": "Validation failed: too large"})
        number = self.next()
        self.media[number] = {"id": number, "type": "image", "url": None, "bytes": len(data),
                              "description": form.get("description"), "looks": 0}  # fmt: skip
        return self.media[number]

    def looked(self, handler: Handler, _query: Any, _body: bytes, number: str) -> Any:
        self.signed_in(handler)
        found = self.media.get(number)
        if found is None:
            raise RefusedError(404, {"error": "Record not found"})
        found["looks"] += 1
        found["url"] = f"{self.base}/media/{number}.png"
        return found

    def post(self, handler: Handler, _query: Any, body: bytes) -> Any:
        self.signed_in(handler)
        key = handler.headers.get("Idempotency-Key") or ""
        kept = self.keys.get(key)
        if key and kept and self.world.now() - kept[0] < KEY_HOUR:
            return self.statuses[kept[1]]
        form = handler.form(body)
        text = form.get("status", "")
        if not text or length(text) > self.most:
            raise RefusedError(422, {"error": "Validation failed: Text character limit exceeded"})
        media = [self.media[one] for one in form.get("media_ids[]", [])]
        if any(one["url"] is None for one in media):
            raise RefusedError(422, {"error": "Cannot attach files that have not finished"})
        number = self.next()
        self.statuses[number] = {
            "id": number, "created_at": self.world.moment(), "content": as_html(text),
            "visibility": form.get("visibility"), "language": form.get("language"),
            "url": f"{self.base}/@portal/{number}", "uri": f"{self.base}/users/portal/{number}",
            "media_attachments": media, "account": self.me(handler), "written": text,
        }  # fmt: skip
        self.keys[key] = (self.world.now(), number)
        self.world.note(posted=number, network="mastodon", text=text)
        return self.statuses[number]

    def listed(self, handler: Handler, *_rest: Any) -> Any:
        self.signed_in(handler)
        return list(self.statuses.values())[::-1][:40]

    def delete(self, handler: Handler, _query: Any, _body: bytes, number: str) -> Any:
        self.signed_in(handler)
        if number not in self.statuses:
            raise RefusedError(404, {"error": "Record not found"})
        self.world.note(deleted=number, network="mastodon")
        return self.statuses.pop(number)

    @property
    def routes(self) -> list[tuple[str, str, Callable[..., Any]]]:
        return [
            ("GET", "/api/v2/instance", self.instance),
            ("GET", "/api/v1/accounts/verify_credentials", self.me),
            ("GET", "/api/v1/apps/verify_credentials", self.application),
            ("GET", "/api/v1/accounts/1/statuses", self.listed),
            ("POST", "/api/v2/media", self.upload),
            ("GET", r"/api/v1/media/(\d+)", self.looked),
            ("POST", "/api/v1/statuses", self.post),
            ("DELETE", r"/api/v1/statuses/(\d+)", self.delete),
        ]


def length(text: str) -> int:
    """As Mastodon counts, for letters that are one code point each."""
    return len(re.sub(r"https?://\S+", "x" * 23, text))


def as_html(text: str) -> str:
    """As Mastodon renders a status."""

    def linked(match: "re.Match[str]") -> str:
        scheme, rest = match[1], match[2]
        return (f'<a href="{match[0]}" rel="nofollow"><span class="invisible">{scheme}</span>'
                f'<span class="ellipsis">{rest[:30]}</span>'
                f'<span class="invisible">{rest[30:]}</span></a>')  # fmt: skip

    said = re.sub(r"(https?://)([^\s<]+)", linked, html.escape(text, quote=False))
    said = re.sub(r"(@\w+)@[\w.]+", r'<span class="h-card"><a href="/x">\1</a></span>', said)
    said = re.sub(
        r"#(\w+)", r'<a href="/tags/\1" class="mention hashtag">#<span>\1</span></a>', said
    )
    return "".join(f"<p>{one.replace(chr(10), '<br />')}</p>" for one in said.split("\n\n"))


# --- Bluesky ---


@dataclass
class Bluesky:
    """The repository of one account, behind sessions that end."""

    world: World
    base: str = ""
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    blobs: dict[str, int] = field(default_factory=dict)
    access: set[str] = field(default_factory=set)
    refreshing: set[str] = field(default_factory=set)

    def session(self) -> dict[str, Any]:
        access, refresh = jwt(self.world.now() + 7200), jwt(self.world.now() + 90 * 86_400)
        self.access.add(access)
        self.refreshing.add(refresh)
        document = {
            "@context": ["https://www.w3.org/ns/did/v1"], "id": DID, "alsoKnownAs": [],
            "verificationMethod": [],
            "service": [{"id": "#atproto_pds", "type": "AtprotoPersonalDataServer",
                         "serviceEndpoint": "https://elsewhere.example"}],
        }  # fmt: skip
        return {"accessJwt": access, "refreshJwt": refresh, "handle": ACCOUNT, "did": DID,
                "didDoc": document, "active": True}  # fmt: skip

    def bearer(self, handler: Handler) -> str:
        return (handler.headers.get("Authorization") or "").removeprefix("Bearer ")

    def signed_in(self, handler: Handler) -> None:
        token = self.bearer(handler)
        if token not in self.access:
            raise RefusedError(401, {"error": "AuthMissing", "message": "Authentication Required"})
        if expires(token) < self.world.now():
            raise RefusedError(400, {"error": "ExpiredToken", "message": "Token has expired"})

    def sign_in(self, handler: Handler, _query: Any, body: bytes) -> Any:
        given = handler.parsed_json(body)
        if (given.get("identifier"), given.get("password")) != (ACCOUNT, PASSWORD):
            said = {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
            raise RefusedError(401, said)
        return self.session()

    def refresh(self, handler: Handler, *_rest: Any) -> Any:
        token = self.bearer(handler)
        if token not in self.refreshing:
            raise RefusedError(400, {"error": "InvalidToken", "message": "Token is no refresh"})
        self.refreshing.discard(token)
        return self.session()

    def who(self, handler: Handler, *_rest: Any) -> Any:
        self.signed_in(handler)
        return {"handle": ACCOUNT, "did": DID, "active": True}

    def upload(self, handler: Handler, _query: Any, body: bytes) -> Any:
        self.signed_in(handler)
        kind = handler.headers.get("Content-Type") or ""
        if not kind.startswith("image/") or (kind == "image/png") != body.startswith(PNG):
            raise RefusedError(400, {"error": "InvalidMimeType", "message": "No such picture"})
        digest = hashlib.sha256(body).digest()
        link = "b" + base64.b32encode(b"\x01\x55\x12\x20" + digest).decode().lower().rstrip("=")
        self.blobs[link] = len(body)
        blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": kind, "size": len(body)}
        return {"blob": blob}

    def create(self, handler: Handler, _query: Any, body: bytes) -> Any:
        self.signed_in(handler)
        given = handler.parsed_json(body)
        key, record = given.get("rkey"), given["record"]
        if given["repo"] != DID or given["collection"] != "app.bsky.feed.post":
            raise RefusedError(400, {"error": "InvalidRequest", "message": "Wrong repository"})
        if not TID.fullmatch(key or ""):
            raise RefusedError(400, {"error": "InvalidRequest", "message": "Invalid record key"})
        if key in self.records:
            raise RefusedError(500, {"error": "InternalServerError", "message": "Internal"})
        self._validate(record)
        self.records[key] = record
        self.world.note(posted=key, network="bluesky", text=record["text"])
        return {"uri": f"at://{DID}/app.bsky.feed.post/{key}", "cid": "bafyreib"}

    def _validate(self, record: dict[str, Any]) -> None:
        text = record["text"].encode()
        if record.get("$type") != "app.bsky.feed.post" or len(text) > 3_000:
            raise RefusedError(400, {"error": "InvalidRequest", "message": "Invalid record"})
        if len(record["text"]) > 300:  # texts of the tests have letters of one code point each
            raise RefusedError(400, {"error": "InvalidRequest", "message": "Record too long"})
        datetime.fromisoformat(record["createdAt"])
        for facet in record.get("facets") or []:
            index, feature = facet["index"], facet["features"][0]
            piece = text[index["byteStart"] : index["byteEnd"]].decode()
            wanted = feature.get("uri") or f"#{feature['tag']}"
            if piece != wanted:
                raise RefusedError(400, {"error": "InvalidRequest", "message": f"Facet {piece}"})
        for image in (record.get("embed") or {}).get("images", []):
            if self.blobs.get(image["image"]["ref"]["$link"], 10**9) > 1_000_000:
                raise RefusedError(400, {"error": "BlobTooLarge", "message": "Blob too large"})

    def get(self, handler: Handler, query: dict[str, list[str]], _body: bytes) -> Any:
        key = query["rkey"][0]
        if key not in self.records:
            raise RefusedError(400, {"error": "RecordNotFound", "message": "Could not locate"})
        return {"uri": f"at://{DID}/app.bsky.feed.post/{key}", "cid": "bafyreib",
                "value": self.records[key]}  # fmt: skip

    def delete(self, handler: Handler, _query: Any, body: bytes) -> Any:
        self.signed_in(handler)
        key = handler.parsed_json(body)["rkey"]
        if self.records.pop(key, None):
            self.world.note(deleted=key, network="bluesky")
        return {}

    @property
    def routes(self) -> list[tuple[str, str, Callable[..., Any]]]:
        of = "/xrpc/com.atproto"
        return [
            ("POST", f"{of}.server.createSession", self.sign_in),
            ("POST", f"{of}.server.refreshSession", self.refresh),
            ("GET", f"{of}.server.getSession", self.who),
            ("POST", f"{of}.repo.uploadBlob", self.upload),
            ("POST", f"{of}.repo.createRecord", self.create),
            ("GET", f"{of}.repo.getRecord", self.get),
            ("POST", f"{of}.repo.deleteRecord", self.delete),
        ]


def jwt(until: float) -> str:
    """A token as the library reads it: only its end matters to it."""
    parts = [{"alg": "HS256"}, {"exp": int(until), "sub": DID, "jti": uuid.uuid4().hex}]
    coded = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=")
             for one in parts]  # fmt: skip
    return ".".join([*coded, "c2lnbmF0dXJl"])


def expires(token: str) -> float:
    payload = token.split(".")[1]
    return float(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["exp"])


# --- both ---


@dataclass
class Networks:
    """Both servers, and what a test says to them."""

    folder: Path
    mastodon: Mastodon
    bluesky: Bluesky

    @property
    def hosts(self) -> frozenset[str]:
        return frozenset(urlsplit(one.base).netloc for one in (self.mastodon, self.bluesky))

    @property
    def channels(self) -> dict[str, dict[str, Any]]:
        """As `CONTACTPOINT_SOCIAL` would have them."""
        return channels_at(self.mastodon.base, self.bluesky.base)

    def misbehave(self, **plans: list[str]) -> None:
        """By names such as `status`, `record`."""
        known = {
            "status": "POST /api/v1/statuses",
            "statuses": "GET /api/v1/accounts/1/statuses",
            "media": "POST /api/v2/media",
            "record": "POST /xrpc/com.atproto.repo.createRecord",
            "session": "POST /xrpc/com.atproto.server.createSession",
            "blob": "POST /xrpc/com.atproto.repo.uploadBlob",
            "removal": "DELETE /api/v1/statuses/110000000000000001",
        }
        said = {known[name]: plan for name, plan in plans.items()}
        (self.folder / "wrong.json").write_text(json.dumps(said), encoding="utf-8")

    def go_on(self, seconds: float) -> None:
        """The servers' clocks."""
        (self.folder / "later.txt").write_text(str(seconds))

    def seen(self, what: str) -> list[dict[str, Any]]:
        return [one for one in noted(self.folder) if what in one]

    def requests(self, end: str) -> int:
        return sum(1 for one in self.seen("request") if one["request"].endswith(end))


def channels_at(mastodon: str, bluesky: str) -> dict[str, dict[str, Any]]:
    """Settings of two accounts."""
    return {
        "fediverse": {"network": "mastodon", "server": mastodon, "account": "", "token": TOKEN,
                      "label": "", "languages": ()},
        "sky": {"network": "bluesky", "server": bluesky, "account": ACCOUNT, "token": PASSWORD,
                "label": "", "languages": ()},
    }  # fmt: skip


def noted(folder: Path) -> list[dict[str, Any]]:
    path = folder / "seen.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@contextmanager
def networks(folder: Path) -> Iterator[Networks]:
    """Both, in threads."""
    world = World(folder)
    made = Networks(folder, Mastodon(world), Bluesky(world))
    servers = []
    for one in (made.mastodon, made.bluesky):
        handler = type("One", (Handler,), {"world": world, "routes": one.routes})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        one.base = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        servers.append(server)
    try:
        yield made
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


if __name__ == "__main__":
    with networks(Path(sys.argv[1])) as both:
        sys.stdout.write(f"{both.mastodon.base} {both.bluesky.base}\n")
        sys.stdout.flush()
        threading.Event().wait()
