"""Deletes many pages at once, table by table.

Deleting page by page asks the database some thirty times for each, most of it for signals whose
receivers look for what a page that was just imported can't have. What hangs on a page (rows beneath
it, revisions, references, entries of the search index) goes with it here too.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import router, transaction
from django.db.models import F, Q
from django.db.models.deletion import Collector
from django.db.models.sql.subqueries import DeleteQuery
from wagtail.models import Page, ReferenceIndex
from wagtail_localize.models import TranslatableObject

from contactpoint.outputs.signals import outputs_changed


class _QuietCollector(Collector):
    """Finds all that a row takes with it, as Django does, and deletes it without signals."""

    def _has_signal_listeners(self, model: Any) -> bool:
        return False

    def remove(self) -> None:
        """Delete what was collected; call it within a transaction."""
        self.sort()
        for rows in self.fast_deletes:
            rows._raw_delete(using=self.using)
        updates: Any = self.field_updates
        for (field, value), groups in updates.items():
            keys = [row.pk for group in groups for row in group]
            field.model._base_manager.filter(pk__in=keys).update(**{field.name: value})
        for model, instances in self.data.items():
            DeleteQuery(model).delete_batch([row.pk for row in instances], self.using)


@transaction.atomic
def remove_pages(pks: Collection[int]) -> list[Page]:
    """Delete pages and return them as they were; what stands beneath one goes with it."""
    pages = list(Page.objects.select_for_update().filter(pk__in=pks))
    keys = TranslatableObject.objects.filter(
        translation_key__in=[page.translation_key for page in pages]
    )
    translated = set(keys.values_list("translation_key", flat=True))
    plain = [page for page in pages if not page.numchild and page.translation_key not in translated]
    special = {page.pk for page in pages} - {page.pk for page in plain}
    if special:
        Page.objects.filter(pk__in=special).delete()
    if plain:
        _remove_plain(plain)
        keys_gone = [page.translation_key for page in plain]
        outputs_changed.send(sender=Page, keys=keys_gone, gone=True)
    return pages


def _remove_plain(pages: Sequence[Page]) -> None:
    collector = _QuietCollector(using=router.db_for_write(Page))
    by_model: dict[type[Page], list[Page]] = defaultdict(list)
    for page in Page.objects.filter(pk__in=[page.pk for page in pages]).specific():
        by_model[type(page)].append(page)
    for group in by_model.values():
        collector.collect(group)
    base = ContentType.objects.get_for_model(Page)
    names = [str(page.pk) for page in pages]
    ReferenceIndex.objects.filter(
        Q(base_content_type=base, object_id__in=names)
        | Q(to_content_type=base, to_object_id__in=names)
    ).delete()
    collector.remove()
    lost = Counter(page.path[: -Page.steplen] for page in pages)
    for path, count in lost.items():
        Page.objects.filter(path=path).update(numchild=F("numchild") - count)
