"""Limits of proposals hold for threads with connections of their own, on SQLite in a file.

The same script runs on PostgreSQL in `tests/servers`.
"""

from pathlib import Path

import pytest
from made_once import said_in_a_site
from proposing_at_once import EXPECTED, SCRIPT


def test_of_many_who_propose_at_once_no_more_come_than_may(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    assert said_in_a_site(tmp_path_factory, tmp_path / "data", SCRIPT) == EXPECTED
