"""Keeps what is true in every language the same in every language: dates, themes, keywords, …

Facts are edited on the source page only. When it is published they are written to its
translations at once, however those were made; text is not touched, so that nothing appears in the
wrong language. wagtail-localize keeps a frozen copy of the source, from which it writes a
translation anew: its facts are renewed too, or the next save would bring the old ones back.
"""

import json
import logging
import threading
import uuid
from collections.abc import Sequence
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import TranslationSource

from contactpoint.kit.jobs import task
from contactpoint.outputs.block_facts import block_facts, copy_block_facts, renew
from contactpoint.outputs.forms import facts_of
from contactpoint.outputs.models import Output
from contactpoint.outputs.sources import source_of

log = logging.getLogger(__name__)
_OWN: Final = {"id", "page", "page_id"}
_CHUNK: Final = 500


class _Published(threading.local):
    """What this thread published and has not looked at; a rollback leaves keys that do no harm."""

    def __init__(self) -> None:
        self.keys: set[uuid.UUID] = set()


_published = _Published()


def facts(page: Output) -> dict[str, Any]:
    """What is true of a page in every language, to compare: fields, and child rows in order."""
    relations = _relations(page)
    return {
        name: (
            [_row(row) for row in _rows(page, name)]
            if name in relations
            else page._meta.get_field(name).value_from_object(page)
        )
        for name in facts_of(page)
    }


@transaction.atomic
def synchronise_facts(source: Output) -> int:
    """Write the facts of a live source page to its translations; returns how many changed.

    A translation that is live is published again with them; a draft of it gets them as well. Text
    stays. Repeatable: where nothing differs, nothing is written.
    """
    source = _fresh(source)
    if not source.live or source_of(source).pk != source.pk:
        return 0
    _renew_frozen(source)
    others = (
        Page.objects.filter(translation_key=source.translation_key, alias_of__isnull=True)
        .exclude(pk=source.pk)
        .order_by("pk")
    )
    changed = 0
    for other in others.specific():
        if type(other) is not type(source):
            log.warning("Page %s is of another kind than its source %s.", other.pk, source.pk)
            continue
        changed += _bring(source, other)
    return changed


def copy_facts(source: Output, target: Output) -> bool:
    """Give `target`, in memory, the facts of `source`; false where it has them already.

    What a translation may have of its own (a film in its language) is only filled where empty.
    """
    changed = False
    wanted, present = facts(source), facts(target)
    for name, value in wanted.items():
        if value == present[name]:
            continue
        changed = True
        relation = _relations(target).get(name)
        if relation is None:
            field: Any = target._meta.get_field(name)
            setattr(target, field.attname, value)
        else:
            model: Any = relation.related_model
            setattr(target, name, [model(**row, sort_order=n) for n, row in enumerate(value)])
    for field in source.translatable_fields:
        if isinstance(field, SynchronizedField) and field.is_overridable(source):
            attname = source._meta.get_field(field.field_name).attname
            if getattr(source, attname) and not getattr(target, attname):
                setattr(target, attname, getattr(source, attname))
                changed = True
    return copy_block_facts(source, target) or changed


@task()
def synchronise(pk: int) -> None:
    """Bring the facts of the page's source to all its translations."""
    page = Page.objects.filter(pk=pk).first()
    source = source_of(page).specific if page else None
    if isinstance(source, Output):
        synchronise_facts(source)


def synchronise_later(instance: Page, **_kwargs: Any) -> None:
    """On publishing: remembered until the transaction ends, so that a batch asks once for all."""
    if isinstance(instance, Output):
        _published.keys.add(instance.translation_key)
        transaction.on_commit(_enqueue)


def _enqueue() -> None:
    keys, _published.keys = sorted(_published.keys), set()
    enqueue(keys)


def enqueue(keys: Sequence[uuid.UUID]) -> None:
    """A job for each item, by its translation key, that stands in another language too."""
    for start in range(0, len(keys), _CHUNK):
        several = (
            Page.objects.filter(translation_key__in=keys[start : start + _CHUNK], alias_of=None)
            .order_by()
            .values("translation_key")
            .annotate(first=models.Min("pk"), versions=models.Count("pk"))
            .filter(versions__gt=1)
        )
        for row in several:
            synchronise.enqueue(pk=row["first"])


def connect() -> None:
    """Listen to Wagtail; called once, when Django starts."""
    page_published.connect(synchronise_later, dispatch_uid="synchronise_facts")


def _bring(source: Output, page: Output) -> bool:
    """The live page and its newest draft, each where its facts differ."""
    draft = None
    if not page.live or page.has_unpublished_changes:
        draft = page.get_latest_revision_as_object()
    changed = False
    if page.live and copy_facts(source, page):
        changed = True
        page.save(clean=False)
        page.save_revision(changed=False, clean=False).publish()
    if draft is not None:
        differs = copy_facts(source, draft)
        if differs and not page.live:
            draft.save(clean=False)
        if differs or changed:
            draft.save_revision(clean=False)
        changed = changed or differs
    return changed


def _renew_frozen(source: Output) -> None:
    """The facts in wagtail-localize's copy; its text waits until an editor sends it on."""
    frozen = TranslationSource.objects.get_for_instance_or_none(source)
    if frozen is None:
        return
    content, now = json.loads(frozen.content_json), source.serializable_data()
    names = facts_of(source)
    changed = any(content.get(name) != now[name] for name in names)
    content |= {name: now[name] for name in names}
    for name, wanted in block_facts(source).items():
        blocks = json.loads(content.get(name) or "[]")
        if renew(blocks, wanted):
            content[name], changed = json.dumps(blocks, cls=DjangoJSONEncoder), True
    if changed:
        frozen.content_json = json.dumps(content, cls=DjangoJSONEncoder)
        frozen.save(update_fields=["content_json"])


def _fresh(page: Output) -> Output:
    fresh: Output = Page.objects.get(pk=page.pk).specific
    return fresh


def _relations(page: Page) -> dict[str, Any]:
    return {
        relation.get_accessor_name(): relation for relation in get_all_child_relations(type(page))
    }


def _rows(page: Page, name: str) -> list[models.Model]:
    rows = list(getattr(page, name).all())
    return sorted(rows, key=lambda row: (row.sort_order is None, row.sort_order or 0))


def _row(row: models.Model) -> dict[str, Any]:
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.attname not in _OWN and field.name != "sort_order"
    }
