"""Listens to what happens to documents and their collections."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.media.actions import read_later
from contactpoint.media.models import CustomDocument
from contactpoint.media.signals import document_text_changed


def connect() -> None:
    """Called once, when Django starts."""
    post_save.connect(_saved, sender=CustomDocument, dispatch_uid="document_saved")
    post_delete.connect(_deleted, sender=CustomDocument, dispatch_uid="document_deleted")
    for change in (post_save, post_delete):
        change.connect(_closed_or_opened, sender=CollectionViewRestriction)
    post_save.connect(_moved, sender=Collection)


def _saved(
    instance: CustomDocument,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **_kwargs: Any,
) -> None:
    """A new file is read; a title, a language or a collection may matter to whoever listens."""
    if raw or (update_fields is not None and update_fields <= {"file_size", "file_hash"}):
        return
    with transaction.atomic():
        document_text_changed.send(CustomDocument, pk=instance.pk)
        read_later(instance)


def _deleted(instance: CustomDocument, **_kwargs: Any) -> None:
    document_text_changed.send(CustomDocument, pk=instance.pk)


def _closed_or_opened(instance: CollectionViewRestriction, **_kwargs: Any) -> None:
    _tell_of(instance.collection)


def _moved(instance: Collection, **_kwargs: Any) -> None:
    """Wagtail saves a collection, then moves it in the same transaction."""
    transaction.on_commit(lambda: _tell_of(instance))


def _tell_of(collection: Collection) -> None:
    """All documents in the collection and those under it may be open now, or closed."""
    with transaction.atomic():
        path = Collection.objects.filter(pk=collection.pk).values_list("path", flat=True).first()
        inside = CustomDocument.objects.filter(collection__path__startswith=path or collection.path)
        for pk in inside.values_list("pk", flat=True):
            document_text_changed.send(CustomDocument, pk=pk)
