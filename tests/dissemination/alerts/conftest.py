"""Alerts are told by a clock of the test's own."""

import pytest
from django.utils import timezone
from passing_time import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made
