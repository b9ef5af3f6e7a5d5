"""No place is given twice on the embedded database, however many come at once."""

from pathlib import Path

import pytest
from made_once import said_in_a_site
from registering_at_once import EXPECTED, SCRIPT


def test_places_are_given_once_however_many_come_at_once(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    assert said_in_a_site(tmp_path_factory, tmp_path / "data", SCRIPT) == EXPECTED
