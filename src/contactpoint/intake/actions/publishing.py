"""Pages out of accepted items, and the source's changes into pages that exist."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.models import Page

from contactpoint.intake.kept import adopt
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.intake.pages import KINDS, Shelves, draft, fields, related
from contactpoint.outputs.batch import create_pages
from contactpoint.outputs.models import Output


def publish(
    items: Iterable[ImportedItem], run: ImportRun, shelves: Shelves, user: Any = None
) -> None:
    """Make a live page of each item, in batches by kind; the caller saves the items."""
    by_kind: dict[str, list[ImportedItem]] = defaultdict(list)
    for item in items:
        by_kind[item.inferred["type"]].append(item)
    for kind, group in by_kind.items():
        pages = [draft(item.inferred, shelves, user) for item in group]
        create_pages(shelves.lists[kind], pages, user=user)
        for item, page in zip(group, pages, strict=True):
            item.page_id, item.revision = page.pk, page.latest_revision_id
            item.status, item.accepted_in = ImportedItem.Status.ACCEPTED, run


def edited(items: Sequence[ImportedItem]) -> set[int]:
    """Pages among the items' that an editor changed or translated since the import made them."""
    pages = {
        page.pk: page
        for page in Page.objects.filter(pk__in=[item.page_id for item in items if item.page_id])
    }
    translated = set(
        Page.objects.filter(translation_key__in=[page.translation_key for page in pages.values()])
        .exclude(pk__in=pages)
        .values_list("translation_key", flat=True)
    )
    return {
        item.page_id
        for item in items
        if item.page_id is not None
        and item.page_id in pages
        and (
            pages[item.page_id].latest_revision_id != item.revision
            or pages[item.page_id].translation_key in translated
        )
    }


def rewrite(item: ImportedItem, shelves: Shelves, *, live: bool, user: Any = None) -> None:
    """Write what the source says now into the item's page: live, or as a draft beside the page.

    A page keeps its kind: an item that has become another kind changes in text and facts only.
    """
    found = Page.objects.get(pk=item.page_id).specific
    if not isinstance(found, Output):
        raise TypeError(f"{found} is no output.")
    own = {field.name for field in KINDS[found.kind]._meta.fields}
    library = adopt(item.inferred.get("files", []), user)
    for name, value in fields(item.inferred, library).items():
        if name in own:
            setattr(found, name, value)
    for name, rows in related(item.inferred, shelves, library).items():
        for position, row in enumerate(rows):
            row.sort_order = position
        setattr(found, name, rows)
    revision = found.save_revision(user=user, log_action=True)
    if live:
        revision.publish(user=user)
        item.revision = revision.pk
    item.status = ImportedItem.Status.ACCEPTED
