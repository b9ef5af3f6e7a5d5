"""An index in a folder of the test's own, on a small site."""

from collections.abc import Callable
from pathlib import Path

import pytest
from factories import MadeSite, make_site

from contactpoint.search import engines
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.indexing.keeping import Keeper, catch_up
from contactpoint.search.models import Change


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> EmbeddedEngine:
    found = EmbeddedEngine(folder)
    monkeypatch.setattr(engines, "engine", lambda: found)
    return found


@pytest.fixture
def indexed(site: MadeSite, engine: EmbeddedEngine) -> EmbeddedEngine:
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
def keeper(engine: EmbeddedEngine, clock: Clock) -> Keeper:
    return Keeper(clock)
