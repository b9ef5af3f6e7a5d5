"""The embedded engine as others see it."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from contactpoint.search.engines.base import (
    Answer,
    Engine,
    EngineError,
    Hit,
    Request,
    Status,
    UnavailableError,
    Writer,
)
from contactpoint.search.engines.embedded import verifying, words
from contactpoint.search.engines.embedded.answering import answer
from contactpoint.search.engines.embedded.folders import MEND, META, Folders
from contactpoint.search.engines.embedded.reading import Reader, View, clock, told
from contactpoint.search.engines.embedded.schema import opened, stored_at
from contactpoint.search.engines.embedded.writing import kept_in, writing

log = logging.getLogger(__name__)

HEAP = 64_000_000


class EmbeddedEngine(Engine):
    """Indexes in a folder. `heap` bytes and `threads` are what a writer may take."""

    def __init__(self, folder: Path, *, heap: int = HEAP, threads: int = 1) -> None:
        self._folders = Folders(folder)
        self._reader = Reader(self._folders)
        self._heap = heap
        self._threads = threads

    def status(self) -> Status:
        names = self._folders.names()
        try:
            view = self._reader.view()
        except UnavailableError as problem:
            is_new = not names and not self._folders.pointer.exists()
            return Status("embedded", None, names=names, problem="" if is_new else str(problem))
        size = self._folders.size(view.name)
        return Status("embedded", view.name, view.searcher.num_docs, size, names)

    def create(self, name: str) -> None:
        path = self._folders.path(name)
        with kept_in(path):
            if not (path / META).is_file():
                path.mkdir(parents=True, exist_ok=True)
                opened(str(path))

    @contextmanager
    def writer(self, name: str) -> Iterator[Writer]:
        path = self._folders.existing(name)
        try:
            with writing(path, heap=self._heap, threads=self._threads) as ours:
                yield ours
        except UnavailableError:
            self._folders.suspect(name)
            raise

    def switch(self, name: str) -> None:
        with told(name):
            opened(str(self._folders.existing(name)))
        with kept_in(self._folders.pointer):
            self._folders.point(name)

    def remove(self, name: str) -> None:
        if self._folders.current() == name:
            raise EngineError(f"The index {name!r} is searched; switch to another one first.")
        path = self._folders.path(name)
        with kept_in(path):
            self._folders.remove(name)

    def searched(self) -> str | None:
        try:
            return self._folders.current()
        except UnavailableError:  # `status` says why
            return None

    def is_suspected(self, name: str) -> bool:
        return self._folders.is_suspected(name)

    def verify(self, name: str) -> str:
        found = self._damage(name)
        if not found:
            self._folders.clear(name)
        return found

    def glance(self, name: str) -> str:
        return _said(name, verifying.damage(self._folders.path(name), verifying.end_of))

    def condemn(self, name: str, problem: str) -> None:
        path = self._folders.path(name)
        with kept_in(path):
            self._folders.condemn(name, problem)

    def search(self, request: Request) -> Answer:
        with self._reading() as view:
            return answer(view, request)

    def stored(self, hits: Sequence[Hit]) -> list[dict[str, Any]]:
        if not hits:
            return []
        with self._reading(hits[0].place[0]):
            return [stored_at(view.searcher, place) for view, place in (hit.place for hit in hits)]

    def frequencies(self, terms: Iterable[tuple[str, str]]) -> list[int]:
        with self._reading() as view:
            return words.frequencies(view, terms)

    def beginning(self, name: str, start: str, limit: int = 10) -> list[tuple[str, int]]:
        with self._reading() as view:
            return words.beginning(view, name, start, limit, clock())

    def similar(self, name: str, token: str, limit: int = 5) -> list[tuple[str, int]]:
        with self._reading() as view:
            return words.similar(view, name, token, limit, clock())

    @contextmanager
    def _reading(self, of: View | None = None) -> Iterator[View]:
        """The view to read, or that one; damage that is met is written down for the worker."""
        view = of or self._reader.view()
        try:
            with told(view.name):
                yield view
        except UnavailableError as problem:
            self._tell(view.name, problem.__cause__)
            raise
        except EngineError:
            raise
        except Exception as problem:
            # Numbers that were overwritten come out as anything. What is no damage is a fault.
            found = self._damage(view.name)
            if not found:
                raise
            self._tell(view.name, problem)
            raise UnavailableError(found) from problem

    def _damage(self, name: str) -> str:
        return _said(name, verifying.damage(self._folders.path(name)))

    def _tell(self, name: str, problem: BaseException | None) -> None:
        if self._folders.suspect(name):
            log.warning("The search index %s can't be read; a worker looks why: %s", name, problem)


def _said(name: str, damage: str) -> str:
    return damage and f"The search index {name!r} is damaged: {damage}. {MEND}"
