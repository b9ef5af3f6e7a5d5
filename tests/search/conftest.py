"""A small site for every test of the search, and an index of it where it is searched."""

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from factories import MadeSite, make_site

from contactpoint.glossary.terms import vocabulary
from contactpoint.search import sources
from contactpoint.search.engines import engine
from contactpoint.search.indexing.preparing import prepare

Fill = Callable[[], None]


@pytest.fixture
def site(db: None) -> MadeSite:
    return make_site()


@pytest.fixture
def fill(settings: Any, tmp_path: Path) -> Fill:
    """Indexes all that is public now, in a folder of the test's own; may be called again."""
    settings.DATA = tmp_path
    numbers = count(1)

    def made() -> None:
        name = f"test-{next(numbers)}"
        engine().create(name)
        with engine().writer(name) as writer:
            for document in sources.documents(list(sources.keys())):
                writer.put(prepare(document, vocabulary()))
            writer.commit()
        engine().switch(name)

    return made
