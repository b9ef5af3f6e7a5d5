"""When the worker makes a dump: each night, and when none is there that may be given away."""

import time
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from contactpoint.api.dumps import making
from contactpoint.api.dumps.kept import dumps
from contactpoint.kit.jobs import task

HOUR: Final = 2
"""Of the portal's clock."""
LOOKS_EVERY: Final = 60.0
_not_before = 0.0


@task()
def make_dump() -> None:
    """A job, since it may take a while."""
    if is_due():
        making.make()


def keep() -> bool:
    """A round of the worker: dumps that are not true any more go, and a new one is asked for."""
    global _not_before  # noqa: PLW0603 — when this process looked last
    if time.monotonic() < _not_before:
        return False
    _not_before = time.monotonic() + LOOKS_EVERY
    making.forget()
    if is_due() and not _waits():
        make_dump.enqueue()
    return False


def is_due(now: datetime | None = None) -> bool:
    """Whether the newest was made before the last night, or there is none."""
    newest = next(iter(dumps()), None)
    here = timezone.localtime(now)
    night = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if here < night:
        night -= timedelta(days=1)
    return newest is None or newest.made < night


def _waits() -> bool:
    waiting = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    path = make_dump.module_path
    return bool(DBTaskResult.objects.filter(status__in=waiting, task_path=path).exists())
