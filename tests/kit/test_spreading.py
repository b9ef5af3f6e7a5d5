"""Long work is cut once, done range by range by whoever comes, and closed once."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from contactpoint.kit import changes, dead_letters, spreading
from contactpoint.kit.jobs import JobRunner, TryLaterError, task
from contactpoint.kit.models import Run, RunRange
from contactpoint.kit.spreading import Kind, Outcome

kept: list[str] = []
order: list[str] = []


class Doing(Kind):
    name, label = "test.doing", "Doing things"

    def __init__(self) -> None:
        self.meanwhile: Any = None

    def work(self, run: Run, keys: Sequence[str]) -> Outcome:
        order.extend(keys)
        if "busy" in keys:
            raise TryLaterError("busy")
        if "broken" in keys:
            raise ValueError("broken")
        if self.meanwhile is not None:
            self.meanwhile()
        odd = [key for key in keys if key.startswith("odd")]
        return Outcome(len(keys) - len(odd), odd, keep=lambda _piece: kept.extend(keys))


@task()
def mail() -> None:
    order.append("mail")


@pytest.fixture
def doing(queue: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Doing:
    settings.TASKS["default"]["QUEUES"].append(spreading.QUEUE)
    kept.clear(), order.clear()
    kind = Doing()
    monkeypatch.setitem(spreading._kinds, kind.name, kind)
    return kind


def opened(*keys: str, size: int = 2) -> Run:
    run = spreading.begin(Doing.name)
    spreading.plan(run, keys, size=size)
    return run


def work() -> None:
    runner = JobRunner()
    while runner.run_one():
        pass


def test_all_keys_are_done_in_ranges_and_what_is_odd_is_named(doing: Doing) -> None:
    run = opened("a", "b", "odd c", "d", "e")
    before = spreading.progress(run)
    assert (before.ranges, before.done, before.things, before.made) == (3, 0, 5, 0)
    assert JobRunner().run_one()
    assert spreading.progress(run).done == 1
    assert not spreading.is_done(run)
    work()
    assert order == kept == ["a", "b", "odd c", "d", "e"]
    assert spreading.is_done(run)
    assert spreading.finish(run)
    after = spreading.progress(run)
    assert (after.ranges, after.done, after.made, after.left_out) == (3, 3, 4, ["odd c"])
    assert run.state == Run.State.FINISHED
    assert not RunRange.objects.exists()


def test_a_run_is_closed_once(doing: Doing) -> None:
    run = opened("a")
    work()
    assert [spreading.finish(run), spreading.finish(run), spreading.give_up(run)] == [
        True, False, False,
    ]  # fmt: skip


def test_nothing_is_done_before_it_is_planned(doing: Doing) -> None:
    run = spreading.begin(Doing.name)
    assert not spreading.is_done(run)
    spreading.plan(run, [], size=2)
    assert spreading.is_done(run)
    spreading.plan(run, ["twice"], size=2)
    assert spreading.is_done(run), "it is planned once"


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_breaks_off_leaves_no_job(doing: Doing) -> None:
    def keys() -> Any:
        yield from ("a", "b", "c")
        raise RuntimeError

    run = spreading.begin(Doing.name)
    with suppress(RuntimeError), transaction.atomic():
        spreading.plan(run, keys(), size=1)
    assert not RunRange.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert not spreading.is_done(run)
    spreading.plan(run, ["a"], size=1)
    work()
    assert spreading.is_done(run)


def test_of_one_kind_one_is_open(doing: Doing) -> None:
    run = opened("a")
    with pytest.raises(spreading.OpenRunError):
        spreading.begin(Doing.name)
    spreading.give_up(run)
    assert spreading.open_run(Doing.name) is None
    assert spreading.begin(Doing.name).pk != run.pk


def test_a_range_that_is_done_twice_counts_once(doing: Doing) -> None:
    run = opened("a", "b")
    (piece,) = run.pieces.all()
    doing.meanwhile = lambda: (setattr(doing, "meanwhile", None), spreading.work.call(piece.pk))
    work()
    assert order == ["a", "b", "a", "b"]
    assert kept == ["a", "b"]
    assert spreading.progress(run).made == 2


def test_a_run_that_is_given_up_under_the_worker_keeps_nothing(doing: Doing) -> None:
    run = opened("a", "b", "c", "d")
    doing.meanwhile = lambda: spreading.give_up(run)
    work()
    assert order == ["a", "b"]
    assert kept == []
    assert {job.status for job in DBTaskResult.objects.all()} == {TaskResultStatus.SUCCESSFUL}


def test_what_fails_is_told_and_keeps_the_others_going(doing: Doing) -> None:
    run = opened("broken", "busy", "good", size=1)
    work()
    assert kept == ["good"]
    so_far = spreading.progress(run)
    assert (so_far.done, so_far.failed, so_far.later) == (1, 1, 1)
    assert not spreading.is_done(run)


def test_with_a_range_that_is_given_up_its_run_is_over(doing: Doing) -> None:
    run = opened("a", "broken", "b", size=1)
    work()
    (failed,) = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    assert dead_letters.give_up(f"job:{failed.pk}")
    run.refresh_from_db()
    assert run.state == Run.State.GIVEN_UP
    assert not RunRange.objects.exists()
    opened("c")


def test_a_worker_that_does_not_know_the_kind_leaves_it_to_others(
    doing: Doing, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = opened("a")
    monkeypatch.delitem(spreading._kinds, Doing.name)
    work()
    assert spreading.progress(run).later == 1
    assert spreading.label_of(run) == Doing.name


def test_a_range_whose_worker_died_is_done_by_the_next(doing: Doing) -> None:
    run = opened("a", "b")
    job = DBTaskResult.objects.get()
    job.claim("gone")
    work()
    assert kept == []
    JobRunner().recover(alone=True)
    work()
    assert kept == ["a", "b"]
    assert spreading.is_done(run)


def test_other_jobs_go_before_ranges(doing: Doing) -> None:
    opened("a", "b", size=1)
    mail.enqueue()
    work()
    assert order == ["mail", "a", "b"]


def test_the_newest_of_a_kind_is_shown(doing: Doing, django_assert_num_queries: Any) -> None:
    spreading.give_up(opened("a"))
    run = opened("b")
    with django_assert_num_queries(1):
        assert spreading.newest() == [run]


def test_no_page_that_is_kept_is_made_again_for_a_run() -> None:
    for model in (Run, RunRange):
        assert changes.UNSEEN.match(model._meta.db_table)
