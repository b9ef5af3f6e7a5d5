"""Reads every page that has changed: its links, and what it looks like.

A page is read because its own moment differs from that of the last reading, so nothing has to tell
the desk of a change, and what was imported in a batch is noticed as well.
"""

import logging
from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from wagtail.models import Page

from contactpoint.desk.likeness import finding
from contactpoint.desk.links.collecting import collect
from contactpoint.desk.models import PageReading
from contactpoint.outputs.models import Output

log = logging.getLogger(__name__)
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def changed() -> "QuerySet[Page]":
    """Pages that were not read as they are now; `stamp` is the moment of what is there."""
    never = Value(_NEVER)
    stamp = Case(
        When(live=True, then=Coalesce("last_published_at", "latest_revision_created_at", never)),
        default=Coalesce("latest_revision_created_at", "last_published_at", never),
    )
    pages = Page.objects.filter(depth__gt=1).annotate(stamp=stamp).order_by("pk")
    return pages.filter(Q(desk_reading=None) | ~Q(desk_reading__stamp=F("stamp")))


def read_some(most: int = 20) -> int:
    """Read pages that have changed, at most so many; returns how many."""
    stamps = dict(changed().values_list("pk", "stamp")[:most])
    for page in Page.objects.filter(pk__in=stamps).specific().select_related("locale"):
        try:
            with transaction.atomic():
                _read(page)
        except (ValueError, TypeError, KeyError, AttributeError):
            # What can't be understood today is not tried again until the page changes.
            log.exception("Page %s could not be read for links and duplicates.", page.pk)
        PageReading.objects.update_or_create(page_id=page.pk, defaults={"stamp": stamps[page.pk]})
    return len(stamps)


def _read(page: Any) -> None:
    collect(page)
    if isinstance(page, Output):
        finding.remember(page)
