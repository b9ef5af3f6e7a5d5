"""Writes that are worth no waiting: where somebody else writes, they are given up or come later."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection

WAIT: Final = 50
"""Milliseconds for which such a write waits for another writer."""
_TIMEOUTS: Final = {
    "sqlite": ("PRAGMA busy_timeout", "PRAGMA busy_timeout = %s"),
    "postgresql": ("SHOW lock_timeout", "SET lock_timeout = '%s'"),
}


@contextmanager
def briefly() -> Iterator[None]:
    """Give up soon where somebody else is writing; as it was afterwards."""
    read, write = _TIMEOUTS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(read)
        (former,) = cursor.fetchone()
        cursor.execute(write % WAIT)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(write % former)
