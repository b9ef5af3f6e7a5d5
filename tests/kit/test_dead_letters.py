"""What failed for good is seen without persons, sent again once, or given up."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from contactpoint.kit import dead_letters, jobs, outbox
from contactpoint.kit.dead_letters import job_letter, message_letter
from contactpoint.kit.jobs import JobRunner, WorkerDiedError, task
from contactpoint.kit.models import OutboxEntry

pytestmark = pytest.mark.usefixtures("queue")
ran: list[str] = []
is_mended = False


@task(queue_name="mail")
def write_to(address: str, number: int, *, name: str = "") -> None:
    ran.append(address)
    if not is_mended:
        raise ValueError(f"550 {address} is unknown, asked from 203.0.113.77")


@pytest.fixture(autouse=True)
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    ran.clear()
    monkeypatch.setattr(f"{__name__}.is_mended", False)


def failed() -> DBTaskResult:
    write_to.enqueue("jan@example.org", 7, name="Jan Peeters")
    assert JobRunner().run_one()
    return DBTaskResult.objects.get()


def test_what_failed_is_seen_with_numbers_alone() -> None:
    job = failed()
    letter = job_letter(job)
    assert letter.name.endswith("write_to")
    assert (letter.queue, letter.attempts, letter.given) == ("mail", 1, "–, 7, –")
    assert (letter.error, letter.said) == ("ValueError", "550 – is unknown, asked from –")
    assert letter.at is not None
    for secret in ("jan@example", "Peeters", "203.0.113"):
        assert secret not in repr(letter)
        assert secret not in job.traceback, "nor in the database, once it has failed"


def test_it_is_sent_again_once_and_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    key = job_letter(failed()).key
    monkeypatch.setattr(f"{__name__}.is_mended", True)
    assert dead_letters.send_again(key)
    assert not dead_letters.send_again(key), "of two who send it, one does"
    assert DBTaskResult.objects.get().worker_ids == []
    runner = JobRunner()
    assert runner.run_one()
    assert not runner.run_one()
    assert len(ran) == 2
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
    assert not dead_letters.send_again(key), "what was done is no dead letter"


def test_what_is_given_up_is_gone_with_all_that_it_held() -> None:
    key = job_letter(failed()).key
    assert dead_letters.give_up(key)
    assert not dead_letters.give_up(key)
    assert not DBTaskResult.objects.exists()


def test_a_message_that_nobody_took_is_seen_and_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    entry = OutboxEntry.objects.create(
        topic="test.parked", payload={"page": 3, "to": "jan@example.org"},
        attempts=outbox.MAX_ATTEMPTS, error="ValueError: no jan@example.org\nmore",
    )  # fmt: skip
    letter = message_letter(entry)
    assert (letter.name, letter.given, letter.said) == ("test.parked", "3, –", "no –")
    assert dead_letters.keys() == [letter.key]
    monkeypatch.setitem(outbox._handlers, "test.parked", [lambda **given: told.append(1)])
    assert dead_letters.send_again(letter.key)
    assert not dead_letters.send_again(letter.key)
    outbox.drain()
    assert told == [1]


def test_what_is_not_dead_is_left_alone() -> None:
    write_to.enqueue("jan@example.org", 7)
    waiting = f"job:{DBTaskResult.objects.get().pk}"
    entry = OutboxEntry.objects.create(topic="test.waiting")
    for key in (
        *(waiting, f"message:{entry.pk}", "job:x", "message:x", "message:9999999999999999999999"),
        *("", ":", "job:", "other:1", "message:-1", "message:²"),
    ):
        assert not dead_letters.send_again(key)
        assert not dead_letters.give_up(key)
    assert DBTaskResult.objects.count() == OutboxEntry.objects.count() == 1


def test_a_job_that_no_worker_outlives_is_given_up_in_the_end() -> None:
    write_to.enqueue("jan@example.org", 7)
    runner = JobRunner()
    for number in range(len(jobs.WAITS)):
        DBTaskResult.objects.get().claim(f"killed-{number}")
        assert runner.recover(alone=True) == 1
    DBTaskResult.objects.get().claim("killed-too")
    assert runner.recover(alone=True) == 0
    letter = job_letter(DBTaskResult.objects.get())
    assert (letter.error, letter.attempts) == (WorkerDiedError.__name__, len(jobs.WAITS) + 1)
    assert dead_letters.send_again(letter.key)


def test_what_failed_is_kept_for_longer_than_what_was_done() -> None:
    failed()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=29))
    assert jobs.prune() == 0
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=31))
    assert jobs.prune() == 1
