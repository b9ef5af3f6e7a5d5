"""Background jobs: django-tasks, kept in the database, with a second chance for what may pass.

    @task(queue_name="mail")
    def deliver(address: str) -> None:
        raise TryLaterError("the server is busy")

    deliver.enqueue("reader@example.org")

A job is written with the caller's transaction and run by the worker at least once. `TryLaterError`
puts it back with a growing wait; any other exception ends it as failed.
"""

import logging
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

__all__ = ["JobRunner", "TryLaterError", "prune", "task"]

log = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
LOST_AFTER = timedelta(hours=2)


class TryLaterError(Exception):
    """Raised in a job: it failed for now, and a later attempt may do."""


class JobRunner(Worker):
    """Runs jobs one at a time, between other work, instead of in a loop of its own."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def run_one(self) -> bool:
        """Run the next job that is due; False where there is none."""
        due = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not due.exists():  # no write lock where there is nothing to do
            return False
        with exclusive_transaction(due.db):
            job = due.get_locked()
            if job is not None:
                job.claim(self.worker_id)
        if job is None:
            return False
        self.run_task(job)
        return True

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """Puts a job that asked for it back into the queue."""
        super().run_task(db_task_result)
        attempts = len(db_task_result.worker_ids)
        if db_task_result.exception_class_path != _path(TryLaterError) or attempts > len(WAITS):
            return
        db_task_result.status = TaskResultStatus.READY
        db_task_result.run_after = timezone.now() + WAITS[attempts - 1]
        db_task_result.save(update_fields=["status", "run_after"])
        log.warning("Job %s tries again at %s.", db_task_result.id, db_task_result.run_after)

    def recover(self, *, alone: bool) -> int:
        """Put back jobs whose process died: all that seem to run if we are alone, else old ones."""
        lost: QuerySet[DBTaskResult] = DBTaskResult.objects.running()
        if not alone:
            lost = lost.filter(started_at__lt=timezone.now() - LOST_AFTER)
        return lost.update(status=TaskResultStatus.READY)


def prune(age: timedelta = timedelta(days=7)) -> int:
    """Forget finished jobs and what they held (addresses, texts of mails)."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - age).delete()[0]


def _path(exception: type[BaseException]) -> str:
    return f"{exception.__module__}.{exception.__qualname__}"
