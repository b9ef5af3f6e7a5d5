"""Compares translations with their original as soon as either is published."""

import threading
import uuid
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Min
from wagtail.models import Page
from wagtail.signals import page_published

from contactpoint.kit.jobs import task
from contactpoint.kit.pages import BasePage
from contactpoint.languages.following import follow

_CHUNK: Final = 500


class _Published(threading.local):
    """What this thread published and has not asked for; keys of a rollback do no harm."""

    def __init__(self) -> None:
        self.keys: set[uuid.UUID] = set()


_published = _Published()


@task()
def compare_translations(pk: int) -> None:
    """Compare all versions of a page with their original."""
    page = Page.objects.filter(pk=pk).first()
    if page is not None:
        follow(page)


def compare_later(instance: Page, **_kwargs: Any) -> None:
    """On publishing: remembered until the transaction ends, so that a batch asks once for all."""
    if isinstance(instance, BasePage) and instance.offered_in_every_language:
        _published.keys.add(instance.translation_key)
        transaction.on_commit(_enqueue)


def _enqueue() -> None:
    keys, _published.keys = sorted(_published.keys), set()
    for start in range(0, len(keys), _CHUNK):
        several = (
            Page.objects.filter(translation_key__in=keys[start : start + _CHUNK], alias_of=None)
            .filter(live=True)
            .order_by()
            .values("translation_key")
            .annotate(first=Min("pk"), versions=Count("pk"))
            .filter(versions__gt=1)
        )
        for row in several:
            compare_translations.enqueue(pk=row["first"])


def connect() -> None:
    """Listen to Wagtail; called once, when Django starts."""
    page_published.connect(compare_later, dispatch_uid="compare_translations")
