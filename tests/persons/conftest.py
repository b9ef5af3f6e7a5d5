"""What tests about people share."""

from pathlib import Path
from typing import Any

import pytest
from a_person import ADDRESS, NAME
from django.contrib.auth import get_user_model


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """A data folder of the test's own."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    (tmp_path / "mail").mkdir()
    return tmp_path


@pytest.fixture
def mira(db: None) -> Any:
    """An editor, who is also a reader."""
    first, _space, last = NAME.partition(" ")
    return get_user_model()._default_manager.create_user(
        ADDRESS, "a long enough password", first_name=first, last_name=last
    )
