"""Jobs run at least once, are tried again when they ask, and are forgotten in time."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from contactpoint.kit import jobs
from contactpoint.kit.jobs import JobRunner, TryLaterError, task

pytestmark = pytest.mark.usefixtures("queue")

ran: list[int] = []


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


@task()
def note(number: int) -> None:
    ran.append(number)


@task()
def busy(number: int) -> None:
    ran.append(number)
    raise TryLaterError("busy")


@task()
def broken() -> None:
    raise ValueError("broken")


def make_due() -> None:
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def test_a_job_is_run_once() -> None:
    note.enqueue(1)
    runner = JobRunner()
    assert runner.run_one()
    assert not runner.run_one()
    assert ran == [1]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_rolled_back_transaction_is_never_run() -> None:
    with suppress(RuntimeError), transaction.atomic():
        note.enqueue(1)
        raise RuntimeError
    assert not JobRunner().run_one()


def test_a_job_that_asks_is_tried_again_after_a_growing_wait() -> None:
    busy.enqueue(1)
    runner, waits = JobRunner(), []
    for _ in jobs.WAITS:
        assert runner.run_one()
        assert not runner.run_one(), "not before its time"
        waits.append(DBTaskResult.objects.get().run_after - timezone.now())
        make_due()
    assert waits == sorted(waits)
    assert waits[-1] > timedelta(hours=23)
    assert runner.run_one()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_a_broken_job_fails_and_the_next_is_run() -> None:
    broken.enqueue()
    note.enqueue(2)
    runner = JobRunner()
    while runner.run_one():
        pass
    assert ran == [2]
    failed = DBTaskResult.objects.get(status=TaskResultStatus.FAILED)
    assert "ValueError: broken" in failed.traceback


def test_a_job_whose_process_died_is_put_back_by_a_worker_that_is_alone() -> None:
    note.enqueue(3)
    DBTaskResult.objects.get().claim("a worker that was killed")
    runner = JobRunner()
    assert not runner.run_one()
    assert runner.recover(alone=False) == 0, "another worker may be at it"
    assert runner.recover(alone=True) == 1
    assert runner.run_one()
    assert ran == [3]


def test_a_job_that_seems_to_run_for_hours_is_put_back_by_any_worker() -> None:
    note.enqueue(4)
    DBTaskResult.objects.get().claim("elsewhere")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=3))
    assert JobRunner().recover(alone=False) == 1


def test_finished_jobs_and_what_they_held_are_forgotten() -> None:
    note.enqueue(5)
    note.enqueue(6)
    JobRunner().run_one()
    assert jobs.prune() == 0
    DBTaskResult.objects.finished().update(finished_at=timezone.now() - timedelta(days=8))
    assert jobs.prune() == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY
