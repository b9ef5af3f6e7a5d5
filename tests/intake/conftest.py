"""A portal with the shipped glossary, themes and lists, made once for the tests of a module."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from replayed import replayed
from wagtail.models import Site

from contactpoint.glossary import actions as glossary
from contactpoint.home.actions import plant
from contactpoint.network import actions as network

SHORT = """\
The EMN published a study on return counselling. It compares six Member States.
When17 March 2021
Main theme: Return & Readmission, Asylum
Keywords: asiel, video's over planten
EMN Belgium hosted a webinar on 4 May 2021.
Main theme: Migration
Fedasil has opened a new place.
"""


@pytest.fixture(scope="module")
def _shipped(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded inside a transaction that every test's own nests in, and that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        replayed("planted", _plant)
        yield
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


def _plant() -> None:
    network.load_shipped()
    glossary.load_shipped()
    plant()


@pytest.fixture
def portal(_shipped: None, db: None) -> None:
    """The portal, for one test."""
    Site.clear_site_root_paths_cache()


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """A short listing: a study with two themes, a webinar, and an item without facts."""
    path = tmp_path / "listing.txt"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture
def queue(db: None, settings: Any) -> None:
    """Jobs wait for the worker, as in production."""
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
    }
