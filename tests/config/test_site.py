"""An empty data folder becomes a site; one that is whole is left alone."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from contactpoint.config import site
from contactpoint.glossary.models import Concept
from contactpoint.home.models import HomePage
from contactpoint.network.models import Country, Institution


@pytest.mark.django_db
def test_preparing_makes_a_site_and_the_second_time_does_nothing(
    settings: Any, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    settings.DATA = tmp_path / "new"
    site.prepare()
    assert HomePage.objects.count() == 4
    assert Concept.objects.count() >= 60
    assert Country.objects.filter(emn_status="observer", code__in=["GE", "MD"]).count() == 2
    assert Institution.objects.filter(slug__in=["cgrs", "fedasil", "myria"]).count() == 3
    with django_assert_num_queries(0):
        site.prepare()


@pytest.mark.django_db
def test_an_interrupted_preparation_is_taken_up_again(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path

    def stop() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(site, "plant", stop)
        with pytest.raises(KeyboardInterrupt):
            site.prepare()
    assert not HomePage.objects.exists()
    site.prepare()
    assert HomePage.objects.count() == 4


def test_the_embedded_database_is_readable_by_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, fresh = tmp_path / "known.sqlite3", tmp_path / "new" / "fresh.sqlite3"
    beside = tmp_path / "known.sqlite3-wal"
    for path in (known, beside):
        path.touch(mode=0o644)
    for path in (known, fresh):
        database = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": path})
        monkeypatch.setattr(site, "connection", database)
        site.keep_database_private()
    assert {f"{one.stat().st_mode & 0o777:o}" for one in (known, beside, fresh)} == {"600"}
