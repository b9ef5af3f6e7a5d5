"""Listens to what other machines changed: a thread in one process of a machine at a time.

A lock in the data folder says in which; the system lets go of it when that process dies, however it
does, and another takes over. The listener also sends a beat to itself by the same way as notices
go. When it comes back, every notice that was committed before it was sent has come, too: so a
connection that is cut, a pooler that passes on no notices and a thread that hangs all look alike,
and within a second nobody relies on them.
"""

import fcntl
import logging
import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.pq import ExecStatus

from contactpoint.delivery.machines import CHANNEL, Hearing, told
from contactpoint.kit import changes
from contactpoint.kit.generations import Generations

log = logging.getLogger(__name__)

BEAT: Final = 0.25
"""Seconds between two beats."""
TRY_AGAIN: Final = 0.2
"""Seconds until the lock is tried again, or the database."""
DEAF: Final = 3.0
"""Seconds without an answer to a beat after which an operator is told."""
_WATCHFUL: Final[dict[str, Any]] = {
    "autocommit": True,
    "connect_timeout": 3,
    "application_name": "contactpoint listener",
    # A cut network is noticed in some two seconds, not in a quarter of an hour.
    "tcp_user_timeout": 2000,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
}
Connect = Callable[[], "psycopg.Connection[Any]"]


class Listener(threading.Thread):
    """Waits for its turn, then listens until stopped; never ends by a failure."""

    def __init__(
        self, generations: Generations, hearing: Hearing, lock: Path, connect: Connect
    ) -> None:
        super().__init__(name="changes-listener", daemon=True)
        self._generations, self._hearing = generations, hearing
        self._lock, self._connect = lock, connect
        self._stopped = threading.Event()
        self._is_silent = False

    def run(self) -> None:
        """Called by `start`."""
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        # A lock of the process, not of the open file: a fork must not hold it on.
        file = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            while not self._stopped.is_set() and not _taken(file):
                self._stopped.wait(TRY_AGAIN)
            while not self._stopped.is_set():
                self._try()
                self._stopped.wait(TRY_AGAIN)
        finally:
            os.close(file)

    def stop(self) -> None:
        """Let another process listen."""
        self._stopped.set()

    def _try(self) -> None:
        try:
            with self._connect() as connection:
                self._listen(connection)
        except Exception as problem:  # a listener that ended would make every page slow for good
            self._say_silent(str(problem) or type(problem).__name__)
        finally:
            self._hearing.lost()

    def _listen(self, connection: "psycopg.Connection[Any]") -> None:
        line = Line(connection.pgconn)
        own = f"contactpoint_beat_{self._generations.machine}"
        line.ask(f"LISTEN {CHANNEL}; LISTEN {own}")
        while not line.is_answered and not self._stopped.is_set():
            list(line.notices(BEAT))
        # What was told before this moment, nobody here has heard.
        self._generations.drop()
        heard = time.monotonic()
        while not self._stopped.is_set():
            if line.is_answered:
                line.ask(f"NOTIFY {own}, '{time.monotonic_ns()}'")
            for channel, text, sender in line.notices(BEAT):
                if channel == CHANNEL:
                    told(text, self._generations)
                elif channel == own and sender == line.backend:
                    heard = time.monotonic()
                    self._hearing.heard(int(text))
                    self._say_heard()
            if time.monotonic() - heard > DEAF:
                self._say_silent(
                    "they can't be relied on behind a pooler: give CONTACTPOINT_DATABASE_LISTEN "
                    "the address of the server itself."
                )

    def _say_silent(self, why: str) -> None:
        if not self._is_silent and not self._stopped.is_set():
            log.error("Changes of other machines are not heard, so no kept page is given: %s", why)
        self._is_silent = True

    def _say_heard(self) -> None:
        if self._is_silent:
            log.warning("Changes of other machines are heard again.")
        self._is_silent = False


class Line:
    """A connection on which nothing is waited for longer than said: who is cut off hears nothing,
    and libpq would wait for an answer without end."""

    def __init__(self, pgconn: Any) -> None:
        self._pgconn = pgconn
        self._asked = 0.0
        self.is_answered = True

    def ask(self, sql: str) -> None:
        """Send statements of ours; their answer is taken by `notices`."""
        self._pgconn.send_query(sql.encode())
        self._pgconn.flush()
        self._asked, self.is_answered = time.monotonic(), False

    @property
    def backend(self) -> int:
        """The number of the process at the other end, as it was told when the line was made.

        A pooler tells a number of its own. Behind one a beat comes back with its answer, but what
        others say is lost wherever the process that was told to listen serves somebody else.
        """
        return int(self._pgconn.backend_pid)

    def notices(self, seconds: float) -> Iterator[tuple[str, str, int]]:
        """Channel, text and sender's process of what comes within some seconds; an error where the
        line is dead."""
        until = time.monotonic() + seconds
        poll = select.poll()
        poll.register(self._pgconn.socket, select.POLLIN)
        while True:
            self._pgconn.consume_input()
            while (one := self._pgconn.notifies()) is not None:
                yield one.relname.decode(), one.extra.decode(), one.be_pid
            self._take_answer()
            left = until - time.monotonic()
            if left <= 0:
                return
            poll.poll(left * 1000)

    def _take_answer(self) -> None:
        while not self.is_answered and not self._pgconn.is_busy():
            result = self._pgconn.get_result()
            if result is None:
                self.is_answered = True
            elif result.status != ExecStatus.COMMAND_OK:
                raise psycopg.OperationalError(result.get_error_message())
        if not self.is_answered and time.monotonic() - self._asked > DEAF:
            raise psycopg.OperationalError("the database has not answered for some seconds")


def begin() -> Hearing | None:
    """Listen in this process, or wait for the turn; None where nothing hangs on other machines."""
    if not (settings.SHARED_DATABASE and (settings.KEEP_PAGES or settings.DATABASE_ROUTERS)):
        return None
    hearing = Hearing(settings.DATA / "hearing")
    _start(hearing)
    # A thread stays behind in a fork; its lock, too, so the parent goes on listening for both.
    os.register_at_fork(after_in_child=lambda: _start(hearing))
    return hearing


def _start(hearing: Hearing) -> None:
    lock = settings.DATA / "listening.lock"
    Listener(changes.generations(), hearing, lock, connect).start()


def connect() -> "psycopg.Connection[Any]":
    """A connection to the server itself, past any pooler, that notices when it is cut."""
    if settings.DATABASE_LISTEN:
        return psycopg.connect(settings.DATABASE_LISTEN, **_WATCHFUL)
    given: Any = connections[DEFAULT_DB_ALIAS]
    known = {
        name: value
        for name, value in given.get_connection_params().items()
        if name not in ("context", "cursor_factory", "prepare_threshold")
    }
    return psycopg.connect(**known | _WATCHFUL)


def _taken(file: int) -> bool:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
