"""Speaks HTTP with a cluster: to the next node where one does not answer.

Everything that we ask may be asked twice without harm (a write says which version it writes), so
whatever breaks on the way is asked again, of another node, until patience ends. Nothing of a
request is logged: a question holds a reader's words.
"""

import itertools
import json
import os
import ssl
import time
from base64 import b64encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from contactpoint.search.engines.base import EngineError, UnavailableError
from contactpoint.search.engines.opensearch.address import Address

CONNECTING: Final = 1.0
"""Seconds in which a node must take a connection."""
RESTING: Final = 10.0
"""Seconds for which a node that took none is asked after all others."""
ROUNDS: Final = 5
"""How often a reader's question goes around all nodes; between them it waits 1.5 s in all."""
WRITING: Final = 120.0
"""Seconds in which a write is done or given up: a new primary is found within one or two."""
BUSY: Final = frozenset({429, 502, 503, 504})


class Reply(NamedTuple):
    """The status and the JSON of an answer."""

    status: int
    body: Any


class RefusedError(EngineError):
    """The cluster says that it can't do this; `kind` is its own word for why."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        super().__init__(f"OpenSearch refuses: {reason or kind or status}.")
        self.status = status
        self.kind = kind


@dataclass(slots=True)
class _Node:
    pool: urllib3.HTTPConnectionPool
    resting_until: float = 0.0


class Client:
    """The nodes of one cluster; may be used by many threads, and after a fork."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._process = 0
        self._nodes: list[_Node] = []
        self._turns = itertools.count()
        self._headers = {"Content-Type": "application/json"}
        if address.user:
            login = f"{address.user}:{address.password}".encode()
            self._headers["Authorization"] = f"Basic {b64encode(login).decode()}"

    def read(
        self, method: str, path: str, body: Any = None, *, allowed: Collection[int] = ()
    ) -> Reply:
        """Ask for a reader who waits: gives up after a few rounds."""
        return self._ask(
            method, path, _encoded(body), allowed, patience=self.address.timeout, rounds=ROUNDS
        )

    def write(
        self, method: str, path: str, body: Any = None, *, allowed: Collection[int] = ()
    ) -> Reply:
        """Ask for a change: waits while the cluster mends itself."""
        return self._ask(method, path, _encoded(body), allowed, patience=WRITING)

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | None,
        allowed: Collection[int],
        *,
        patience: float,
        rounds: int = 0,
    ) -> Reply:
        """`rounds` 0: as many as patience allows. Statuses in `allowed` are no error."""
        deadline = time.monotonic() + patience * (2 if rounds else 1)
        pause = 0.1
        trouble = "does not answer"
        for turn in itertools.count(1):
            for node in self._order():
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                timeout = urllib3.Timeout(connect=min(CONNECTING, left), read=min(patience, left))
                try:
                    response = node.pool.request(
                        method, path, body=body, headers=self._headers, timeout=timeout,
                        retries=False, redirect=False,
                    )  # fmt: skip
                except HTTPError as error:
                    trouble = _told(error)
                    if not isinstance(error, ReadTimeoutError):
                        node.resting_until = time.monotonic() + RESTING
                    continue
                node.resting_until = 0.0
                if response.status in BUSY and response.status not in allowed:
                    trouble = f"is busy or incomplete (status {response.status})"
                    continue
                return _reply(response, allowed)
            if turn == rounds or time.monotonic() + pause > deadline:
                raise UnavailableError(f"The search cluster {trouble}.")
            time.sleep(pause)
            pause = min(pause * 2, 2.0)
        raise AssertionError("counting ends never")

    def _order(self) -> list[_Node]:
        """All nodes, each time another first; those that took no connection come last."""
        nodes = self._opened()
        first = next(self._turns) % len(nodes)
        now = time.monotonic()
        turned = nodes[first:] + nodes[:first]
        return sorted(turned, key=lambda node: node.resting_until > now)

    def _opened(self) -> list[_Node]:
        """Connections are of one process: after a fork there are new ones."""
        if self._process != os.getpid():
            self._nodes = [_Node(self._pool(host, port)) for host, port in self.address.hosts]
            self._process = os.getpid()
        return self._nodes

    def _pool(self, host: str, port: int) -> urllib3.HTTPConnectionPool:
        if not self.address.tls:
            return urllib3.HTTPConnectionPool(host, port, maxsize=8)
        try:
            trust = ssl.create_default_context(cafile=self.address.ca or None)
        except (OSError, ssl.SSLError):
            raise UnavailableError(
                f"The certificates in {self.address.ca} can't be read."
            ) from None
        return urllib3.HTTPSConnectionPool(host, port, maxsize=8, ssl_context=trust)


def lines(parts: Iterable[Any]) -> bytes:
    """JSON, one value a line, as bulk and multiple requests take it."""
    return b"".join(encode(part) + b"\n" for part in parts)


def encode(value: Any) -> bytes:
    """JSON in UTF-8; half a surrogate pair, which some PDF files hold, becomes a question mark."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _encoded(body: Any) -> bytes | None:
    return body if body is None or isinstance(body, bytes) else encode(body)


def _told(error: HTTPError) -> str:
    if isinstance(error, SSLError):
        return "shows a certificate that is not trusted, or speaks no TLS"
    if isinstance(error, ReadTimeoutError):
        return "takes too long to answer"
    if isinstance(error, NewConnectionError | ConnectTimeoutError):
        return "does not answer"
    return "breaks off while it answers"


def _reply(response: urllib3.BaseHTTPResponse, allowed: Collection[int]) -> Reply:
    status = response.status
    try:
        body = json.loads(response.data) if response.data else None
    except ValueError:
        if status < 300:
            raise UnavailableError("What answers is not an OpenSearch cluster.") from None
        body = None
    if status < 300 or status in allowed:
        return Reply(status, body)
    if status in {401, 403}:
        raise UnavailableError("The search cluster refuses our name and password.")
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        raise RefusedError(status, "", str(error or ""))
    causes = error.get("root_cause") or [error]
    raise RefusedError(status, str(error.get("type", "")), str(causes[0].get("reason", "")))
