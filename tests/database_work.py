"""What a database does for an answer, counted so that no other process disturbs it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection


def steps(ask: Callable[[], Any]) -> int:
    """Hundreds of instructions that SQLite takes for an answer; elsewhere the test is skipped."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite counts its work.")
    taken = [0]

    def count() -> int:
        taken[0] += 1
        return 0

    connection.connection.set_progress_handler(count, 100)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return taken[0]
