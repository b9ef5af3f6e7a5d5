"""What is held is what would be made now, and is made once however many ask."""

import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from contactpoint.kit import held
from contactpoint.kit.generations import Generations
from contactpoint.kit.held import Holding

FAR = timedelta(days=9)


class Clock:
    def __init__(self) -> None:
        self.now = timezone.now()

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Generations]:
    monkeypatch.setattr(held, "next_by_itself", lambda now: now + FAR)
    generations = Generations(tmp_path / "generations")
    yield generations
    generations.close()


class Made:
    """Counts how often it was made."""

    def __init__(self, meanwhile: "Generations | None" = None) -> None:
        self.times, self._meanwhile = 0, meanwhile

    def __call__(self) -> list[int]:
        self.times += 1
        if self._meanwhile is not None:
            self._meanwhile.changed(["*"])
        return [self.times]


def test_what_has_not_changed_is_made_once(numbers: Generations) -> None:
    holding, made = Holding(numbers), Made()
    assert [holding.get("a", made) for _time in range(3)] == [[1], [1], [1]]
    assert holding.get("b", made) == [2]


def test_a_change_of_anything_that_counts_together_makes_it_anew(numbers: Generations) -> None:
    holding, made = Holding(numbers), Made()
    holding.get("a", made)
    numbers.changed(["consultations_answer"])
    assert holding.get("a", made) == [1]
    numbers.changed(["*"])
    assert holding.get("a", made) == [2]


def test_what_changed_while_it_was_made_is_not_held(numbers: Generations) -> None:
    holding, made = Holding(numbers), Made(numbers)
    assert [holding.get("a", made) for _time in range(2)] == [[1], [2]]


def test_nothing_is_held_while_somebody_commits(numbers: Generations) -> None:
    holding, made = Holding(numbers), Made()
    with numbers.change(["*"]):
        assert [holding.get("a", made) for _time in range(2)] == [[1], [2]]
    assert holding.get("a", made) == [3]


def test_nothing_is_held_while_other_machines_are_not_heard(numbers: Generations) -> None:
    is_told = [True]
    holding, made = Holding(numbers, is_told=lambda: is_told[0]), Made()
    assert [holding.get("a", made) for _time in range(2)] == [[1], [1]]
    is_told[0] = False
    assert holding.get("a", made) == [2]


def test_it_ends_when_something_changes_by_itself(numbers: Generations) -> None:
    clock, made = Clock(), Made()
    holding = Holding(numbers, clock=clock)
    soon: held.Until = lambda now: now + timedelta(hours=1)  # noqa: E731 — two of them in a row
    never: held.Until = lambda now: None  # noqa: E731
    holding.get("a", made, soon)
    holding.get("b", made, never)
    clock.now += timedelta(hours=2)
    assert holding.get("a", made, soon) == [3]
    assert holding.get("b", made, never) == [2]
    clock.now += FAR
    assert holding.get("b", made, never) == [4]


def test_of_many_who_ask_at_once_one_makes_it(numbers: Generations) -> None:
    holding, made = Holding(numbers), Made()

    def slowly() -> list[int]:
        time.sleep(0.05)
        return made()

    threads = [threading.Thread(target=holding.get, args=("a", slowly)) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made.times == 1


def test_who_fails_lets_the_next_one_try(numbers: Generations) -> None:
    holding, made = Holding(numbers), Made()

    def failing() -> list[int]:
        raise OSError("the database is away")

    with pytest.raises(OSError, match="away"):
        holding.get("a", failing)
    assert holding.get("a", made) == [1]


def test_what_was_used_longest_ago_goes_first(
    numbers: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "ROOM", 2 * held.LEAST)
    holding, made = Holding(numbers), Made()
    holding.get("a", made)
    holding.get("b", made)
    holding.get("a", made)
    holding.get("c", made)
    assert holding.get("a", made) == [1]
    assert holding.get("b", made) == [4]
