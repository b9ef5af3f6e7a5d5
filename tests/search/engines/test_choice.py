"""One setting chooses the engine."""

from pathlib import Path
from typing import Any

import pytest

from contactpoint.config import environment
from contactpoint.search.engines import engine
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.engines.opensearch import OpenSearchEngine


def test_without_an_address_the_index_lies_in_the_data_folder(
    settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    chosen = engine()
    assert isinstance(chosen, EmbeddedEngine)
    assert engine() is chosen
    chosen.create("first")
    assert (tmp_path / "index" / "first").is_dir()


def test_an_address_chooses_a_cluster_which_is_not_asked_before_it_is_needed(
    settings: Any,
) -> None:
    settings.SEARCH_URL = "https://me:hidden@nowhere.invalid:9200/emn"
    chosen = engine()
    assert isinstance(chosen, OpenSearchEngine)
    assert engine() is chosen


def test_an_address_that_is_none_is_refused_without_showing_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CONTACTPOINT_SEARCH_URL", "ftp://me:hidden@host")
    with pytest.raises(ValueError, match="CONTACTPOINT_SEARCH_URL") as refusal:
        environment.load()
    assert "hidden" not in str(refusal.value)
    monkeypatch.setenv("CONTACTPOINT_SEARCH_URL", "https://me:hidden@host:9200")
    assert environment.load().search_url == "https://me:hidden@host:9200"
