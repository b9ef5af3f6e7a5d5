"""Listens to what happens to documents, recordings and their collections."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Collection, CollectionViewRestriction

from contactpoint.kit.rounds import each_round
from contactpoint.media.actions import read_later
from contactpoint.media.models import Captions, CustomDocument, Recording
from contactpoint.media.scanning import scan_some, wait_for_scan
from contactpoint.media.signals import document_text_changed, recording_changed

each_round(scan_some)


def connect() -> None:
    """Called once, when Django starts."""
    post_save.connect(_saved, sender=CustomDocument, dispatch_uid="document_saved")
    post_delete.connect(_deleted, sender=CustomDocument, dispatch_uid="document_deleted")
    for change in (post_save, post_delete):
        change.connect(_closed_or_opened, sender=CollectionViewRestriction)
        change.connect(_captioned, sender=Captions)
    post_save.connect(_moved, sender=Collection)
    post_save.connect(_recorded, sender=Recording)
    pre_delete.connect(_gone, sender=Recording)  # as long as it is known who shows it


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
        wait_for_scan(instance)
        document_text_changed.send(CustomDocument, pk=instance.pk)
        read_later(instance)


def _deleted(instance: CustomDocument, **_kwargs: Any) -> None:
    document_text_changed.send(CustomDocument, pk=instance.pk)


def _recorded(instance: Recording, **_kwargs: Any) -> None:
    with transaction.atomic():
        recording_changed.send(Recording, pk=instance.pk)


def _gone(instance: Recording, **_kwargs: Any) -> None:
    recording_changed.send(Recording, pk=instance.pk, gone=True)


def _captioned(instance: Captions, **_kwargs: Any) -> None:
    with transaction.atomic():
        recording_changed.send(Recording, pk=instance.recording_id)


def _closed_or_opened(instance: CollectionViewRestriction, **_kwargs: Any) -> None:
    _tell_of(instance.collection)


def _moved(instance: Collection, **_kwargs: Any) -> None:
    """Wagtail saves a collection, then moves it in the same transaction."""
    transaction.on_commit(lambda: _tell_of(instance))


def _tell_of(collection: Collection) -> None:
    """All files in the collection and those under it may be open now, or closed."""
    with transaction.atomic():
        path = Collection.objects.filter(pk=collection.pk).values_list("path", flat=True).first()
        inside = CustomDocument.objects.filter(collection__path__startswith=path or collection.path)
        for pk in inside.values_list("pk", flat=True):
            document_text_changed.send(CustomDocument, pk=pk)
        recordings = Recording.objects.filter(collection__path__startswith=path or collection.path)
        for pk in recordings.values_list("pk", flat=True):
            recording_changed.send(Recording, pk=pk)
