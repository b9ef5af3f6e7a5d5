"""The demo site and an index of it, made once for all questions."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from judging.demo import Demo
from wagtail.models import Site

from contactpoint.glossary import actions as glossary
from contactpoint.home import demonstration
from contactpoint.home.actions import plant
from contactpoint.network import actions as network
from contactpoint.search.engines.base import Engine
from contactpoint.search.engines.embedded import EmbeddedEngine


@pytest.fixture(scope="module")
def demo() -> Demo:
    return Demo()


@pytest.fixture(scope="module")
def index(
    demo: Demo,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[Engine]:
    """Every page and concept, indexed; the database is as before when the last question is done."""
    folder: Path = tmp_path_factory.mktemp("index")
    with django_db_blocker.unblock(), transaction.atomic():
        Site.clear_site_root_paths_cache()
        network.load_shipped()
        glossary.load_shipped()
        plant()
        demonstration.load()
        engine = EmbeddedEngine(folder)
        demo.index("demo", engine)
        yield engine
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()
