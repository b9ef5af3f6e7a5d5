"""The only writer of an index: the process holds tantivy's lock, so its death frees it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import LockedError, UnavailableError, Writer
from contactpoint.search.engines.embedded.folders import MEND
from contactpoint.search.engines.embedded.schema import opened, written


class EmbeddedWriter(Writer):
    """Puts and deletes in the order in which they are said."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer
        self.is_saved = True

    def put(self, document: Prepared) -> None:
        made = written(document)
        self.is_saved = False
        self._writer.delete_documents_by_term("key", document.key)
        self._writer.add_document(made)

    def delete(self, key: str, number: int = 0) -> None:
        self.is_saved = False
        self._writer.delete_documents_by_term("key", key)

    def commit(self) -> None:
        self._writer.commit()
        self.is_saved = True


@contextmanager
def writing(path: Path, *, heap: int, threads: int) -> Iterator[EmbeddedWriter]:
    """Opens the writer of the index in that folder; merges that it began are waited for."""
    try:
        index = opened(os.fspath(path))
    except (OSError, ValueError) as problem:
        raise UnavailableError(
            f"The search index {path.name!r} is damaged or of another version. {MEND}"
        ) from problem
    try:
        writer = index.writer(heap_size=heap, num_threads=threads)
    except ValueError as problem:
        if "LockBusy" in str(problem):
            raise LockedError(f"Another process writes the index {path.name!r}.") from problem
        raise UnavailableError(f"The index {path.name!r} can't be written: {problem}") from problem
    ours = EmbeddedWriter(writer)
    try:
        yield ours
    finally:
        if not ours.is_saved:
            writer.rollback()
        writer.wait_merging_threads()
