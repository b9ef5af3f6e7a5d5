"""Publishes what is due and takes away what has expired, without anybody's cron.

Wagtail has a command for it; here each page goes in a transaction of its own, so that one which
can't be published stops no other, and is written as what it is, so that the search hears of it.
"""

import logging
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision

Row = TypeVar("Row", bound=Model)
log = logging.getLogger(__name__)

WAIT_AFTER_FAILURE: Final = timedelta(minutes=10)
_MOST: Final = 20


class Timetable:
    """Remembers what failed, so that it is not tried twice a second; one for each process."""

    def __init__(self) -> None:
        self._not_before: dict[tuple[str, int], datetime] = {}

    def keep(self, now: datetime | None = None) -> int:
        """Do what is due, at most some twenty pages of it; returns how many were written.

        Expiry goes first: what has been put back for later must not vanish again at once.
        """
        moment = now or timezone.now()
        self._not_before = {key: due for key, due in self._not_before.items() if due > moment}
        expired = self._due("expire", moment)
        written = sum(self._try("expire", pk, moment) for pk in expired)
        to_publish = self._due("publish", moment)
        return written + sum(self._try("publish", pk, moment) for pk in to_publish)

    def _due(self, what: str, now: datetime) -> list[int]:
        held = [pk for known, pk in self._not_before if known == what]
        if what == "expire":
            pages = Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
            return list(pages.exclude(pk__in=held).values_list("pk", flat=True)[:_MOST])
        revisions = Revision.page_revisions.filter(approved_go_live_at__lte=now)
        revisions = revisions.exclude(pk__in=held).order_by("approved_go_live_at", "pk")
        return list(revisions.values_list("pk", flat=True)[:_MOST])

    def _try(self, what: str, pk: int, now: datetime) -> bool:
        try:
            with transaction.atomic():
                return _expire(pk, now) if what == "expire" else _publish(pk, now)
        except OperationalError:
            raise  # the worker waits for the database
        except Exception:
            log.exception("Page or revision %s could not be written when due (%s).", pk, what)
            self._not_before[what, pk] = now + WAIT_AFTER_FAILURE
            return False


def _expire(pk: int, now: datetime) -> bool:
    page = _locked(Page.objects.filter(pk=pk, live=True, expire_at__lte=now))
    if page is None:
        return False
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _publish(pk: int, now: datetime) -> bool:
    revision = _locked(Revision.page_revisions.filter(pk=pk, approved_go_live_at__lte=now))
    if revision is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _locked(rows: "QuerySet[Row]") -> Row | None:
    """The row, for this worker alone; None where another one has it or has done it."""
    skip_locked = connection.features.has_select_for_update_skip_locked
    return rows.select_for_update(skip_locked=skip_locked).first()
