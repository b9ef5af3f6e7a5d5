"""The worker: drains the outbox, runs jobs and rounds, tidies up, and is alone where it has to be.

On the embedded database one worker holds a file lock in the data folder; SIGKILL frees it. On a
database server any number of workers share the work by row locks.
"""

import fcntl
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from contactpoint.kit import housekeeping, jobs, outbox, rounds
from contactpoint.kit.presence import Presence, new_name

log = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
ROUND_SECONDS = 5.0
"""How long a round may take to finish when the worker stops; it may be cut off without harm."""
RECOVERY_SECONDS = 15.0
"""How often a worker looks whether others have died and left jobs."""
LOCK_SECONDS = 30.0
HOUSEKEEPING_SECONDS = timedelta(hours=1).total_seconds()


class AnotherWorkerError(RuntimeError):
    """The data folder has a worker already."""


class Worker:
    """One loop; a signal ends it after the piece that it is at."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._tidied = float("-inf")
        self._recovered = float("-inf")
        self._was_cut_off = False
        self._jobs = jobs.JobRunner(new_name())
        self._presence = Presence(self._jobs.worker_id, self._stop)

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """Finish the current piece, then return from `run`."""
        self._stop.set()

    def run(self, *, once: bool = False) -> None:
        """Work until stopped, or with `once` until nothing is due."""
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self.stop)
        parent = os.getppid()
        alone = connection.vendor == "sqlite"
        with _sole_worker(settings.DATA) if alone else _one_of_many():
            log.info("Worker %s started.", os.getpid())
            if alone:
                outbox.release()
                self._jobs.recover(alone=True)
            self._presence.start()
            self._presence.is_held(LOCK_SECONDS)
            beside = None if once else rounds.Rounds(self._stop, IDLE_SECONDS)
            if beside is not None:
                beside.start()
            while not self._stop.is_set() and os.getppid() == parent:
                if not self._step(with_rounds=once):
                    if once:
                        break
                    self._stop.wait(IDLE_SECONDS)
            self._stop.set()
            if beside is not None:
                beside.join(ROUND_SECONDS)
            self._presence.join(ROUND_SECONDS)
            self._presence.leave()
            log.info("Worker %s stopped.", os.getpid())

    def _step(self, *, with_rounds: bool = False) -> bool:
        """One piece of each kind of work; whether there was anything to do."""
        close_old_connections()
        try:
            if time.monotonic() - self._tidied > HOUSEKEEPING_SECONDS:
                self._tidied = time.monotonic()
                outbox.prune()
                jobs.prune()
                housekeeping.tidy()
            self._recover()
            told = outbox.drain(stop=self._stop.is_set)
            worked = (self._may_work() and self._jobs.run_one()) or told > 0
            return (with_rounds and rounds.run()) or worked
        except (OperationalError, InterfaceError) as problem:  # locked, or a server that restarts
            self._was_cut_off = True
            log.warning("The database is not available, trying again: %s", problem)
            self._stop.wait(IDLE_SECONDS * 4)
            return False

    def _may_work(self) -> bool:
        return not self._stop.is_set() and self._presence.is_held()

    def _recover(self) -> None:
        """Jobs of workers that died elsewhere, and what this one had in hand when the database went
        away; for the rest, one that is alone did it when it began."""
        since = time.monotonic() - self._recovered
        is_time = connection.vendor != "sqlite" and since >= RECOVERY_SECONDS
        if is_time or self._was_cut_off:
            self._jobs.recover(alone=False)
            self._recovered, self._was_cut_off = time.monotonic(), False


@contextmanager
def _sole_worker(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "worker.lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AnotherWorkerError(
                f"Process {file.read().strip() or 'unknown'} is the worker of {folder} already."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextmanager
def _one_of_many() -> Iterator[None]:
    yield
