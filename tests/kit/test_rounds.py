"""Rounds go on beside the queue; one that fails waits longer each time and stops no other."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from contactpoint.kit import rounds
from contactpoint.kit.rounds import Rounds, each_round, run


@pytest.fixture(autouse=True)
def _of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "_rounds", [])
    monkeypatch.setattr(rounds, "_failed", {})


def counted(answer: Callable[[], bool]) -> list[int]:
    calls: list[int] = []

    @each_round
    def call() -> bool:
        calls.append(1)
        return answer()

    assert each_round(call) is call  # registered once
    return calls


def fail() -> bool:
    raise ValueError("broken")


def test_a_round_says_whether_there_is_more_to_do() -> None:
    counted(lambda: False)
    assert not run()
    counted(lambda: True)
    assert run()


def test_a_round_that_fails_waits_longer_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(rounds.time, "monotonic", lambda: now[0])
    bad, good = counted(fail), counted(lambda: False)
    at = []
    for second in range(16):
        now[0], before = float(second), len(bad)
        run()
        if len(bad) > before:
            at.append(second)
    assert at == [0, 1, 3, 7, 15]
    assert len(good) == 16


def test_a_database_that_is_away_is_for_the_worker_to_wait_for() -> None:
    def away() -> bool:
        raise OperationalError("locked")

    counted(away)
    with pytest.raises(OperationalError):
        run()


def test_the_thread_ends_when_it_is_told_to_and_outlives_an_outage(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop = threading.Event()
    answers: list[Any] = [OperationalError("locked"), True, True]

    def answer() -> bool:
        if not answers:
            stop.set()
            return False
        following = answers.pop(0)
        if isinstance(following, Exception):
            raise following
        return following

    calls = counted(answer)
    thread = Rounds(stop, idle=0.01)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert len(calls) == 4
    assert "The database is not available" in caplog.text
