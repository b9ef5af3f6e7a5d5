"""Makes many pages at once, for whoever brings hundreds, with a fraction of the work.

`add_child` asks the database some eighty times for each page. Here a batch is inserted table by
table, and what hangs on a page (revision, history, references, search) is written once for all of
them. What comes out is the same, which `tests/outputs/test_batch.py` holds field by field.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends
from wagtail.signals import page_published

from contactpoint.outputs.models import Output
from contactpoint.outputs.signals import outputs_changed

AnyOutput = TypeVar("AnyOutput", bound=Output)
LARGEST_BATCH: Final = 250
_LONGEST_SLUG: Final = 80


@transaction.atomic
def create_pages(
    parent: Page,
    pages: Sequence[AnyOutput],
    *,
    user: Any = None,
    at: datetime.datetime | None = None,
) -> Sequence[AnyOutput]:
    """Publish unsaved pages of one class under `parent`, in order; returns them saved.

    Rows beneath a page (themes, classifications, …) are those assigned to it in memory. A page
    without a slug gets one from its title, made unique. All of a batch is written, or nothing;
    `parent` is locked while it is. Raises `ValueError` for pages of different classes.
    """
    if not pages:
        return pages
    if len({type(page) for page in pages}) > 1:
        raise ValueError("Pages of one batch are of one class; make a batch of each.")
    made: list[AnyOutput] = []
    for start in range(0, len(pages), LARGEST_BATCH):
        made += _create(parent, pages[start : start + LARGEST_BATCH], user, at or timezone.now())
    return made


def _create(
    parent: Page, pages: Sequence[AnyOutput], user: Any, at: datetime.datetime
) -> Sequence[AnyOutput]:
    locked = Page.objects.select_for_update().get(pk=parent.pk)
    for page, path in zip(pages, _paths(locked), strict=False):
        page.path, page.depth, page.numchild = path, locked.depth + 1, 0
    _fill(locked, pages, user, at)
    _insert(pages)
    Page.objects.filter(pk=locked.pk).update(numchild=models.F("numchild") + len(pages))
    parent.numchild = locked.numchild + len(pages)
    _insert_children(pages)
    revisions = _revise(pages, user, at)
    _log(pages, revisions, user, at)
    _refer(pages)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(type(pages[0]), pages)
    for page, revision in zip(pages, revisions, strict=True):
        page_published.send(sender=type(page), instance=page, revision=revision, is_of_a_batch=True)
    outputs_changed.send(sender=type(pages[0]), keys=[page.translation_key for page in pages])
    return pages


def _paths(parent: Page) -> Iterator[str]:
    """The paths after the last child's, without end."""
    last = (
        Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
        .order_by("-path")
        .values_list("path", flat=True)
        .first()
    )
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    while True:
        step += 1
        yield Page._get_path(parent.path, parent.depth + 1, step)


def _fill(parent: Page, pages: Sequence[Output], user: Any, at: datetime.datetime) -> None:
    """What Wagtail sets when a page is saved, cleaned and published."""
    content_type = ContentType.objects.get_for_model(type(pages[0]))
    relations = _relations(type(pages[0]))
    for page, slug in zip(pages, _slugs(parent, pages), strict=True):
        page.slug = slug
        page.url_path = f"{parent.url_path}{slug}/"
        page.draft_title = page.draft_title or page.title
        page.locale_id = parent.locale_id
        page.content_type = content_type
        page.kind = page.KIND
        page.live, page.has_unpublished_changes = True, False
        page.owner = user
        page.first_published_at = page.last_published_at = at
        page.latest_revision_created_at = at
        # A relation that nobody filled is empty; modelcluster would ask the database.
        kept = page.__dict__.setdefault("_cluster_related_objects", {})
        for name in relations:
            kept.setdefault(name, [])


def _relations(model: type[Output]) -> list[str]:
    return [relation.get_accessor_name() for relation in get_all_child_relations(model)]


def _slugs(parent: Page, pages: Sequence[Output]) -> Iterator[str]:
    """Unique among the parent's children: the title's words, with a number where they are taken."""
    unicode_slugs = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)
    bases = [page.slug or _slug(page.title, unicode_slugs) for page in pages]
    children = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    taken = set(children.filter(slug__in=bases).values_list("slug", flat=True))
    # Only a slug that is taken needs to know its numbered neighbours.
    repeated = {base for base in bases if base in taken or bases.count(base) > 1}
    for base in repeated:
        numbered = children.filter(slug__startswith=f"{base}-")
        taken.update(numbered.values_list("slug", flat=True))
    numbers: dict[str, int] = defaultdict(lambda: 1)
    for base in bases:
        slug = base
        while slug in taken:
            numbers[base] += 1
            slug = f"{base}-{numbers[base]}"
        taken.add(slug)
        yield slug


def _slug(title: str, unicode_slugs: bool) -> str:
    slug = slugify(title, allow_unicode=unicode_slugs)
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rsplit("-", 1)[0]
    return slug or "item"


def _insert(pages: Sequence[Output]) -> None:
    """One statement a table, from `Page` down to the class itself."""
    model = type(pages[0])
    tables: list[type[models.Model]] = [*reversed(model._meta.get_parent_list()), model]
    links = [link for table in tables for link in table._meta.parents.values() if link is not None]
    for table in tables:
        meta = table._meta
        manager: Any = table._base_manager
        own = [field for field in meta.local_concrete_fields if field.name != "id"]
        wants_pk = table is Page
        rows = manager._insert(
            pages,
            fields=own,
            returning_fields=[meta.pk] if wants_pk else None,
            using=manager.db,
        )
        if wants_pk:
            for page, (pk,) in zip(pages, rows, strict=True):
                page.pk = page.id = pk
                for link in links:
                    setattr(page, link.attname, pk)
    for page in pages:
        page._state.adding = False


def _insert_children(pages: Sequence[Output]) -> None:
    for relation in get_all_child_relations(type(pages[0])):
        name, link = relation.get_accessor_name(), relation.field
        rows = []
        for page in pages:
            for position, row in enumerate(page.__dict__["_cluster_related_objects"][name]):
                setattr(row, link.attname, page.pk)
                if hasattr(row, "sort_order"):
                    row.sort_order = position
                rows.append(row)
        if rows:
            relation.related_model._default_manager.bulk_create(rows)


def _revise(pages: Sequence[Output], user: Any, at: datetime.datetime) -> Sequence[Revision]:
    """A first revision each, so that an editor's later change has something to be compared with."""
    base = ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type_id=page.content_type_id,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=at,
            user=user,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    own = Revision.objects.filter(
        base_content_type=base, object_id=Cast(OuterRef("pk"), models.CharField())
    ).values("pk")[:1]
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        latest_revision=Subquery(own), live_revision=Subquery(own)
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
    return revisions


def _log(
    pages: Sequence[Output], revisions: Iterable[Revision], user: Any, at: datetime.datetime
) -> None:
    """What the page's history shows."""
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type_id=page.content_type_id,
            page_id=page.pk,
            label=page.title,
            action=action,
            timestamp=at,
            user=user,
            revision=revision,
            content_changed=True,
        )
        for page, revision in zip(pages, revisions, strict=True)
        for action in ("wagtail.create", "wagtail.publish")
    )


def _refer(pages: Sequence[Output]) -> None:
    """Which objects each page refers to."""
    base = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type_id=page.content_type_id,
            base_content_type=base,
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page in pages
        for to_type, to_id, model_path, content_path in sorted(
            set(ReferenceIndex._extract_references_from_object(page))
        )
    )
