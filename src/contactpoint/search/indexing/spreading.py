"""A new index by the workers of all machines: each makes documents of ranges, one writes the end.

Where an engine takes documents from several at once, a worker sends it those of its range; an index
in a folder has one writer, so there they are left in the database for it, packed. Whoever has that
writer puts them, applies what has changed meanwhile, and lets the index be searched.

Annotations stand in the index alone: to read all texts anew with today's glossary is this, too.
"""

import logging
import time
from collections.abc import Generator, Sequence
from itertools import islice
from typing import Any, ClassVar, Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy

from contactpoint.kit import spreading, workers_seen
from contactpoint.kit.jobs import TryLaterError
from contactpoint.kit.models import Run, RunRange
from contactpoint.kit.spreading import Kind, Outcome
from contactpoint.search import engines, sources
from contactpoint.search.engines.base import Engine, EngineError, LockedError, Writer
from contactpoint.search.indexing.applying import (
    BATCH,
    Reading,
    apply_with,
    put,
    put_all,
)
from contactpoint.search.indexing.building import (
    begin,
    building,
    clear,
    discard,
    new,
    take_over,
    wait_for_others,
)
from contactpoint.search.indexing.packing import packed, unpacked
from contactpoint.search.indexing.reading import FORM, state_of
from contactpoint.search.models import Index, Made

log = logging.getLogger(__name__)

NAME: Final = "search.index"
WORTH: Final = 20_000
"""So many documents keep one worker busy for half a minute or longer."""
TOGETHER: Final = 10
"""Packets that are kept by one commit; fewer at the end only."""
_LET_GO: Final = 60.0
_WAIT: Final = 0.2


class Reindexing(Kind):
    """Makes the documents of a range, of the index that the run builds."""

    name: ClassVar[str] = NAME
    label: ClassVar[Any] = gettext_lazy("Search index, by all workers")

    def work(self, run: Run, keys: Sequence[str]) -> Outcome:
        """Raises `TryLaterError` where the engine is away, or this worker is of another version."""
        index = Index.objects.filter(run=run, state=Index.State.BUILDING).first()
        if index is None:
            return Outcome(0)
        if index.form != FORM:
            raise TryLaterError("The index is of another version of Contactpoint.")
        reading = Reading(index, keys)
        packets: list[tuple[int, bytes]] = []
        try:
            filling = engines.engine().filling(index.name)
            if filling is None:
                packets += packed(reading)
                made = sum(number for number, _packet in packets)
            else:
                with filling as writer:
                    made = len(keys) - len(put_all(writer, reading).out)
                    writer.commit()
        except EngineError as problem:
            if not spreading.is_open(run):  # its index was removed meanwhile
                return Outcome(0)
            raise TryLaterError(str(problem)) from problem

        def keep(piece: RunRange) -> None:
            Made.objects.bulk_create(
                Made(index=index, number=piece.number, documents=number, content=packet)
                for number, packet in packets
            )

        return Outcome(made, reading.left_out, state_of(reading.words), keep)


def spread(engine: Engine, *, size: int = BATCH) -> Run:
    """Let the workers build an index: a new one, or the rest of one that was begun.

    Gives the run that is open, if there is one, and plans it where whoever opened it could not.
    Raises `LockedError` where another process builds by itself, or plans.
    """
    index = building() or _new(engine)
    if index.run is None:
        index = begin(engine)
    elif index.run.is_planned:
        return index.run
    else:
        engine.create(index.name)
    with engine.writer(index.name):
        index.refresh_from_db()
        if index.run is None:
            index.run = spreading.begin(NAME)
            index.save(update_fields=["run"])
        wait_for_others()
        spreading.plan(index.run, sources.keys(index.cursor), size=size)
    return index.run


def _new(engine: Engine) -> Index:
    """With its run from the first moment, so that nobody begins to fill it alone."""
    try:
        with transaction.atomic():
            run = spreading.begin(NAME)
            index = new(engine, run)
            if index.run_id == run.pk:
                return index
            raise LockedError("Another process has just begun an index.")
    except spreading.OpenRunError:
        raise LockedError("Another process has just begun an index.") from None


def give_up(engine: Engine, index: Index) -> None:
    """Give up an index that is being built, by whomever: the writer of a run lets go in time."""
    until = time.monotonic() + (_LET_GO if index.run_id is not None else 0)
    while True:
        try:
            return discard(engine, index)
        except LockedError:
            if time.monotonic() > until:
                raise
            time.sleep(_WAIT)


def is_worth_it() -> bool:
    """Whether several workers can share the work, and there is enough of it."""
    return (
        connection.vendor == "postgresql"
        and len(workers_seen.workers()) > 1
        and len(list(islice(sources.keys(), WORTH))) == WORTH
    )


def gather(index: Index, engine: Engine) -> Generator[int | None]:
    """What is left to one process of a run: put what was made, catch up, and switch.

    Gives the number of documents put so far, None where it has to wait for the workers. Raises
    `LockedError` where another process is at it. It may be left at any step.
    """
    run = Run.objects.get(indexes=index)
    while not spreading.is_done(run) and not index.made.exists():
        if not spreading.is_open(run):
            return
        yield None
    with engine.writer(index.name) as writer:
        yield from _put_made(writer, index, run)
        # Somebody else may have come to the end, or given it up, while we waited.
        if not spreading.is_open(run):
            return
        _judge_words(index, run)
        index.is_filled = True
        index.save(update_fields=["is_filled", "vocabulary"])
        while apply_with(writer, index):
            yield index.documents
        take_over(index, engine)
    log.info("The search index %s is searched now: %s documents.", index.name, index.documents)
    clear(engine)


def _put_made(writer: Writer, index: Index, run: Run) -> Generator[int | None]:
    """Until all ranges are done and put, or the run is open no more."""
    while spreading.is_open(run):
        is_last = spreading.is_done(run)  # asked first: what was made comes with it
        waiting = list(index.made.order_by("pk").values_list("pk", flat=True)[:TOGETHER])
        if len(waiting) < TOGETHER and not is_last:
            yield None
            continue
        if not waiting:
            return
        for pk in waiting:
            _put(writer, Made.objects.get(pk=pk), run)
        writer.commit()
        number = sum(Made.objects.filter(pk__in=waiting).values_list("documents", flat=True))
        Made.objects.filter(pk__in=waiting).delete()
        index.documents += number
        index.save(update_fields=["documents"])
        yield index.documents


def _put(writer: Writer, made: Made, run: Run) -> None:
    left_out: list[str] = []
    for document in unpacked(bytes(made.content)):
        put(writer, document, left_out)
    if left_out:
        piece = RunRange.objects.get(run=run, number=made.number)
        piece.left_out = [*dict.fromkeys([*piece.left_out, *left_out])]
        piece.made -= len(left_out)
        piece.save(update_fields=["left_out", "made"])


def _judge_words(index: Index, run: Run) -> None:
    """Texts that were read with different states of the glossary are soon to be read again."""
    states = set(run.pieces.order_by().values_list("told", flat=True).distinct())
    if states - {index.vocabulary}:
        index.vocabulary = ""
