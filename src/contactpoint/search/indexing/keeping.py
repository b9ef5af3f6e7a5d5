"""Keeps the index true: what the worker does over and over, and a command once.

Nothing here waits for another process: whoever may write an index does, the others look again.
"""

import logging
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Final

from django.db import DatabaseError
from django.utils import timezone

from contactpoint.kit.models import Run
from contactpoint.search import engines
from contactpoint.search.engines.base import Engine, EngineError, LockedError, UnavailableError
from contactpoint.search.indexing.applying import apply, never
from contactpoint.search.indexing.building import begin, build, building, discard
from contactpoint.search.indexing.changes import expired
from contactpoint.search.indexing.reading import FORM, state_of
from contactpoint.search.indexing.spreading import gather, is_worth_it, spread
from contactpoint.search.meanings import meanings
from contactpoint.search.models import Change, Index

log = logging.getLogger(__name__)

SLICE: Final = 1.0
"""Seconds for which a new index is filled before other work has its turn."""
LOOK: Final = 5.0
"""Seconds between two looks at whether there is an index at all, and whether it is of today."""
QUIET: Final = 20.0
"""Seconds for which the glossary has to be left alone before texts are read anew with it."""
WAIT: Final = 10.0
"""Seconds before an engine that failed is asked again."""
GLANCED: Final = 60.0
"""Seconds after which it is seen whether all files are there and end as they did."""
VERIFIED: Final = 3600.0
"""Seconds after which all of the index is read again to see if it is as it was written."""


class Keeper:
    """What one process knows of the index between two rounds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._filling: Generator[int | None] | None = None
        self._looked = self._retry = self._verified = self._glanced = float("-inf")
        self._seen: tuple[str, float] = ("", float("-inf"))
        self._is_told = False
        self._is_noted = True  # perhaps, by a process before

    def round(self) -> bool:
        """One piece of work; whether there may be more to do at once."""
        if self._clock() < self._retry:
            return False
        try:
            found = self._work(engines.engine())
        except EngineError as problem:
            self.close()
            self._retry, self._looked = self._clock() + WAIT, float("-inf")
            if not self._is_told:
                log.warning("The search index can't be written, trying again: %s", problem)
            self._is_told = self._is_noted = True
            # What keeps the engine from writing, as a full disk, may keep the database too.
            with suppress(DatabaseError):
                _note(str(problem))
            return False
        if self._is_noted:
            _note("")
        self._is_told = self._is_noted = False
        return found

    def close(self) -> None:
        """Let go of the index that is being filled; what is not kept is done again."""
        filling, self._filling = self._filling, None
        if filling is not None:
            filling.close()

    def _work(self, engine: Engine) -> bool:
        expired()
        if self._filling is None and self._is_due():
            self._look(engine)
        applied = 0
        for index in _current():
            try:
                applied += _apply(index, engine, self._is_over())
            except UnavailableError:
                if self._filling is None:
                    raise
                # It is damaged, and the one that is being filled takes its place.
        return self._fill() or applied > 0

    def _is_due(self) -> bool:
        is_due = self._clock() - self._looked >= LOOK
        if is_due:
            self._looked = self._clock()
        return is_due

    def _is_over(self) -> Callable[[], bool]:
        end = self._clock() + SLICE
        return lambda: self._clock() >= end

    def _look(self, engine: Engine) -> None:
        """Begin to build where nothing can be searched, or what is searched is of yesterday."""
        self._verify(engine)
        half = building()
        if half is not None and half.run is not None:
            self._look_at_run(engine, half, half.run)
            return
        if half is not None:
            reason = "it was begun before"
        elif not is_usable(engine):
            reason = engine.status().problem or "there is none that belongs to this database"
        elif self._is_outdated():
            reason = "the glossary or what is indexed has changed"
        else:
            return
        log.info("A search index is being built: %s", reason)
        if half is None and is_worth_it():
            with suppress(LockedError):  # another worker has just begun
                spread(engine)
        else:
            self._filling = build(begin(engine), engine)

    def _look_at_run(self, engine: Engine, half: Index, run: Run) -> None:
        """What the workers build together: its end is written here, if it can be here."""
        with suppress(LockedError):  # another process is at it
            if run.state != Run.State.OPEN:
                discard(engine, half)
            elif half.name in engine.status().names:  # an index in a folder is of one machine
                spread(engine)
                self._filling = gather(half, engine)

    def _verify(self, engine: Engine) -> None:
        """Give up an index whose files are not as they were written: when somebody met damage, now
        and then, and before this process opens it, which damage may end."""
        name = engine.searched()
        is_due = self._clock() - self._verified >= VERIFIED
        if name is None:
            return
        if is_due or engine.is_suspected(name):
            self._verified = self._glanced = self._clock()
            problem = engine.verify(name)
        elif self._clock() - self._glanced >= GLANCED:
            self._glanced = self._clock()
            problem = engine.glance(name)
        else:
            return
        if problem:
            log.warning("%s It is given up, and another is built by itself.", problem)
            engine.condemn(name, problem)

    def _is_outdated(self) -> bool:
        """Of another form, or read with a glossary that has changed and been left alone since."""
        index = Index.objects.get(state=Index.State.CURRENT)
        if index.form != FORM:
            return True
        state = state_of(meanings())
        if self._seen[0] != state:
            self._seen = (state, self._clock())
        return index.vocabulary != state and self._clock() - self._seen[1] >= QUIET

    def _fill(self) -> bool:
        if self._filling is None:
            return False
        is_over = self._is_over()
        try:
            for documents in self._filling:
                if documents is None:  # the other workers have to do something first
                    return False
                if is_over():
                    return True
        except LockedError:  # another process is at it
            self._filling = None
            return False
        except BaseException:
            self._filling = None
            raise
        self._filling = None
        return True


def catch_up() -> bool:
    """Build the index where there is none, apply what waits; whether all of it is done.

    For a command, which may run beside a worker: what that one is at is left to it.
    """
    engine = engines.engine()
    try:
        expired()
        if not is_usable(engine):
            for _documents in build(begin(engine), engine):
                pass
        for index in _current():
            apply(index, engine)
    except LockedError:
        return False
    return True


def apply_waiting() -> None:
    """Apply what a command has just written, where there is an index and nobody else is at it.

    What is not applied here waits for the worker, so nothing is a reason to fail.
    """
    if not Change.objects.exists():
        return
    try:
        for index in _current():
            _apply(index, engines.engine())
    except EngineError as problem:
        log.warning("The search index can't be written now; the worker will: %s", problem)


def is_usable(engine: Engine) -> bool:
    """Whether the index that is searched is one that has been told of all changes.

    One that took over just before a power cut is; what is found here goes first, so that a row
    never stands for an index that is gone.
    """
    status = engine.status()
    current = Index.objects.filter(state=Index.State.CURRENT).first()
    if current is not None and current.name == status.name:
        return True
    if current is not None and current.name not in status.names:
        current.delete()
    return False


def _note(problem: str) -> None:
    """For `contactpoint index status`: why the last attempt failed, or that it did not."""
    living = Index.objects.exclude(state=Index.State.OLD)
    if not problem:
        living = living.exclude(problem="")
    living.update(problem=problem, problem_at=timezone.now() if problem else None)


def _current() -> list[Index]:
    return list(Index.objects.filter(state=Index.State.CURRENT))


def _apply(index: Index, engine: Engine, stop: Callable[[], bool] = never) -> int:
    try:
        return apply(index, engine, stop=stop)
    except LockedError:  # another process is at it
        return 0
