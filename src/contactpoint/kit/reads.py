"""Counts how often pages are read: one number a page and day, so that editors know what is wanted.

Nothing of who reads is looked at beyond whether it is a program, and nothing of it is kept: no
address, no cookie, no hour. A process gathers what it serves and writes it in batches, after an
answer has gone out; what waits when a process is stopped is lost, and so is what a browser or a
proxy kept. So these are orders of magnitude, not figures to publish.
"""

import logging
import threading
import time
from collections import Counter
from datetime import date, timedelta
from typing import Any, Final

from django.core.signals import request_finished
from django.db import Error, connection, transaction
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from contactpoint.kit.models import PageReads
from contactpoint.kit.patience import briefly
from contactpoint.kit.readers import is_read, is_read_unseen

log = logging.getLogger(__name__)
PAGE: Final = "contactpoint.page"
"""Where a request holds the number of the page that it was given."""
LATELY: Final = timedelta(days=90)
"""How far back the desk looks."""
KEPT: Final = timedelta(days=400)
"""A year can be compared with the one before."""
BATCH: Final = 100
LONGEST: Final = 60.0
"""So many reads, or seconds since the first of them, and they are written."""
MOST: Final = 5_000
"""Lines that wait where the database can't be written for long; further ones are given up."""
_TABLE: Final = PageReads._meta.db_table
_ADD: Final = (
    f"INSERT INTO {_TABLE} (page_id, day, number) VALUES (%s, %s, %s) "  # noqa: S608 — ours
    f"ON CONFLICT (page_id, day) DO UPDATE SET number = {_TABLE}.number + excluded.number"
)


class _Waiting:
    """What this process has counted and not written."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.numbers: Counter[tuple[int, date]] = Counter()
        self.since = 0.0
        self._today, self._until = date.min, 0.0

    def add_one(self, pk: int) -> None:
        """A page was read; this is done for each kept page, so it is done in a microsecond."""
        now = time.monotonic()
        with self.lock:
            if now >= self._until:
                self._today, self._until = timezone.localdate(), now + 1
            numbers, one = self.numbers, (pk, self._today)
            if not numbers:
                self.since = now
            if one in numbers or len(numbers) < MOST:
                numbers[one] += 1

    def take(self, *, at_once: bool) -> Counter[tuple[int, date]]:
        """All of it, if there is enough or it has waited for long enough."""
        with self.lock:
            is_due = self.numbers.total() >= BATCH or time.monotonic() - self.since >= LONGEST
            if not self.numbers or not (is_due or at_once):
                return Counter()
            taken, self.numbers = self.numbers, Counter()
            return taken

    def add(self, numbers: Counter[tuple[int, date]]) -> None:
        """Put it with the rest."""
        with self.lock:
            if not self.numbers:
                self.since = time.monotonic()
            if len(self.numbers) < MOST:
                self.numbers.update(numbers)


_waiting = _Waiting()


def read(request: HttpRequest, pk: int) -> None:
    """A page was given to whoever asked; asks the database nothing."""
    request.META[PAGE] = pk
    if is_read(request):
        _waiting.add(Counter([(pk, timezone.localdate())]))


def read_again(environ: dict[str, Any], pk: int) -> None:
    """The same page was given once more without being made again."""
    if is_read_unseen(environ):
        _waiting.add_one(pk)


def write_down(*, at_once: bool = True) -> int:
    """Add what has been counted to the numbers of the days; returns how many lines were written.

    Where another writes at this moment, it waits for the next time.
    """
    taken = _waiting.take(at_once=at_once)
    if not taken:
        return 0
    try:
        with briefly(), transaction.atomic(), connection.cursor() as cursor:
            keys = {pk for pk, _day in taken}
            there = set(Page.objects.filter(pk__in=keys).values_list("pk", flat=True))
            lines = [
                (pk, connection.ops.adapt_datefield_value(day), number)
                for (pk, day), number in sorted(taken.items())
                if pk in there
            ]
            cursor.executemany(_ADD, lines)
    except Error as problem:
        log.info("Reads are written later: %s.", type(problem).__name__)
        _waiting.add(taken)
        return 0
    return len(lines)


def forget_reads() -> int:
    """Delete what is too old."""
    return PageReads.objects.filter(day__lt=timezone.localdate() - KEPT).delete()[0]


def _after_a_request(**_kwargs: Any) -> None:
    write_down(at_once=False)


def connect() -> None:
    """Called once, when Django starts."""
    request_finished.connect(_after_a_request, dispatch_uid="write_reads")
