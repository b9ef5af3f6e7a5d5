"""Nobody who counts at the same moment as others is missed, with the cache in files, too."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from contactpoint.accounts import places
from contactpoint.api import limiting
from contactpoint.kit.counting import count, is_first

AT_ONCE, EACH, MOST = 8, 30, 100


@pytest.fixture(autouse=True)
def _cache_in_files(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "cache",
        }
    }


def _at_once(ask: Any) -> list[Any]:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda _number: ask(), range(AT_ONCE * EACH)))


def test_so_many_as_may_are_answered_and_not_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "A_MINUTE", MOST)
    monkeypatch.setattr(limiting.time, "time", lambda: 1_800_000_010.0)
    request = RequestFactory().get("/api/v1/themes")
    left = _at_once(lambda: limiting.counted(request))
    assert sum(not one.is_over for one in left) == MOST


def test_forms_are_counted_so_too() -> None:
    waits = _at_once(lambda: places.seconds_to_wait("room", "place", {places.HOUR: MOST}))
    assert waits.count(0) == MOST


def test_of_many_at_once_one_is_the_first() -> None:
    for number in range(20):
        with ThreadPoolExecutor(AT_ONCE) as threads:
            key = f"nonce:{number}"
            told = list(threads.map(lambda _number, key=key: is_first(key, 60), range(AT_ONCE)))
        assert told.count(True) == 1


def _count_many(_number: int) -> int:
    return max(count("many", 60) for _time in range(EACH))


def test_processes_count_together() -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        assert max(pool.map(_count_many, range(4), chunksize=1)) == 4 * EACH
