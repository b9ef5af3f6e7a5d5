"""Valkey or the disk of the cache is gone: readers are served, and writers told."""

import runpy
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from factories import make_output, make_site
from redis.exceptions import RedisError

from contactpoint import config
from contactpoint.kit.patient_caches import CACHE_ERRORS
from contactpoint.kit.shared import Shared

AWAY = {
    "BACKEND": "contactpoint.kit.patient_caches.RedisCache",
    "LOCATION": "redis://127.0.0.1:9/0",
}


@pytest.fixture
def away(settings: Any) -> None:
    settings.CACHES = {"default": AWAY}


@pytest.mark.django_db
def test_readers_get_every_kind_of_page_while_valkey_is_gone(settings: Any) -> None:
    item = make_output(make_site(), "news-item", title="Still here")
    settings.CACHES = {"default": AWAY}
    reader = Client()
    for path in ("/en/", "/en/news/", item.url, "/en/glossary/", "/en/statistics/", "/sitemap.xml",
                 "/en/feed.atom", "/healthz"):  # fmt: skip
        assert reader.get(path, follow=True).status_code == 200, path
    assert "Still here" in reader.get(item.url).content.decode()
    assert reader.get("/readyz").status_code == 503, "and machines are told"


def test_what_is_read_once_for_all_is_made_while_the_cache_is_away(away: None) -> None:
    kept = Shared("tried", 60, by_numbers=False)
    assert [kept.get("it", lambda: 7), kept.get("it", lambda: 8)] == [7, 8]


@pytest.mark.django_db(transaction=True)
def test_who_changes_something_is_told_that_others_could_not_be(away: None) -> None:
    with pytest.raises(CACHE_ERRORS):
        Shared("tried", 60).forget()


@pytest.mark.django_db
def test_a_full_disk_of_the_cache_takes_no_page_with_it(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = make_output(make_site(), "news-item", title="Still here")
    settings.CACHES = {
        "default": {
            "BACKEND": "contactpoint.kit.patient_caches.FileCache",
            "LOCATION": tmp_path / "cache",
        }
    }
    cache.clear()

    def full(*_args: Any, **_more: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)  # in which the cache begins a file
    with pytest.raises(OSError, match="No space"):
        cache.set("limits", 1)
    assert "Still here" in Client().get(item.url).content.decode()


def test_valkey_that_swallows_everything_keeps_nobody_waiting_for_minutes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONTACTPOINT_CACHE_URL", "redis://127.0.0.1:6379/0")
    monkeypatch.setenv("CONTACTPOINT_ENVIRONMENT", "development")
    path = Path(config.__file__).with_name("settings.py")
    options = runpy.run_path(str(path))["CACHES"]["default"]["OPTIONS"]
    assert options["socket_connect_timeout"] + options["socket_timeout"] < 10
    assert issubclass(RedisError, CACHE_ERRORS)
