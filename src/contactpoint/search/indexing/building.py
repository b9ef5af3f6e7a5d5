"""Builds an index beside the one that is searched, and lets it take its place.

The state row says how far it is, so whoever comes after a Ctrl-C or a power cut goes on from there:
the worker by itself, or the command. What changes meanwhile is written down for both indexes.
"""

import logging
import secrets
import time
from collections.abc import Generator
from itertools import islice
from typing import Final

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from contactpoint.kit import spreading
from contactpoint.kit.models import Run
from contactpoint.search import sources
from contactpoint.search.engines.base import Engine, LockedError, Writer
from contactpoint.search.indexing.applying import BATCH, apply_with, write
from contactpoint.search.indexing.reading import FORM, state_of
from contactpoint.search.meanings import meanings
from contactpoint.search.models import Change, Index

log = logging.getLogger(__name__)

KEPT_EVERY: Final = 10
"""Batches between two commits of a new index: so much is done again after a power cut."""
_WAIT: Final = 0.1


def begin(engine: Engine) -> Index:
    """The index that is being built, or a new one; `LockedError` where a run of all workers builds
    it, which is not begun anew behind their backs."""
    index = building() or new(engine)
    if index.run_id is not None:
        raise LockedError("The workers are building an index together.")
    status = engine.status()
    is_there = index.name in status.names
    if is_there and engine.is_suspected(index.name) and engine.verify(index.name):
        engine.remove(index.name)
        is_there = False
    if not is_there:
        # New, damaged, or somebody has emptied the folder: what was filled is gone.
        index.cursor, index.documents, index.is_filled = "", 0, False
        index.save(update_fields=["cursor", "documents", "is_filled"])
        engine.create(index.name)
    return index


def building() -> Index | None:
    """The index that is being built."""
    return Index.objects.filter(state=Index.State.BUILDING).first()


def discard(engine: Engine, index: Index) -> None:
    """Give up an index that is being built; `LockedError` where another process is at it.

    Whoever writes what the workers make lets go soon after their run is given up.
    """
    if index.run is not None:
        spreading.give_up(index.run)
    if index.name in engine.status().names:
        with engine.writer(index.name):
            pass
    index.delete()
    engine.remove(index.name)


def build(index: Index, engine: Engine, *, batch: int = BATCH) -> Generator[int]:
    """Fill an index, catch up, and let it be searched; gives the number of documents so far.

    Raises `LockedError` where another process is at it. It may be left at any step.
    """
    with engine.writer(index.name) as writer:
        index.refresh_from_db()
        if index.run_id is not None:
            raise LockedError("The workers are building an index together.")
        if not index.is_filled:
            yield from _fill(writer, index, batch)
        while apply_with(writer, index):
            yield index.documents
        take_over(index, engine)
    log.info("The search index %s is searched now: %s documents.", index.name, index.documents)
    clear(engine)


def _fill(writer: Writer, index: Index, batch: int) -> Generator[int]:
    if not index.cursor:
        wait_for_others()
    keys = sources.keys(index.cursor)
    cursor, documents, batches = index.cursor, index.documents, 0
    while some := list(islice(keys, batch)):
        documents += write(writer, index, some)
        cursor, batches = some[-1], batches + 1
        if batches % KEPT_EVERY == 0:
            _keep(writer, index, cursor, documents)
        yield documents
    index.is_filled = True
    _keep(writer, index, cursor, documents)


def _keep(writer: Writer, index: Index, cursor: str, documents: int) -> None:
    """The engine first: what is kept twice does no harm, what is kept by nobody would."""
    writer.commit()
    index.cursor, index.documents = cursor, documents
    index.save(update_fields=["cursor", "documents", "is_filled"])


def take_over(index: Index, engine: Engine) -> None:
    """Let it be searched, by whoever has its writer: the last step, and the end of its run."""
    engine.switch(index.name)
    index.documents = engine.status().documents
    with transaction.atomic():
        for old in Index.objects.filter(state=Index.State.CURRENT).exclude(pk=index.pk):
            old.changes.all().delete()
            old.state = Index.State.OLD
            old.save(update_fields=["state"])
        index.state, index.finished_at = Index.State.CURRENT, timezone.now()
        index.save(update_fields=["state", "finished_at", "documents"])
        if index.run is not None:
            spreading.finish(index.run)


def clear(engine: Engine) -> None:
    """Remove what another index has taken the place of, and what nobody remembers."""
    rows = dict(Index.objects.values_list("name", "state"))
    status = engine.status()
    for name in status.names:
        if name != status.name and rows.get(name, Index.State.OLD) == Index.State.OLD:
            engine.remove(name)
    Index.objects.filter(state=Index.State.OLD).exclude(name=status.name or "").delete()
    # Transactions that had begun before may have told an index that is gone.
    Change.objects.exclude(index__in=Index.objects.all()).delete()


def new(engine: Engine, run: Run | None = None) -> Index:
    """A row for an index; that of another process, if it has just begun one."""
    name = f"{timezone.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    kind = engine.status().engine
    try:
        with transaction.atomic():
            return Index.objects.create(
                name=name, engine=kind, form=FORM, vocabulary=state_of(meanings()), run=run
            )
    except IntegrityError:
        return Index.objects.get(state=Index.State.BUILDING)


def wait_for_others() -> None:
    """Until transactions have ended that began before the index was there to be told of changes.

    What they change is read by nobody otherwise: they did not know of the index, and the index does
    not see them. On SQLite there is one writer at a time, so there are none.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        mine = cursor.fetchone()[0]
        while True:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > mine:
                return
            time.sleep(_WAIT)
