"""Counts a job where it comes to an end, whichever worker ran it."""

from typing import Any

from django_tasks import TaskResultStatus

from contactpoint.kit.request_ids import job_id
from contactpoint.operations import keeping_numbers
from contactpoint.operations.tallies import tallies


def ran(task_result: Any) -> None:
    """A job ended, well or not; one that is tried again counts as failed each time."""
    job_id.set("")
    began, ended = task_result.started_at, task_result.finished_at
    seconds = (ended - began).total_seconds() if began and ended else 0.0
    failed = task_result.status == TaskResultStatus.FAILED
    tallies.ran(task_result.task.module_path, seconds, failed=failed)
    keeping_numbers.begin()
