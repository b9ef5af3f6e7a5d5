"""An index in a folder of the test's own, on a small site."""

from collections.abc import Callable
from pathlib import Path

import pytest
from factories import MadeSite, make_site

from contactpoint.search import engines
from contactpoint.search.indexing.keeping import Keeper, catch_up
from contactpoint.search.models import Change

from folder_engine import FolderEngine


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site()


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderEngine:
    found = FolderEngine(tmp_path / "index")
    monkeypatch.setattr(engines, "engine", lambda: found, raising=False)
    return found


@pytest.fixture
def indexed(site: MadeSite, engine: FolderEngine) -> FolderEngine:
    """An index of the site, with nothing that waits."""
    assert catch_up()
    assert not Change.objects.exists()
    return engine


@pytest.fixture
def waiting() -> Callable[[], set[str]]:
    """The keys that were written down since it was asked before."""

    def taken() -> set[str]:
        keys = set(Change.objects.values_list("key", flat=True))
        Change.objects.all().delete()
        return keys

    return taken


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keeper(engine: FolderEngine, clock: Clock) -> Keeper:
    return Keeper(clock)
