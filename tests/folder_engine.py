"""The least that is an engine: pickled documents in a folder, a lock on a file, no search."""

import fcntl
import pickle
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import (
    Answer,
    Engine,
    Hit,
    LockedError,
    Request,
    Status,
    UnavailableError,
    Writer,
)


class FolderWriter(Writer):
    def __init__(self, path: Path) -> None:
        self._path = path
        self._documents: dict[str, Prepared] = pickle.loads(path.read_bytes())

    def put(self, document: Prepared) -> None:
        self._documents[document.key] = document

    def delete(self, key: str) -> None:
        self._documents.pop(key, None)

    def commit(self) -> None:
        new = self._path.with_suffix(".new")
        new.write_bytes(pickle.dumps(self._documents))
        new.replace(self._path)


class FolderEngine(Engine):
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_away = False

    def documents(self, name: str | None = None) -> dict[str, Prepared]:
        return pickle.loads(
            (self.folder / (name or self._searched() or "") / "documents").read_bytes()
        )

    def status(self) -> Status:
        self._here()
        name = self._searched()
        names = [path.name for path in sorted(self.folder.glob("*/"))]
        return Status("folder", name, len(self.documents()) if name else 0, 0, names)

    def create(self, name: str) -> None:
        (self.folder / name).mkdir(parents=True, exist_ok=True)
        path = self.folder / name / "documents"
        if not path.exists():
            path.write_bytes(pickle.dumps({}))

    @contextmanager
    def writer(self, name: str) -> Iterator[Writer]:
        self._here()
        with (self.folder / name / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LockedError("taken") from None
            yield FolderWriter(self.folder / name / "documents")

    def switch(self, name: str) -> None:
        new = self.folder / "searched.new"
        new.write_text(name)
        new.replace(self.folder / "searched")

    def remove(self, name: str) -> None:
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def search(self, request: Request) -> Answer:
        raise NotImplementedError

    def stored(self, hits: Sequence[Hit]) -> list[dict[str, Any]]:
        raise NotImplementedError

    def frequencies(self, terms: Iterable[tuple[str, str]]) -> list[int]:
        raise NotImplementedError

    def beginning(self, name: str, start: str, limit: int = 10) -> list[tuple[str, int]]:
        raise NotImplementedError

    def similar(self, name: str, token: str, limit: int = 5) -> list[tuple[str, int]]:
        raise NotImplementedError

    def _searched(self) -> str | None:
        path = self.folder / "searched"
        name = path.read_text() if path.exists() else ""
        return name if name and (self.folder / name).exists() else None

    def _here(self) -> None:
        if self.is_away:
            raise UnavailableError("The engine is away.")
