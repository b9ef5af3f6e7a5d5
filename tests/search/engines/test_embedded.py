"""The embedded engine keeps the contract."""

from pathlib import Path

import pytest
from search.engines.contract import Contract

from contactpoint.search.engines.embedded import EmbeddedEngine


class TestContract(Contract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> EmbeddedEngine:
        return EmbeddedEngine(tmp_path / "index")
