"""What an editor does with the items of a review list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from contactpoint.intake.actions.publishing import edited, publish, rewrite
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.intake.pages import Shelves
from contactpoint.intake.problems import remaining

Status = ImportedItem.Status
WAITING: Final = (Status.PENDING, Status.CHANGED)
_SAVED: Final = ["status", "page", "revision", "accepted_in"]
_BATCH: Final = 100


def accept(items: Sequence[ImportedItem], *, user: Any = None) -> int:
    """Publish items of one run; what no longer waits is passed over. Returns how many.

    A change to a page goes live, or, where an editor has worked on that page since, is laid beside
    it as a draft for them to compare.
    """
    if not items:
        return 0
    run = items[0].run
    shelves = Shelves.load(run.language)
    count = 0
    for start in range(0, len(items), _BATCH):
        chosen = [item.pk for item in items[start : start + _BATCH]]
        count += _accept_batch(run, chosen, shelves, user)
    return count


@transaction.atomic
def _accept_batch(run: ImportRun, chosen: Iterable[int], shelves: Shelves, user: Any) -> int:
    # Two editors may press the button together: what one has taken, the other no longer finds.
    waiting = list(
        ImportedItem.objects.select_for_update()
        .filter(pk__in=list(chosen), run=run, status__in=WAITING)
        .order_by("position")
    )
    changed = [item for item in waiting if item.status == Status.CHANGED and item.page_id]
    theirs = edited(changed)
    publish([item for item in waiting if item not in changed], run, shelves, user)
    for item in changed:
        rewrite(item, shelves, live=item.page_id not in theirs, user=user)
    ImportedItem.objects.bulk_update(waiting, _SAVED)
    _close(run)
    return len(waiting)


def accept_all(run: ImportRun, *, user: Any = None) -> int:
    """Publish everything of the run that waits; returns how many."""
    count = 0
    while True:
        waiting = list(run.items.filter(status__in=WAITING).select_related("run")[:_BATCH])
        if not waiting:
            return count
        count += accept(waiting, user=user)


@transaction.atomic
def reject(item: ImportedItem) -> None:
    """Keep the item out; a change at the source that is rejected leaves the page as it is."""
    current = ImportedItem.objects.select_for_update().get(pk=item.pk)
    if current.status == Status.PENDING:
        current.status = Status.REJECTED
    elif current.status == Status.CHANGED:
        current.status = Status.ACCEPTED
    current.save(update_fields=["status"])
    item.status = current.status
    _close(current.run)


@transaction.atomic
def mend(item: ImportedItem, changes: Mapping[str, Any]) -> ImportedItem:
    """Write an editor's values over inferred ones; a rejected item waits again."""
    current = ImportedItem.objects.select_for_update().get(pk=item.pk)
    current.inferred = {**current.inferred, **changes}
    current.problems = remaining(current.problems, current.inferred)
    current.mended = True
    if current.status == Status.REJECTED:
        current.status = Status.PENDING
    current.save(update_fields=["inferred", "problems", "mended", "status"])
    _close(current.run)
    return current


def is_edited(item: ImportedItem) -> bool:
    """Whether an editor has changed or translated the item's page since the import made it."""
    return bool(edited([item]))


def _close(run: ImportRun) -> None:
    """A run is done when nothing of it waits."""
    if run.status in (ImportRun.Status.REVIEW, ImportRun.Status.DONE):
        waits = run.items.filter(status__in=WAITING).exists()
        run.status = ImportRun.Status.REVIEW if waits else ImportRun.Status.DONE
        run.save(update_fields=["status"])
