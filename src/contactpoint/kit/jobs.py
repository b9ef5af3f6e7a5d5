"""Background jobs: django-tasks, kept in the database, with a second chance for what may pass.

    @task(queue_name="mail")
    def deliver(address: str) -> None:
        raise TryLaterError("the server is busy")

    deliver.enqueue("reader@example.org")

A job is written with the caller's transaction and run by the worker at least once. `TryLaterError`
puts it back with a growing wait; any other exception ends it as failed. A job whose worker died is
put back, too, as soon as another knows it; one that its worker never outlives ends as failed. What
failed stays for `FAILED_KEPT`, for an operator to send again or give up (`kit.dead_letters`).
"""

import logging
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from contactpoint.kit.bare_words import bare
from contactpoint.kit.presence import is_gone

__all__ = ["JobRunner", "TryLaterError", "WorkerDiedError", "prune", "task"]

log = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
LOST_AFTER = timedelta(hours=2)
"""For workers of which nobody knows whether they live."""
AT_ONCE = timedelta(seconds=30)
"""Time for a worker that lost its connection to say that it is there."""
FAILED_KEPT = timedelta(days=30)


class TryLaterError(Exception):
    """Raised in a job: it failed for now, and a later attempt may do."""


class WorkerDiedError(Exception):
    """What a job failed of that no worker outlived."""


class JobRunner(Worker):
    """Runs jobs one at a time, between other work, instead of in a loop of its own."""

    def __init__(self, name: str = "") -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name or get_random_string(32),
            excluded_queue_names=[],
        )
        self._in_hand: object = None

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
        """Puts a job that asked for it back into the queue, and keeps no person in what failed."""
        self._in_hand = db_task_result.pk
        try:
            super().run_task(db_task_result)
        finally:
            self._in_hand = None
        if db_task_result.status != TaskResultStatus.FAILED:
            return
        db_task_result.traceback = bare(db_task_result.traceback)
        attempts = len(db_task_result.worker_ids)
        asked = db_task_result.exception_class_path == _path(TryLaterError)
        if not asked or attempts > len(WAITS):
            db_task_result.save(update_fields=["traceback"])
            return
        db_task_result.status = TaskResultStatus.READY
        db_task_result.run_after = timezone.now() + WAITS[attempts - 1]
        db_task_result.save(update_fields=["status", "run_after", "traceback"])
        log.warning("Job %s tries again at %s.", db_task_result.id, db_task_result.run_after)

    def recover(self, *, alone: bool) -> int:
        """Put back jobs whose worker died: all that seem to run if we are alone, else those whose
        worker is known to be gone, and those that have run for too long for anybody. What is said
        to be ours and isn't in hand was lost with the connection in the middle of it."""
        now, put_back = timezone.now(), 0
        running = DBTaskResult.objects.running()
        for job in running.defer("args_kwargs", "traceback", "return_value"):
            owner = job.worker_ids[-1] if job.worker_ids else ""
            if owner == self.worker_id:
                is_lost = job.pk != self._in_hand
            else:
                since = now - job.started_at
                is_lost = alone or since > LOST_AFTER or (since > AT_ONCE and is_gone(owner))
            if is_lost:
                put_back += self._put_back(job)
        return put_back

    def _put_back(self, job: DBTaskResult) -> int:
        """Unless somebody else has done so, or it ended after all."""
        still = DBTaskResult.objects.running().filter(pk=job.pk, started_at=job.started_at)
        if len(job.worker_ids) <= len(WAITS):
            log.warning("The worker of job %s is gone, or lost it; it is run again.", job.pk)
            return still.update(status=TaskResultStatus.READY)
        log.error("Job %s ended %s workers and is given up.", job.pk, len(job.worker_ids))
        still.update(
            status=TaskResultStatus.FAILED,
            finished_at=timezone.now(),
            exception_class_path=_path(WorkerDiedError),
            traceback="",
        )
        return 0


def prune(age: timedelta = timedelta(days=7), failed: timedelta = FAILED_KEPT) -> int:
    """Forget finished jobs and what they held (addresses, texts of mails); failed ones later."""
    now = timezone.now()
    done = DBTaskResult.objects.successful().filter(finished_at__lt=now - age)
    given_up = DBTaskResult.objects.failed().filter(finished_at__lt=now - failed)
    return done.delete()[0] + given_up.delete()[0]


def _path(exception: type[BaseException]) -> str:
    return f"{exception.__module__}.{exception.__qualname__}"
