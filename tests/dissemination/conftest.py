"""What is followed stands in the memory of a process, and would outlive a test's rows."""

import pytest

from contactpoint.dissemination.matching import rounds


@pytest.fixture(autouse=True)
def _nothing_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "_percolator", None)
