"""Senders with connections of their own tell nobody the same twice, on SQLite in a file.

The same script runs on PostgreSQL in `tests/servers`.
"""

from pathlib import Path

import pytest
from made_once import said_in_a_site
from telling_at_once import EXPECTED, SCRIPT


def test_of_two_mails_to_one_follower_that_are_due_at_once_one_tells_of_a_change(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, django_db_setup: None
) -> None:
    assert said_in_a_site(tmp_path_factory, tmp_path / "data", SCRIPT) == EXPECTED
