"""The embedded engine as others see it."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
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
from contactpoint.search.engines.embedded import words
from contactpoint.search.engines.embedded.answering import answer
from contactpoint.search.engines.embedded.folders import META, Folders
from contactpoint.search.engines.embedded.reading import Reader, clock, told
from contactpoint.search.engines.embedded.schema import opened, stored_at
from contactpoint.search.engines.embedded.writing import writing

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
        if not (path / META).is_file():
            path.mkdir(parents=True, exist_ok=True)
            opened(str(path))

    def writer(self, name: str) -> AbstractContextManager[Writer]:
        return writing(self._folders.existing(name), heap=self._heap, threads=self._threads)

    def switch(self, name: str) -> None:
        with told(name):
            opened(str(self._folders.existing(name)))
        self._folders.point(name)

    def remove(self, name: str) -> None:
        if self._folders.current() == name:
            raise EngineError(f"The index {name!r} is searched; switch to another one first.")
        self._folders.remove(name)

    def search(self, request: Request) -> Answer:
        view = self._reader.view()
        with told(view.name):
            return answer(view, request)

    def stored(self, hits: Sequence[Hit]) -> list[dict[str, Any]]:
        return [stored_at(*hit.place) for hit in hits]

    def frequencies(self, terms: Iterable[tuple[str, str]]) -> list[int]:
        view = self._reader.view()
        with told(view.name):
            return words.frequencies(view, terms)

    def beginning(self, name: str, start: str, limit: int = 10) -> list[tuple[str, int]]:
        view = self._reader.view()
        with told(view.name):
            return words.beginning(view, name, start, limit, clock())

    def similar(self, name: str, token: str, limit: int = 5) -> list[tuple[str, int]]:
        view = self._reader.view()
        with told(view.name):
            return words.similar(view, name, token, limit, clock())
