"""What the first question would wait for is there before it comes."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from factories import MadeSite, make_output

from contactpoint.search import meanings, warming
from contactpoint.search.asking import spelt
from contactpoint.search.models import AskedQuestion


def test_a_process_that_is_warm_has_its_vocabulary_and_counts_nothing(
    site: MadeSite, fill: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_output(site, title="Asylum")
    fill()
    monkeypatch.setattr(meanings, "_made", None)
    monkeypatch.setattr(spelt, "_made", None)
    warming.warm()
    assert meanings._made is not None
    assert spelt._made is not None
    assert not AskedQuestion.objects.exists()


def test_a_process_without_an_index_starts_all_the_same(
    site: MadeSite, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    # Connections of tests stay open.
    monkeypatch.setattr(warming.connections, "close_all", lambda: None)
    warming._warm_apart()


def test_a_web_process_warms_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[bool] = []
    monkeypatch.setattr(warming, "begin", lambda: begun.append(True))
    importlib.reload(importlib.import_module("contactpoint.config.wsgi"))
    assert begun
