"""What the worker tidies every hour."""

import logging

import pytest
from django.db import OperationalError

from contactpoint.kit import housekeeping
from contactpoint.kit.worker import Worker


@pytest.fixture(autouse=True)
def _no_other_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_tasks", [])


def fails() -> int:
    raise ValueError("no")


def removes_two() -> int:
    return 2


def test_a_task_that_fails_is_logged_and_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    housekeeping.tidies(fails)
    housekeeping.tidies(removes_two)
    housekeeping.tidies(removes_two)
    with caplog.at_level(logging.ERROR):
        assert housekeeping.tidy() == 2
    assert "fails failed" in caplog.text


def test_a_database_that_is_away_is_the_worker_s_business() -> None:
    def away() -> int:
        raise OperationalError("locked")

    housekeeping.tidies(away)
    with pytest.raises(OperationalError):
        housekeeping.tidy()


@pytest.mark.django_db
def test_the_worker_tidies_once_an_hour() -> None:
    done = []

    def count() -> int:
        done.append(1)
        return 0

    housekeeping.tidies(count)
    worker = Worker()
    worker._step()
    worker._step()
    assert done == [1]
