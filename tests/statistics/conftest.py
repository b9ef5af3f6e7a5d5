"""What tests of statistics share: answers as Eurostat would give them, and a way to store them."""

from pathlib import Path
from typing import Any

import pytest
from made_answers import applicants
from storing import Keep, kept


@pytest.fixture
def keep(db: None) -> Keep:
    return kept


@pytest.fixture
def answer_file(tmp_path: Path) -> Path:
    """Six months of Belgium and the EU."""
    path = tmp_path / "answer.json"
    path.write_bytes(applicants(BE=[1500, 1520, 1525, 1700, 1720, 1765], EU27_2020=[9000] * 6))
    return path


@pytest.fixture
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path / "data"
    return tmp_path / "data"
