"""Guides to hear; files of recordings in a folder of the test."""

from pathlib import Path
from typing import Any

import guided
import pytest


@pytest.fixture
def guides(db: None, tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    guided.load()


@pytest.fixture
def voice(settings: Any) -> Any:
    """The computer's voice, switched on in two languages."""
    settings.GUIDANCE_COMPUTER_VOICE = ("en", "ar")
    return settings
