"""What the worker does over and over beside its queue: apps register what has to keep up.

@each_round
def keep_index() -> bool: ...

A round does a piece of work of a second or so and says whether there may be more to do at once. It
runs in a thread of its own, so a long job does not hold it up, nor it the job.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import OperationalError, close_old_connections, connection

log = logging.getLogger(__name__)

Round = TypeVar("Round", bound=Callable[[], bool])
LONGEST_WAIT: Final = 60.0
_rounds: list[Callable[[], bool]] = []
_failed: dict[Callable[[], bool], tuple[int, float]] = {}


def each_round(function: Round) -> Round:
    """Registers a function that works for a moment; put it in `handlers`. It may be interrupted at
    any point, by SIGKILL too, and comes again."""
    if function not in _rounds:
        _rounds.append(function)
    return function


def run() -> bool:
    """One round of each; one that fails is logged, waits longer each time and stops no other."""
    is_busy = False
    for function in _rounds:
        failures, not_before = _failed.get(function, (0, 0.0))
        if failures and time.monotonic() < not_before:
            continue
        try:
            is_busy = function() or is_busy
        except OperationalError:
            raise  # the worker waits for the database
        except Exception:
            log.exception("%s failed.", function.__name__)
            wait = min(LONGEST_WAIT, 2.0**failures)
            _failed[function] = (failures + 1, time.monotonic() + wait)
        else:
            _failed.pop(function, None)
    return is_busy


class Rounds(threading.Thread):
    """Runs rounds until `stop` is set."""

    def __init__(self, stop: threading.Event, idle: float) -> None:
        super().__init__(name="rounds", daemon=True)
        self._stopped, self._idle = stop, idle

    def run(self) -> None:
        """Called by `start`."""
        try:
            while not self._stopped.is_set():
                close_old_connections()
                try:
                    wait = 0.0 if run() else self._idle
                except OperationalError as problem:  # locked, or a database server that restarts
                    log.warning("The database is not available, trying again: %s", problem)
                    wait = self._idle * 4
                self._stopped.wait(wait)
        finally:
            connection.close()
