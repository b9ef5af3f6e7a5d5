"""Whether a worker is alive, whichever machine it runs on: it holds a lock of the database.

PostgreSQL frees a session's advisory locks the moment that its connection ends, however it ends. So
each worker holds one under its name, on a connection of its own; a lock that another can take is
that of a worker that is gone, and its job is put back at once instead of after hours. The lock
lives in a session: workers connect to the server itself, not to a pool that changes sessions.

On SQLite a worker is alone, and knows it by a lock of the folder.
"""

import logging
import os
import socket
import threading
import time
import zlib
from typing import Any, Final

from django.db import DatabaseError, connection, transaction
from django.utils.crypto import get_random_string

from contactpoint.kit import workers_seen

log = logging.getLogger(__name__)
GROUP: Final = 0x63706F
"""The first half of our locks' keys."""
SOON: Final = 1.0
WORDS: Final = ":"
"""Stands in the names of workers that hold a lock; others, of former versions, can't be asked."""


def new_name() -> str:
    """Machine, process and a word of chance: what operators see of a worker."""
    machine = "".join(c for c in socket.gethostname()[:40] if c.isalnum() or c in "-.") or "here"
    return f"{machine}{WORDS}{os.getpid()}{WORDS}{get_random_string(8)}"


def is_gone(name: str) -> bool:
    """Whether the worker of that name holds its lock no more; False where that can't be known."""
    if connection.vendor != "postgresql" or WORDS not in name:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [GROUP, _key(name)])
        return bool(cursor.fetchone()[0])


def _key(name: str) -> int:
    """The second half: a signed number of 32 bits."""
    number = zlib.crc32(name.encode())
    return number - (1 << 32) if number >= 1 << 31 else number


class Presence(threading.Thread):
    """Holds the lock, and tells the others in the cache, until `stop` is set."""

    def __init__(self, name: str, stop: threading.Event) -> None:
        super().__init__(name="presence", daemon=True)
        self.worker, self._stopped = name, stop
        self._needs_lock = connection.vendor == "postgresql"
        self._held = threading.Event()
        self._own: Any = None
        self._since = time.time()

    def is_held(self, seconds: float = 0.0) -> bool:
        """Whether others can know that we are alive; a job is taken only then."""
        return not self._needs_lock or self._held.wait(seconds)

    def run(self) -> None:
        """Called by `start`."""
        try:
            while not self._stopped.is_set():
                held = self._hold()
                self._tell()
                self._stopped.wait(workers_seen.EVERY if held else SOON)
        finally:
            self._let_go()
            connection.close()

    def _hold(self) -> bool:
        if not self._needs_lock:
            return True
        try:
            if self._own is None:
                self._own = connection.copy()
                with self._own.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_lock(%s, %s)", [GROUP, _key(self.worker)])
            else:
                with self._own.cursor() as cursor:
                    cursor.execute("SELECT 1")
        except DatabaseError as problem:
            log.warning("The worker's lock is lost, taking it again: %s", type(problem).__name__)
            self._held.clear()
            self._let_go()
            return False
        self._held.set()
        return True

    def _tell(self) -> None:
        machine = self.worker.partition(WORDS)[0]
        try:
            workers_seen.tell(self.worker, machine, self._since)
        except Exception as problem:  # each cache has errors of its own; nothing hangs on it
            log.warning("The cache does not answer: %s", type(problem).__name__)

    def _let_go(self) -> None:
        own, self._own = self._own, None
        if own is not None:
            own.close()

    def leave(self) -> None:
        """After the worker has stopped."""
        try:
            workers_seen.leave(self.worker)
        except Exception as problem:  # as above
            log.warning("The cache does not answer: %s", type(problem).__name__)
