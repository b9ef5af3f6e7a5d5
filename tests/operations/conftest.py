"""A data folder of the test's own, and nothing counted before it."""

from pathlib import Path

import pytest

from contactpoint.operations import keeping_numbers
from contactpoint.operations.tallies import tallies


@pytest.fixture(autouse=True)
def _nothing_counted(settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA = tmp_path
    tallies.taken()
    for name in keeping_numbers.KEPT:
        monkeypatch.setitem(keeping_numbers._told, name, getattr(keeping_numbers.counts, name))
