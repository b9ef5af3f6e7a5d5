"""The portal's tables as an earlier version had them, for tests of what migrations do with rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def moved_to(targets: Any) -> Any:
    """The tables as they were at that time, and the models of then."""
    MigrationExecutor(connection).migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


def forward() -> None:
    """The tables as they are now."""
    moved_to(MigrationExecutor(connection).loader.graph.leaf_nodes())


@contextmanager
def as_it_was(targets: Any) -> Iterator[Any]:
    """The models of before; afterwards all is as it is now, whatever happened."""
    try:
        yield moved_to(targets)
    finally:
        forward()
