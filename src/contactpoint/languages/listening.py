"""Compares translations with their original as soon as either is published."""

import threading
import uuid
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from contactpoint.kit.jobs import task
from contactpoint.kit.pages import BasePage
from contactpoint.languages.following import follow_since
from contactpoint.languages.models import Standing

_CHUNK: Final = 500


class _Published(threading.local):
    """What this thread published and has not asked for; keys of a rollback do no harm.

    `stood` says of what it published last since when that stands in the database.
    """

    def __init__(self) -> None:
        self.keys: set[uuid.UUID] = set()
        self.stood: dict[uuid.UUID, datetime] = {}


_published = _Published()


@task()
def compare_translations(pk: int, stood_at: str = "") -> None:
    """Compare all versions of a page with their original, unless that has been done meanwhile."""
    page = Page.objects.filter(pk=pk).first()
    if page is not None:
        follow_since(page, datetime.fromisoformat(stood_at) if stood_at else timezone.now())


def compared(page: Page) -> list[Standing]:
    """How translations stand, for whoever has just published in this thread: here or by the job,
    whichever comes first."""
    return follow_since(page, _published.stood.pop(page.translation_key, timezone.now()))


def compare_later(instance: Page, **_kwargs: Any) -> None:
    """On publishing: remembered until the transaction ends, so that a batch asks once for all."""
    if isinstance(instance, BasePage) and instance.offered_in_every_language:
        _published.keys.add(instance.translation_key)
        transaction.on_commit(_enqueue)


def _enqueue() -> None:
    keys, _published.keys = sorted(_published.keys), set()
    now = timezone.now()
    if keys:
        _published.stood = dict.fromkeys(keys, now)
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
            compare_translations.enqueue(pk=row["first"], stood_at=now.isoformat())


def connect() -> None:
    """Listen to Wagtail; called once, when Django starts."""
    page_published.connect(compare_later, dispatch_uid="compare_translations")
