"""What failed for good: jobs, and messages between parts of the portal that nobody could take.

An operator sees what, when, how often and of what, and sends it again or gives it up. What the job
was given is not shown beyond numbers: it may be an address or a text. Sending again is safe as far
as running twice is: every job is written so, since a worker may die at its last step.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from contactpoint.kit import outbox, spreading
from contactpoint.kit.bare_words import bare
from contactpoint.kit.jobs import FAILED_KEPT
from contactpoint.kit.models import OutboxEntry

log = logging.getLogger(__name__)
JOB: Final = "job"
MESSAGE: Final = "message"
LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """`key` names it: `job:` and a UUID, or `message:` and a number. `given` are numbers that it
    was given, `said` the error without what it may quote."""

    key: str
    name: str
    queue: str
    at: datetime | None
    attempts: int
    error: str
    said: str
    given: str

    @property
    def is_message(self) -> bool:
        """Between parts of the portal."""
        return self.key.startswith(MESSAGE)


def failed_jobs() -> "QuerySet[DBTaskResult]":
    """The newest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at", "pk")


def job_letter(job: DBTaskResult) -> DeadLetter:
    """How a failed job is shown."""
    error = job.exception_class_path.rpartition(".")[2]
    said = _last_words(job.traceback, error)
    given = job.args_kwargs
    return DeadLetter(
        f"{JOB}:{job.pk}", job.task_path.removeprefix("contactpoint."), job.queue_name,
        job.finished_at, len(job.worker_ids), error, said,
        _numbers([*given.get("args", ()), *given.get("kwargs", {}).values()]),
    )  # fmt: skip


def message_letter(entry: OutboxEntry) -> DeadLetter:
    """How a parked message is shown."""
    error, _colon, said = entry.error.partition(": ")
    return DeadLetter(
        f"{MESSAGE}:{entry.pk}", entry.topic, "", entry.available_at or entry.created_at,
        entry.attempts, error, bare(said.partition("\n")[0])[:LONGEST],
        _numbers(entry.payload.values()),
    )  # fmt: skip


def send_again(key: str) -> bool:
    """It starts anew, with all its attempts; False where it is no dead letter any more."""
    job, entry = _rows(key)
    if entry is not None:
        sent = entry.update(attempts=0, available_at=None, error="")
    else:
        sent = job.update(
            status=TaskResultStatus.READY, run_after=timezone.now(), finished_at=None,
            started_at=None, worker_ids=[], exception_class_path="", traceback="",
        )  # fmt: skip
    if sent:
        log.info("%s is sent again.", key)
    return bool(sent)


def give_up(key: str) -> bool:
    """It is deleted, with all that it held; False where it is no dead letter any more. With a range
    of spread work its run is given up, too."""
    job, entry = _rows(key)
    ranges = job.filter(task_path=spreading.work.module_path).values_list("args_kwargs", flat=True)
    for given in list(ranges) if entry is None else ():
        spreading.give_up_with(given["args"][0])
    gone = (job if entry is None else entry).delete()[0]
    if gone:
        log.info("%s is given up.", key)
    return bool(gone)


def kept_days() -> int:
    """For so long failed jobs are kept."""
    return FAILED_KEPT.days


def keys() -> list[str]:
    """Of all dead letters."""
    jobs = failed_jobs().values_list("pk", flat=True)
    messages = outbox.parked().values_list("pk", flat=True)
    return [*(f"{JOB}:{pk}" for pk in jobs), *(f"{MESSAGE}:{pk}" for pk in messages)]


def _rows(key: str) -> "tuple[QuerySet[DBTaskResult], QuerySet[OutboxEntry] | None]":
    """The one row, if it is dead still: of two who send it at once, one does."""
    kind, _colon, number = key.partition(":")
    none = DBTaskResult.objects.none()
    if kind == MESSAGE and number.isdecimal() and len(number) < 19:
        return none, OutboxEntry.objects.filter(pk__in=outbox.parked().filter(pk=int(number)))
    if kind == JOB:
        try:
            return failed_jobs().order_by().filter(pk=UUID(number)), None
        except ValueError:
            pass
    return none, None


def _last_words(traceback: str, error: str) -> str:
    """What the exception said: the text behind its name, in the last lines of the traceback."""
    for line in reversed(traceback.splitlines()):
        name, colon, said = line.partition(": ")
        if colon and name.rpartition(".")[2] == error:
            return bare(said)[:LONGEST]
    return ""


def _numbers(given: Iterable[Any]) -> str:
    shown = (str(one) if isinstance(one, int) else "–" for one in given)
    return ", ".join(shown)[:LONGEST]
