"""Guides to hear; files of recordings in a folder of the test."""

from pathlib import Path
from typing import Any

import guided
import pytest

from contactpoint.guidance.everywhere import making


@pytest.fixture(autouse=True)
def no_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each change would have the packs of all languages made anew, at once: ten seconds. That it
    does is tested in tests/guidance/everywhere."""
    monkeypatch.setattr(making, "ask", lambda *_given: None)


@pytest.fixture
def guides(db: None, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    guided.load()


@pytest.fixture
def voice(settings: Any) -> Any:
    """The computer's voice, switched on in two languages."""
    settings.GUIDANCE_COMPUTER_VOICE = ("en", "ar")
    return settings
