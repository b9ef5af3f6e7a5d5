"""Deletes files later whose storage was away when they were deleted."""

from typing import Final

from django.core.files.storage import default_storage

from contactpoint.kit.jobs import TryLaterError, task
from contactpoint.media.outage import StorageError

_BEHIND_OTHERS: Final = -10


@task(priority=_BEHIND_OTHERS)
def delete_file(name: str) -> None:
    """The job; a file that is gone is no fault, and a name is never given twice."""
    delete = getattr(default_storage, "delete_now", default_storage.delete)
    try:
        delete(name)
    except StorageError as error:
        raise TryLaterError(str(error)) from error
