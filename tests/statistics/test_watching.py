"""The worker loads what is due where the operator wants it, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from contactpoint.figures import FiguresError
from contactpoint.kit.jobs import JobRunner
from contactpoint.statistics import watching
from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.models import LONGEST_WAIT, Dataset
from contactpoint.statistics.watching import enqueue_due


@pytest.fixture
def asked(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
    }
    settings.LOAD_STATISTICS = True
    found: list[str] = []
    monkeypatch.setattr(watching, "load_dataset", found.append)
    load_shipped()
    later = timezone.now() + timedelta(days=1)
    Dataset.objects.exclude(code="migr_eiord").update(due_at=later)
    return found


def work() -> None:
    runner = JobRunner()
    while runner.run_one():
        pass


def test_what_is_due_is_loaded_once(asked: list[str]) -> None:
    assert enqueue_due() is True, "another may be due"
    assert enqueue_due() is False
    assert asked == [], "a round fetches nothing itself"
    work()
    assert asked == ["migr_eiord"]


def test_nothing_is_fetched_unless_the_operator_wants_it(
    asked: list[str], settings: Any, django_assert_num_queries: Any
) -> None:
    settings.LOAD_STATISTICS = False
    with django_assert_num_queries(0):
        assert enqueue_due() is False


def test_a_source_that_fails_ends_no_job_with_an_error(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(code: str) -> None:
        asked.append(code)
        raise FiguresError("The server took too long.")

    monkeypatch.setattr(watching, "load_dataset", fails)
    enqueue_due()
    work()
    assert asked == ["migr_eiord"]


def test_what_was_published_is_never_fetched(asked: list[str]) -> None:
    Dataset.objects.filter(source="published").update(due_at=timezone.now())
    Dataset.objects.filter(code="migr_eiord").delete()
    assert enqueue_due() is False


def test_a_source_that_stays_ill_is_asked_less_and_less_often(asked: list[str]) -> None:
    dataset = Dataset.objects.get(code="migr_eiord")
    waits = []
    for _attempt in range(12):
        dataset.note_problem("It is ill.", timedelta(days=1))
        waits.append((dataset.due_at - (dataset.tried_at or dataset.due_at)).total_seconds())
    assert waits[:3] == [3600, 7200, 14_400]
    assert waits[-1] == LONGEST_WAIT.total_seconds()
    dataset.note_good(timedelta(days=1))
    assert (dataset.failures, dataset.problem) == (0, "")
