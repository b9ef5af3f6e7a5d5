"""What is asked for most is made again before anybody waits, and never from what isn't settled."""

import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from kept_pages import BODY, Site, asked

from contactpoint.delivery import again as again_module
from contactpoint.delivery.again import Again
from contactpoint.delivery.keeping import LONGEST, Keep
from contactpoint.delivery.serving import KeptPages
from contactpoint.kit import changes, generations
from contactpoint.kit.generations import Generations


@pytest.fixture
def numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generations:
    monkeypatch.setattr(generations, "SETTLING", 0.0)
    return Generations(tmp_path / "generations")


class Kept:
    """Pages, with an account of which were made."""

    def __init__(self, numbers: Generations) -> None:
        self.site, self.keep = Site(), Keep(numbers)
        self.made: list[str] = []
        self.pages = KeptPages(self._made, self.keep)
        self.again = Again(self.pages, self.keep)

    def _made(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.made.append(environ["PATH_INFO"])
        return self.site(environ, start)

    def ask(self, path: str, times: int) -> None:
        for _time in range(times):
            assert asked(self.pages, path)[2] == BODY


@pytest.fixture
def kept(numbers: Generations) -> Kept:
    return Kept(numbers)


def test_after_a_change_what_is_asked_for_most_is_made_first(
    kept: Kept, numbers: Generations
) -> None:
    kept.ask("/en/once/", 1), kept.ask("/en/some/", 4), kept.ask("/en/most/", 9)
    numbers.changed([changes.EVERYTHING])
    kept.made.clear()
    assert kept.again.once() == 2
    assert kept.made == ["/en/most/", "/en/some/"]
    kept.ask("/en/most/", 3)
    assert kept.made == ["/en/most/", "/en/some/"]
    assert kept.again.once() == 0


def test_nothing_is_made_while_a_change_is_not_settled(
    kept: Kept, numbers: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.ask("/en/most/", 9)
    with numbers.change([changes.EVERYTHING]):
        assert kept.again.once() == 0
    monkeypatch.setattr(generations, "SETTLING", 60.0)
    assert kept.again.once() == 0
    monkeypatch.setattr(generations, "SETTLING", 0.0)
    assert kept.again.once() == 1


def test_another_change_stops_it(kept: Kept, numbers: Generations) -> None:
    kept.ask("/en/a/", 9), kept.ask("/en/b/", 8), kept.ask("/en/c/", 7)
    numbers.changed([changes.EVERYTHING])
    kept.made.clear()
    kept.site.meanwhile = lambda: numbers.changed([changes.EVERYTHING])
    assert kept.again.once() == 0
    assert kept.made == ["/en/a/"]


def test_so_many_are_made_and_no_more(
    kept: Kept, numbers: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again_module, "MOST", 2)
    for number in range(5):
        kept.ask(f"/en/{number}/", 3 + number)
    numbers.changed([changes.EVERYTHING])
    assert kept.again.once() == 2


def test_what_nobody_asks_for_any_more_is_forgotten(kept: Kept, numbers: Generations) -> None:
    kept.ask("/en/", 6)
    made = 0
    for _time in range(6):
        numbers.changed([changes.EVERYTHING])
        made += kept.again.once()
    assert made == 2


def test_what_is_asked_for_is_made_again_shortly_before_its_time_is_over(kept: Kept) -> None:
    kept.ask("/en/", 6)
    assert kept.again.once() == 0
    page = kept.keep.find(("http", "", "testserver", "/en/", ""))
    assert page is not None
    page.until -= LONGEST - 2
    assert kept.again.once() == 1
    later = kept.keep.find(("http", "", "testserver", "/en/", ""))
    assert later is not None
    assert later.until > page.until + 50


def test_who_asks_meanwhile_waits_for_it_and_makes_nothing(
    kept: Kept, numbers: Generations
) -> None:
    kept.ask("/en/", 6)
    numbers.changed([changes.EVERYTHING])
    kept.made.clear()
    kept.site.wait = 0.3
    thread = threading.Thread(target=kept.again.once)
    thread.start()
    while not kept.made:
        pass
    kept.ask("/en/", 3)
    thread.join()
    assert kept.made == ["/en/"]


def test_a_thread_does_so_by_itself(kept: Kept, numbers: Generations) -> None:
    kept.ask("/en/", 6)
    kept.again.begin()
    try:
        numbers.changed([changes.EVERYTHING])
        until = time.monotonic() + 30
        while len(kept.made) < 2 and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        kept.again.end()
    assert kept.made == ["/en/", "/en/"]
