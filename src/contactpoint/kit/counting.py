"""Counts in the shared cache so that nobody who counts at the same moment is missed.

Redis adds one in a single step. The cache in files doesn't: it reads, adds and writes, and of two
that read together one is lost, so eight clients at once could ask several times what they may.
Whoever counts here holds a lock of the data folder meanwhile, which threads and processes respect
and which is let go when a process dies. On several machines that share Redis and no folder, single
steps are still exact (`count`).
"""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import cache

_LOCKS: Final = 64
"""Two keys may share a lock: then one waits a moment for the other."""


@contextmanager
def alone(key: str) -> Iterator[None]:
    """While this lasts nobody else counts under `key`. Not to be nested: locks may be shared."""
    folder: Path = settings.DATA / "counting"
    folder.mkdir(parents=True, exist_ok=True)
    # Opened anew each time: threads that share an open file share its lock, too.
    with (folder / f"{zlib.crc32(key.encode()) % _LOCKS}").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def count(key: str, seconds: int) -> int:
    """One more under `key`; how many that makes. Forgotten some `seconds` after the first."""
    with alone(key):
        cache.add(key, 0, seconds)
        try:
            return cache.incr(key)
        except ValueError:  # thrown out of a full cache between the two
            return 1


def is_first(key: str, seconds: int) -> bool:
    """Whether nobody has said so of `key` for so many seconds; of many at once, one is told."""
    with alone(key):
        return cache.add(key, True, seconds)
