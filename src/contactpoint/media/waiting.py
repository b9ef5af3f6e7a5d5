"""How long, and how many at once, wait for a storage that may not answer.

A server has few threads. Where a bucket accepts whoever asks and says nothing, each picture that a
reader asks for would hold one of them until none is left, and pages that need no file with it. So
only some may wait, for seconds; and once the storage was silent nobody waits at all for a while,
but one at a time who tries whether it is back.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from contactpoint.media.outage import SilentError, StorageError

MOST: Final = 2
"""Threads of a process that may wait; the default has four."""
TURN: Final = 1.5
"""Seconds that one waits for its turn."""
SILENT: Final = 5.0
"""Seconds for which nobody asks a storage that was silent."""


class Waiting:
    """Of one process. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._turns = threading.BoundedSemaphore(MOST)
        self._lock = threading.Lock()
        self._silent_until = 0.0

    @contextmanager
    def turn(self, storage: object) -> Iterator[None]:
        """Ask within it. Raises `StorageError` where there is no use in asking, or no room."""
        with self._lock:
            now = self._clock()
            was_silent = self._silent_until > 0
            if now < self._silent_until:
                raise StorageError(f"No answer from {storage} a moment ago.")
            if was_silent:  # this one tries; the others wait for what it finds
                self._silent_until = now + SILENT
        if not self._turns.acquire(timeout=TURN):
            raise StorageError(f"No answer from {storage}: others wait already.")
        try:
            yield
        except SilentError:
            self._silent()
            raise
        except OSError:  # that it has no such file, or that a key is wrong, is an answer
            self._answered()
            raise
        else:
            self._answered()
        finally:
            self._turns.release()

    def _silent(self) -> None:
        """It could not be asked."""
        with self._lock:
            self._silent_until = self._clock() + SILENT

    def _answered(self) -> None:
        if self._silent_until:
            with self._lock:
                self._silent_until = 0.0
