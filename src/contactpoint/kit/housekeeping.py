"""What the worker tidies up every hour: apps register what they may not keep for longer.

@tidies
def forget_addresses() -> int: ...
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

log = logging.getLogger(__name__)

Task = TypeVar("Task", bound=Callable[[], int])
_tasks: list[Callable[[], int]] = []


def tidies(task: Task) -> Task:
    """Registers a function that deletes what is due and returns how much; put it in `handlers`."""
    if task not in _tasks:
        _tasks.append(task)
    return task


def tidy() -> int:
    """Run them all; one that fails is logged, comes again in an hour and stops no other."""
    removed = 0
    for task in _tasks:
        try:
            removed += task()
        except OperationalError:
            raise  # the worker waits for the database
        except Exception:
            log.exception("%s failed.", task.__name__)
    return removed
