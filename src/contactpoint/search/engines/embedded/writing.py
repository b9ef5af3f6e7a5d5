"""The only writer of an index: the process holds tantivy's lock, so its death frees it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import LockedError, UnavailableError, Writer
from contactpoint.search.engines.embedded.folders import MEND
from contactpoint.search.engines.embedded.reading import is_of_tantivy
from contactpoint.search.engines.embedded.schema import opened, written


class EmbeddedWriter(Writer):
    """Puts and deletes in the order in which they are said."""

    def __init__(self, writer: tantivy.IndexWriter, path: Path) -> None:
        self._writer = writer
        self._path = path
        self.is_saved = True

    def put(self, document: Prepared) -> None:
        made = written(document)
        self.is_saved = False
        with kept_in(self._path):
            self._writer.delete_documents_by_term("key", document.key)
            self._writer.add_document(made)

    def delete(self, key: str, number: int = 0) -> None:
        self.is_saved = False
        with kept_in(self._path):
            self._writer.delete_documents_by_term("key", key)

    def commit(self) -> None:
        with kept_in(self._path):
            self._writer.commit()
        self.is_saved = True

    def leave(self) -> None:
        """Forget what was not committed, and wait for merges that it began."""
        try:
            if not self.is_saved:
                self._writer.rollback()
        finally:
            self._writer.wait_merging_threads()


@contextmanager
def writing(path: Path, *, heap: int, threads: int) -> Iterator[EmbeddedWriter]:
    """Opens the writer of the index in that folder; merges that it began are waited for."""
    try:
        index = opened(os.fspath(path))
    except BaseException as problem:
        if not is_of_tantivy(problem):
            raise
        raise UnavailableError(
            f"The search index {path.name!r} is damaged or of another version. {MEND}"
        ) from problem
    try:
        writer = index.writer(heap_size=heap, num_threads=threads)
    except ValueError as problem:
        if "LockBusy" in str(problem):
            raise LockedError(f"Another process writes the index {path.name!r}.") from problem
        raise _refused(path, problem) from problem
    ours = EmbeddedWriter(writer, path)
    try:
        yield ours
    except BaseException:
        # What went wrong first is told; a writer that is broken can't even forget.
        with suppress(ValueError, OSError):
            ours.leave()
        raise
    with kept_in(path):
        ours.leave()


@contextmanager
def kept_in(path: Path) -> Iterator[None]:
    """What can't be written there, as a sentence with the mend."""
    try:
        yield
    except BaseException as problem:
        if is_of_tantivy(problem):
            raise _refused(path, problem) from problem
        raise


def _refused(path: Path, problem: BaseException) -> UnavailableError:
    reason = (isinstance(problem, OSError) and problem.strerror) or str(problem)
    return UnavailableError(
        f"{path} can't be written: {reason.rstrip('.')}. Make room if the disk is full, "
        "and let the user of this process write in the folder."
    )
