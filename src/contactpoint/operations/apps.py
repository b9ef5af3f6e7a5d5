"""Registers the app with Django."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings


class OperationsConfig(AppConfig):
    """How the portal is, for whoever runs it; has no models."""

    name = "contactpoint.operations"
    label = "operations"

    def ready(self) -> None:
        """Every process counts what it asks the database, and jobs are counted where they end."""
        from django_tasks.signals import task_finished, task_started  # noqa: PLC0415

        from contactpoint.kit.log_lines import log_everything  # noqa: PLC0415
        from contactpoint.operations import spending  # noqa: PLC0415

        if settings.LOG == "json":
            log_everything()
        spending.begin()
        task_started.connect(_started, dispatch_uid="operations_started")
        task_finished.connect(_finished, dispatch_uid="operations_finished")


def _started(sender: Any, task_result: Any, **_signal: Any) -> None:
    from contactpoint.kit.request_ids import job_id  # noqa: PLC0415 — apps are loaded by then

    job_id.set(str(task_result.id))


def _finished(sender: Any, task_result: Any, **_signal: Any) -> None:
    from contactpoint.operations.counting_jobs import ran  # noqa: PLC0415 — as above

    ran(task_result)
