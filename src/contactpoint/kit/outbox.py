"""The outbox: what happened is written in the transaction that did it, and told afterwards.

    with transaction.atomic():
        page.save()
        publish("page.changed", page=page.pk)

    @handles("page.changed")
    def index_page(*, page: int) -> None: ...

Entries are told at least once, in no promised order, so a handler may be called again with the same
payload and must not mind. A claim is a lease: it moves the entry's next time into the future before
the handler runs, so an entry whose process died comes back by itself. A failing entry waits longer
each time and is parked after `MAX_ATTEMPTS`; the others go on.
"""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from contactpoint.kit.models import OutboxEntry

log = logging.getLogger(__name__)

Handler = TypeVar("Handler", bound=Callable[..., None])
LEASE = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=1)
MAX_ATTEMPTS = 12

_handlers: dict[str, list[Callable[..., None]]] = defaultdict(list)


class OutsideTransactionError(RuntimeError):
    """`publish` was called where nothing ties the message to the change that it tells of."""


class NobodyHandlesError(LookupError):
    """An entry's topic has no handler: an app is missing, or the topic is misspelt."""


def publish(topic: str, **payload: Any) -> OutboxEntry:
    """Write a message in the caller's transaction; the payload must be JSON."""
    if not connection.in_atomic_block:
        raise OutsideTransactionError(
            f"publish({topic!r}) needs the transaction of the change: wrap both in atomic()."
        )
    return OutboxEntry.objects.create(topic=topic, payload=payload)


def handles(topic: str) -> Callable[[Handler], Handler]:
    """Registers a function that is called with an entry's payload as keyword arguments."""

    def register(function: Handler) -> Handler:
        if function not in _handlers[topic]:
            _handlers[topic].append(function)
        return function

    return register


def pending() -> QuerySet[OutboxEntry]:
    """What could be told now, oldest first."""
    return OutboxEntry.objects.filter(
        Q(available_at=None) | Q(available_at__lte=timezone.now()),
        done_at=None,
        attempts__lt=MAX_ATTEMPTS,
    ).order_by("pk")


def parked() -> QuerySet[OutboxEntry]:
    """What failed too often: a person has to look."""
    return OutboxEntry.objects.filter(done_at=None, attempts__gte=MAX_ATTEMPTS).order_by("pk")


def drain(limit: int = 100, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Tell up to `limit` entries, one at a time, until `stop()`; returns how many were tried."""
    tried = 0
    while tried < limit and not stop():
        entry = _claim()
        if entry is None:
            break
        tried += 1
        _tell(entry)
    return tried


def release() -> int:
    """Gives back claims of a process that died; only for whoever knows to be the only worker."""
    held = OutboxEntry.objects.filter(done_at=None, error="", attempts__gt=0)
    return held.update(available_at=None)


def retry_parked() -> int:
    """Parked entries start anew."""
    return parked().update(attempts=0, available_at=None)


def prune(age: timedelta = timedelta(days=7)) -> int:
    """Forget what was told longer ago than `age`."""
    old = OutboxEntry.objects.filter(done_at__lt=timezone.now() - age)
    return old.delete()[0]


def _claim() -> OutboxEntry | None:
    if not pending().exists():  # no write lock where there is nothing to do
        return None
    with transaction.atomic():  # SQLite begins IMMEDIATE, so its whole database is the lock
        skip_locked = connection.features.has_select_for_update_skip_locked
        entry = pending().select_for_update(skip_locked=skip_locked).first()
        if entry is None:
            return None
        entry.attempts += 1
        entry.error = ""
        entry.available_at = timezone.now() + LEASE
        entry.save(update_fields=["attempts", "error", "available_at"])
    return entry


def _tell(entry: OutboxEntry) -> None:
    try:
        functions = _handlers.get(entry.topic)
        if not functions:
            raise NobodyHandlesError(f"nobody handles {entry.topic}")
        for function in functions:
            function(**entry.payload)
    except Exception as problem:  # a poison entry must not stop the others
        wait = min(LONGEST_WAIT, timedelta(seconds=2**entry.attempts))
        entry.error = f"{type(problem).__name__}: {problem}"[:2000]
        entry.available_at = timezone.now() + wait
        entry.save(update_fields=["error", "available_at"])
        last = entry.attempts >= MAX_ATTEMPTS
        log.log(
            logging.ERROR if last else logging.WARNING,
            "Outbox entry %s failed (attempt %s of %s): %s",
            entry,
            entry.attempts,
            MAX_ATTEMPTS,
            entry.error,
            exc_info=last,
        )
    else:
        OutboxEntry.objects.filter(pk=entry.pk).update(done_at=timezone.now(), error="")
