"""Takes back a whole import: the pages that it made go, unless an editor has worked on them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.models import PageLogEntry

from contactpoint.intake.actions.publishing import edited
from contactpoint.intake.actions.removal import remove_pages
from contactpoint.intake.kept import release
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.kit.jobs import task

Status = ImportedItem.Status
_BATCH: Final = 100


@dataclass(slots=True)
class Undone:
    """`removed` counts pages that went; `left` are the titles of those that an editor changed."""

    removed: int = 0
    left: list[str] = field(default_factory=list)


def undo(
    run: ImportRun, *, user: Any = None, on_batch: Callable[[int], None] = lambda count: None
) -> Undone:
    """Undo `run`. Repeatable: what an interruption left is undone the next time.

    `on_batch` learns how many items each batch settled.

    Pages of earlier runs that this one changed stay; their history holds what they were.
    """
    result = Undone()
    last = 0
    while items := list(
        run.accepted_items.filter(pk__gt=last).exclude(page=None).order_by("pk")[:_BATCH]
    ):
        last = items[-1].pk
        _remove(items, result, user)
        on_batch(len(items))
    with transaction.atomic():
        run.accepted_items.filter(page=None).update(status=Status.UNDONE, accepted_in=None)
        waiting = run.items.filter(status__in=[Status.PENDING, Status.REJECTED])
        waiting.update(status=Status.UNDONE)
        run.items.filter(status=Status.CHANGED).update(status=Status.ACCEPTED)
        stays = result.left or taken_elsewhere(run)
        run.status = ImportRun.Status.DONE if stays else ImportRun.Status.UNDONE
        run.finished_at = timezone.now()
        run.save(update_fields=["status", "finished_at"])
    return result


def undo_later(run: ImportRun, *, user: Any = None) -> None:
    """Hand `run` over to the worker, and show that it is being undone until it is."""
    ImportRun.objects.filter(pk=run.pk).update(status=ImportRun.Status.UNDOING)
    undo_in_background.enqueue(run.pk, user.pk if user else None)


@task()
def undo_in_background(number: int, user: int | None) -> None:
    """A run that was undone otherwise meanwhile is passed over."""
    run = ImportRun.objects.filter(pk=number, status=ImportRun.Status.UNDOING).first()
    if run is None:
        return
    try:
        undo(run, user=get_user_model().objects.filter(pk=user or 0).first())
    except Exception:
        # What is left can be undone again.
        ImportRun.objects.filter(pk=number).update(status=ImportRun.Status.DONE)
        raise


def taken_elsewhere(run: ImportRun) -> list[tuple[int, int]]:
    """The imports that published items of `run`'s review list, each with how many of them."""
    taken = run.items.exclude(page=None).exclude(accepted_in=run).exclude(accepted_in=None)
    return list(taken.order_by().values_list("accepted_in").annotate(Count("pk")))


@transaction.atomic
def _remove(items: list[ImportedItem], result: Undone, user: Any) -> None:
    theirs = edited(items)
    going = [item for item in items if item.page_id not in theirs]
    pages = remove_pages([item.page_id for item in going if item.page_id])
    release(file for item in going for file in item.inferred.get("files", []))
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type_id=page.content_type_id,
            page_id=page.pk,
            label=page.title,
            action="wagtail.delete",
            timestamp=timezone.now(),
            user=user,
            deleted=True,
        )
        for page in pages
    )
    ImportedItem.objects.filter(pk__in=[item.pk for item in going]).update(
        status=Status.UNDONE, page=None, revision=None, accepted_in=None, mended=False
    )
    result.removed += len(pages)
    result.left += [str(item.inferred["title"]) for item in items if item.page_id in theirs]
