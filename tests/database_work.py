"""What a database does for an answer, counted so that no other process disturbs it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from scaled import visits


def steps(ask: Callable[[], Any]) -> int:
    """As the benchmark counts them; where the database is not SQLite the test is skipped."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite counts its work.")
    return visits.steps(ask)
