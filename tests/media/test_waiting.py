"""A storage that says nothing holds some threads for seconds, and then none."""

import threading
from collections.abc import Callable

import pytest

from contactpoint.media import waiting
from contactpoint.media.outage import SilentError, StorageError
from contactpoint.media.waiting import SILENT, Waiting


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def asked(one: Waiting, answer: Callable[[], None] = lambda: None) -> None:
    with one.turn("bucket"):
        answer()


def silent() -> None:
    raise SilentError("No answer.")


def test_after_silence_nobody_asks_for_a_while_and_then_one_tries() -> None:
    clock = Clock()
    one = Waiting(clock)
    tried: list[float] = []

    def answer() -> None:
        tried.append(clock.now)
        if len(tried) < 3:
            silent()

    with pytest.raises(SilentError):
        asked(one, answer)
    for _time in range(3):
        with pytest.raises(StorageError, match="a moment ago"):
            asked(one, answer)
    clock.now += SILENT
    with pytest.raises(SilentError):
        asked(one, answer)
    clock.now += SILENT
    asked(one, answer)
    asked(one)
    assert tried == [100.0, 100.0 + SILENT, 100.0 + 2 * SILENT]


def test_while_one_tries_whether_it_is_back_no_other_waits() -> None:
    clock = Clock()
    one = Waiting(clock)
    with pytest.raises(SilentError):
        asked(one, silent)
    clock.now += SILENT
    with one.turn("bucket"), pytest.raises(StorageError, match="a moment ago"):
        asked(one)
    asked(one)


@pytest.mark.parametrize("answer", [FileNotFoundError("no such file"), StorageError("keys")])
def test_that_there_is_no_such_file_is_an_answer(answer: OSError) -> None:
    one = Waiting(Clock())

    def refuse() -> None:
        raise answer

    for _time in range(2):
        with pytest.raises(type(answer), match=str(answer)):
            asked(one, refuse)


def test_only_some_wait_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "TURN", 0.01)
    one, hang, waits = Waiting(), threading.Event(), threading.Barrier(waiting.MOST + 1)

    def wait() -> None:
        waits.wait(10)
        hang.wait(10)

    threads = [threading.Thread(target=asked, args=(one, wait)) for _number in range(waiting.MOST)]
    for thread in threads:
        thread.start()
    waits.wait(10)
    with pytest.raises(StorageError, match="others wait"):
        asked(one)
    hang.set()
    for thread in threads:
        thread.join()
    asked(one)
