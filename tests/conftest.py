"""What all tests share: nothing of one test's is left to the next."""

import gc
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final

import hypothesis
import pytest
from compiled_once import begin_as_shipped, compile_once
from django.conf import settings as portal_settings
from django.core.cache import cache
from django.utils import translation
from migrated_once import copy_of, migrate_once

from contactpoint.kit import changes, held
from contactpoint.kit.generations import Generations
from contactpoint.search import sources
from contactpoint.search.engines import engine
from contactpoint.search.indexing.preparing import prepare
from contactpoint.search.meanings import meanings
from contactpoint.statistics.nationals import none_known

none_known()  # tests are collected without a database
# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


def pytest_sessionstart() -> None:
    """Nothing that is collected is garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Python's collector leaves ten thousand tests and the portal alone: an eighth of the time.
    It looks at new things seldom: at every 700 of them takes another eleventh."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(20_000, 10, 5)


FIRST: Final = ("journeys", "servers", "serve", "deaths", "round trips")
"""Groups that take long, each in one process of the run; none needs a database of ours."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no process waits for another at the end."""

    def place(item: pytest.Item) -> int:
        mark = item.get_closest_marker("xdist_group")
        return FIRST.index(mark.args[0]) if mark and mark.args[0] in FIRST else len(FIRST)

    items.sort(key=place)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Called before the database of the tests is made."""
    with pytest.MonkeyPatch.context() as patch:
        migrate_once(patch, copy_of())
        yield


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        compile_once(patch)
        yield


@pytest.fixture(autouse=True)
def _clean_process() -> Iterator[None]:
    """A cache outlives a test's transaction, so does what is known of national tables, and a
    request leaves its language to the thread."""
    cache.clear()
    none_known()
    begin_as_shipped()
    translation.activate(portal_settings.LANGUAGE_CODE)
    yield
    cache.clear()
    translation.activate(portal_settings.LANGUAGE_CODE)


@pytest.fixture
def numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Generations]:
    """As in a web process that keeps pages; in a test all happens in one transaction."""
    generations = Generations(tmp_path / "generations")
    monkeypatch.setattr(changes, "_opened", [generations])
    monkeypatch.setattr(held, "_in_transaction", lambda: False)
    held.begin()
    yield generations
    held.end()
    generations.close()


@pytest.fixture
def fill(settings: Any, tmp_path: Path) -> Callable[[], None]:
    """Indexes all that is public now, in a folder of the test's own; may be called again."""
    settings.DATA = tmp_path
    numbers = count(1)

    def made() -> None:
        name = f"test-{next(numbers)}"
        engine().create(name)
        with engine().writer(name) as writer:
            for document in sources.documents(list(sources.keys())):
                writer.put(prepare(document, meanings()))
            writer.commit()
        engine().switch(name)

    return made
