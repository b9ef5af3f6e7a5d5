"""Keeps Wagtail's index of what refers to what, for rows that may be gone by then.

A form that is saved twice, or a translation that is written anew, replaces its child rows. Wagtail
asks for a job for each row that was saved; where the row has gone before the worker comes, its own
job fails, and the many failures hide the few that matter.
"""

from typing import Any

from django.apps import apps
from wagtail import signal_handlers
from wagtail.tasks import update_reference_index_task

from contactpoint.kit.jobs import task


@task()
def update_references(app_label: str, model_name: str, pk: str) -> None:
    """As Wagtail's own job; a row that is gone refers to nothing, and is no failure."""
    model: Any = apps.get_model(app_label, model_name)
    try:
        update_reference_index_task.call(app_label, model_name, pk)
    except model.DoesNotExist:
        if model._base_manager.filter(pk=pk).exists():
            raise


def listen() -> None:
    """Have Wagtail ask for this job; called once, when Django starts.

    Models are registered with the index until long after that, so the job is exchanged rather than
    the receivers of each model.
    """
    signal_handlers.update_reference_index_task = update_references
