"""How many questions a thread asks the database, and how long it waits for the answers.

Two numbers a thread, added to around each statement; whoever wants to know what a request took sets
them to nothing before it.
"""

import threading
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class Spent(threading.local):
    """Of this thread."""

    queries = 0
    seconds = 0.0


spent = Spent()


def execute(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Called by Django around each statement."""
    began = perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        spent.queries += 1
        spent.seconds += perf_counter() - began


def _count(sender: Any, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    if execute not in connection.execute_wrappers:  # one that was lost keeps them
        connection.execute_wrappers.append(execute)


def begin() -> None:
    """From here on every connection of this process is counted."""
    connection_created.connect(_count, dispatch_uid="spending")
