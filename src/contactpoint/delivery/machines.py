"""Changes told between machines that share a PostgreSQL database.

On each machine the numbers in a file say what was changed (`kit/generations.py`). A transaction
that raises them here sends a notice within itself, which PostgreSQL gives to the listeners of all
machines once it is committed, in the order of the commits, and never where it is rolled back.
"""

import mmap
import os
import time
from pathlib import Path
from typing import Any, Final

from psycopg.pq import TransactionStatus

from contactpoint.kit import changes
from contactpoint.kit.generations import Generations

CHANNEL: Final = "contactpoint_changes"
ANYTHING: Final = "!"
"""Told in place of groups: whatever is kept may be old."""
LONGEST_NOTICE: Final = 7000
"""Bytes; PostgreSQL takes 8000."""
LONGEST_SILENCE: Final = 1.0
"""Seconds after which nobody relies on being told."""
_SIZE: Final = 8


def tell(connection: Any, groups: set[str]) -> None:
    """Send a notice with the transaction that a Django connection is about to commit."""
    raw = connection.connection
    if connection.vendor != "postgresql" or raw is None:
        return
    if raw.info.transaction_status == TransactionStatus.INERROR:
        return  # nothing will come of it, and PostgreSQL would refuse this, too
    with connection.wrap_database_errors:
        raw.execute("SELECT pg_notify(%s, %s)", (CHANNEL, notice(groups)))


def notice(groups: set[str]) -> str:
    """The sending machine, and what changed."""
    named = ",".join(sorted(groups))
    if len(named.encode()) > LONGEST_NOTICE:
        named = ANYTHING
    return f"{changes.generations().machine} {named}"


def told(text: str, generations: Generations) -> None:
    """Raise the numbers for what another machine changed."""
    machine, _, named = text.partition(" ")
    if machine == generations.machine:
        return  # raised already, just before the commit
    if named in ("", ANYTHING):
        generations.drop()
    else:
        generations.changed(named.split(","))


class Hearing:
    """Until when this machine knows all changes: a moment in a file that its processes map."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(file).st_size < _SIZE:
                os.ftruncate(file, _SIZE)
            self._map = mmap.mmap(file, _SIZE)
        finally:
            os.close(file)
        self._numbers = memoryview(self._map).cast("q")

    def is_current(self) -> bool:
        """Whether every change that is older than `LONGEST_SILENCE` is known here."""
        # A machine that was started anew counts from 0 again: what is in its future is no hearing.
        return 0 <= time.monotonic_ns() - self._numbers[0] < LONGEST_SILENCE * 1e9

    def heard(self, at: int) -> None:
        """All that was committed before `at`, in nanoseconds of the monotonic clock, is known."""
        self._numbers[0] = at

    def lost(self) -> None:
        """Nothing is known from here on."""
        self._numbers[0] = -(1 << 62)
