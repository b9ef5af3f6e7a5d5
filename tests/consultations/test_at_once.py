"""Of many who save at once one is taken, whole; nothing is sent or told twice."""

from pathlib import Path

import pytest
from made_once import said_in_a_site
from saving_at_once import EXPECTED, SCRIPT


def test_of_many_who_save_and_send_at_once_each_thing_is_done_once(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    assert said_in_a_site(tmp_path_factory, tmp_path / "data", SCRIPT) == EXPECTED
