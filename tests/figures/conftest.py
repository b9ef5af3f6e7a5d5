"""A small cube that a person can follow."""

import pytest
from made_cubes import cube_of

from contactpoint.figures.model import Cube


@pytest.fixture
def small() -> Cube:
    """Two countries, four quarters, one of each kind of cell."""
    return cube_of({
        ("BE", "2018-Q1"): "4000",
        ("BE", "2018-Q2"): "0",
        ("BE", "2018-Q3"): ": c",
        ("EL", "2018-Q1"): "13000 bp",
        ("EL", "2018-Q4"): ":",
    })  # fmt: skip
