"""Asks the database and can't change it, however a check is written.

SQLite is opened by a connection that refuses to write; a server is told with each transaction. Both
give up soon, so that a database that is away is said within seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PATIENCE: Final = 5
"""Seconds."""


def look_only() -> None:
    """From here on no connection of this process writes. Called before any is opened."""
    for connection in connections.all():
        options: dict[str, Any] = connection.settings_dict.setdefault("OPTIONS", {})
        if connection.vendor == "sqlite":
            options["init_command"] = "PRAGMA query_only=ON"
            options["transaction_mode"] = "DEFERRED"
            options["timeout"] = PATIENCE
        else:
            options.setdefault("connect_timeout", PATIENCE)
        connection.settings_dict["CONN_MAX_AGE"] = None


@contextmanager
def reading(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """One transaction in which nothing can be written."""
    with transaction.atomic(using=connection.alias):
        if connection.vendor == "postgresql" and not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
                cursor.execute("SET LOCAL statement_timeout = '60s'")
        yield
