"""Loads what is due, where the operator wants it.

The round hands datasets to the job queue, so that a slow source holds nobody up. A source that
fails leaves the figures that are there."""

import logging
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from contactpoint.figures import FiguresError
from contactpoint.kit.jobs import task
from contactpoint.statistics.configured import sources
from contactpoint.statistics.loading import load_dataset
from contactpoint.statistics.models import Dataset

log = logging.getLogger(__name__)

_BEHIND_OTHERS: Final = -5
_HANDED_OVER: Final = timedelta(hours=6)
"""After so long a job that was lost is handed over again."""


def enqueue_due() -> bool:
    """Put a job into the queue for a dataset that is due; whether there may be more."""
    if not settings.LOAD_STATISTICS:
        return False
    now = timezone.now()
    due = Dataset.objects.filter(
        source=Dataset.Source.EUROSTAT, code__in=list(sources()), due_at__lte=now
    )
    code = due.order_by("due_at").values_list("code", flat=True).first()
    if code is None:
        return False
    # Another worker may have taken it: only one of them moves it on.
    if due.filter(code=code).update(due_at=now + _HANDED_OVER):
        load_due.enqueue(code)
    return True


@task(priority=_BEHIND_OTHERS)
def load_due(code: str) -> None:
    """The job. What went wrong stands in the dataset's row, and when to try again."""
    try:
        load_dataset(code)
    except FiguresError as error:
        log.warning("Figures of %s could not be loaded: %s", code, error)
