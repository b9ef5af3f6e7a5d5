"""Guides to read."""

import guided
import pytest


@pytest.fixture
def guides(db: None) -> None:
    guided.load()
