"""A connection whose changes are told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from factories import make_locales
from wagtail.models import Collection, Page

from contactpoint.kit import changes, generations
from contactpoint.kit.generations import Generations


@pytest.fixture
def watched(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Iterator[Generations]:
    """A connection that tells of its changes, as every one does where pages are kept."""
    settings.ALLOWED_HOSTS = ["testserver"]
    numbers = Generations(tmp_path / "generations")
    monkeypatch.setattr(changes, "_opened", [numbers])
    monkeypatch.setattr(generations, "SETTLING", 0.0)
    # Another test may have emptied the database.
    if not Collection.objects.exists():
        Collection.add_root(instance=Collection(name="Root"))
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(instance=Page(title="Root", slug="root", locale=make_locales()["en"]))
    watching = changes.Watching(connection)
    yield numbers
    watching.stop()
    numbers.close()
