"""Jobs as in production: in the database, run by a runner."""

import pytest


@pytest.fixture
def queue(db: None, settings: object) -> None:
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}
    }
