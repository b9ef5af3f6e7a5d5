"""One writer of an index at a time, in all processes of all machines.

A document in the cluster says who writes, and until when; it is renewed while the writer is open. A
writer that was killed is followed at once on its own machine, where we see that it is gone, and
elsewhere when its lease ends. Clocks of machines must agree to within some seconds.
"""

import os
import socket
import threading
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from contactpoint.search.engines.base import LockedError, UnavailableError
from contactpoint.search.engines.opensearch.client import Client, RefusedError, Reply

LEASE: Final = 30.0
"""Seconds for which a lock holds without being renewed; it is renewed three times as often."""
COPIES_WITHIN: Final = "5s"
"""How long a new index may take until all its copies are there."""


class Lock:
    """The right to write one index; `LockedError` where another process has it or took it."""

    def __init__(self, client: Client, name: str) -> None:
        self._client = client
        self._index = f"{client.address.prefix}.writers"
        self._path = f"/{self._index}/_doc/{name}"
        self._owner = uuid.uuid4().hex
        self._version = ""
        self._renewed = 0.0
        self._lost = False
        self._guard = threading.Lock()
        self._ended = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="search-lock", daemon=True)

    def __enter__(self) -> "Lock":
        reply = self._client.write("GET", self._path, allowed={404})
        if reply.status == 404 and "error" in reply.body:
            self._create_index()
        elif reply.status == 200:
            holder = reply.body["_source"]
            if _alive(holder):
                raise LockedError(f"{holder['who']} is writing this index.")
            self._version = _version(reply)
        self._take()
        self._heart.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Whoever can't be told in time sees the lease end."""
        self._ended.set()
        self._heart.join()
        if not self._lost:
            with suppress(UnavailableError):
                self._client.read("DELETE", f"{self._path}?{self._version}", allowed={404, 409})

    def hold(self) -> None:
        """Make sure that the lock is still ours before something is written."""
        with self._guard:
            if self._lost:
                raise LockedError("Another process has taken over the writing of this index.")
            if time.monotonic() - self._renewed > LEASE / 2:
                self._take()

    def _create_index(self) -> None:
        settings = {"number_of_shards": 1, "number_of_replicas": self._client.address.replicas}
        body = {"settings": {"index": settings}, "mappings": {"dynamic": False}}
        create_index(self._client, self._index, body)

    def _take(self) -> None:
        began = time.monotonic()
        body = {
            "owner": self._owner,
            "who": f"Process {os.getpid()} on {socket.gethostname()}",
            "place": _place(),
            "process": os.getpid(),
            "started": _started(os.getpid()),
            "until": time.time() + LEASE,
        }
        condition = self._version or "op_type=create"
        reply = self._client.write("PUT", f"{self._path}?{condition}", body, allowed={409})
        if reply.status == 409:
            # Ours, if the answer to an earlier try was lost on the way.
            reply = self._client.write("GET", self._path, allowed={404})
            if reply.status == 404 or reply.body["_source"]["owner"] != self._owner:
                self._lost = True
                raise LockedError("Another process is writing this index.")
        self._version = _version(reply)
        self._renewed = began

    def _beat(self) -> None:
        while not self._ended.wait(LEASE / 3):
            try:
                with self._guard:
                    self._take()
            except UnavailableError:
                continue
            except (LockedError, RefusedError):
                self._lost = True
                return


def create_index(client: Client, index: str, body: dict[str, Any]) -> None:
    """Create an index; one that is there already is kept as it is.

    It waits a while for the copies: what has only one is gone as long as the node that has it. A
    cluster with fewer nodes than copies goes on without.
    """
    try:
        client.write("PUT", f"/{index}?wait_for_active_shards=all&timeout={COPIES_WITHIN}", body)
    except RefusedError as refused:
        if refused.kind != "resource_already_exists_exception":
            raise


def _version(reply: Reply) -> str:
    body = reply.body
    return f"if_seq_no={body['_seq_no']}&if_primary_term={body['_primary_term']}"


def _alive(holder: dict[str, Any]) -> bool:
    if holder["until"] < time.time():
        return False
    if not holder["place"] or holder["place"] != _place():
        return True
    return _started(holder["process"]) == holder["started"]


def _place() -> str:
    """Where process numbers mean the same: this machine since it started, this container."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return ""


def _started(process: int) -> str:
    """When a process began; empty where there is none of that number (or no `/proc`)."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    state, *rest = told.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]
