"""The index as this process has it open: opened when first asked, anew after a fork or a switch.

Each question looks at the time of two files: `current`, which names the index, and the index's
list of its parts, which every commit replaces. So what one process commits, all see at once.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import tantivy

from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.engines.embedded.folders import MEND, META, Folders
from contactpoint.search.engines.embedded.schema import LAYOUT, SCHEMA, opened

Stamp = tuple[int, int, int]


@dataclass(frozen=True)
class View:
    """An index at one commit. It stays as it is, even when the index is changed or removed."""

    name: str
    searcher: tantivy.Searcher

    @cached_property
    def first_expiry(self) -> float:
        """The earliest minute at which anything in it expires."""
        asked = {"first": {"min": {"field": "until"}}}
        found = self.searcher.aggregate(tantivy.Query.all_query(), asked)["first"]["value"]
        return float("inf") if found is None else found

    def expired(self, now: int) -> tantivy.Query | None:
        """What must not be found any more; None where nothing is, which is nearly always."""
        if self.first_expiry > now:
            return None
        return tantivy.Query.range_query(
            SCHEMA, "until", tantivy.FieldType.Integer, upper_bound=now, use_inverted_index=True
        )

    def counted(self, query: tantivy.Query) -> int:
        """How many documents answer."""
        return total(self.searcher.search(query, limit=1))

    def gone(self, now: int) -> int:
        """How many documents stand in the lists of words but can't be found any more."""
        every = self.searcher.doc_freq(LAYOUT, "1")
        expired = self.expired(now)
        return every - self.searcher.num_docs + (self.counted(expired) if expired else 0)


@dataclass(frozen=True, slots=True)
class _Open:
    process: int
    pointer: Stamp | None
    parts: Stamp
    path: str
    index: tantivy.Index
    view: View


class Reader:
    """Gives the view to search; safe in threads and after a fork."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._pointer = os.fspath(folders.pointer)
        self._open: _Open | None = None
        self._lock = (os.getpid(), threading.Lock())

    def view(self) -> View:
        """The index that is searched now, as it was last committed."""
        now_open = self._open
        if now_open and self._is_fresh(now_open):
            return now_open.view
        with self._own_lock():
            now_open = self._open
            if now_open is None or not self._is_fresh(now_open):
                now_open = self._open = self._reopened(now_open)
            return now_open.view

    def _own_lock(self) -> threading.Lock:
        # A lock that another thread held at a fork would stay locked in the child for ever.
        process, lock = self._lock
        if process != os.getpid():
            lock = threading.Lock()
            self._lock = (os.getpid(), lock)
        return lock

    def _is_fresh(self, now_open: _Open) -> bool:
        return (
            now_open.process == os.getpid()
            and now_open.pointer == _stamp(self._pointer)
            and now_open.parts == _stamp(now_open.path)
        )

    def _reopened(self, before: _Open | None) -> _Open:
        """Opened by the name that stands there; if it is another by then, that one is tried."""
        for _attempt in range(10):
            pointer = _stamp(self._pointer)
            try:
                return self._opened(before, pointer)
            except UnavailableError:
                if pointer == _stamp(self._pointer):
                    raise
        raise UnavailableError("The search index is being replaced all the time.")

    def _opened(self, before: _Open | None, pointer: Stamp | None) -> _Open:
        name = self._folders.current()
        if name is None:
            raise UnavailableError(f"There is no search index yet. {MEND}")
        folder = self._folders.path(name)
        path = os.fspath(folder / META)
        parts = _stamp(path)
        if parts is None:
            raise UnavailableError(f"The search index {name!r} is gone. {MEND}")
        with told(name):
            problem = self._folders.problem(name)
            if problem:
                raise UnavailableError(problem)
            if before is not None and before.process == os.getpid() and before.path == path:
                index = before.index
            else:
                # Damage may end the process here, beyond what Python can catch.
                is_news = self._folders.suspect(name)
                index = opened(os.fspath(folder))
                if is_news:
                    self._folders.clear(name)
            index.reload()
            view = View(name, index.searcher())
        return _Open(os.getpid(), pointer, parts, path, index, view)


def _stamp(path: str) -> Stamp | None:
    try:
        seen = os.stat(path)
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_ino, seen.st_size


def total(result: tantivy.SearchResult) -> int:
    """How many documents answered, whatever the limit was; the library's stubs forget it."""
    counted: Any = result
    return int(counted.count)


@contextmanager
def told(name: str) -> Iterator[None]:
    """What tantivy can't do with an index, as a sentence."""
    try:
        yield
    except BaseException as problem:
        if is_of_tantivy(problem):
            raise UnavailableError(
                f"The search index {name!r} can't be read, or is of another version. {MEND}"
            ) from problem
        raise


def is_of_tantivy(problem: BaseException) -> bool:
    """Whether tantivy may have raised it; a panic of it is no `Exception`."""
    return isinstance(problem, ValueError | OSError) or type(problem).__name__ == "PanicException"


def clock() -> int:
    """The minute since 1970 that it is."""
    return int(time.time() // 60)
