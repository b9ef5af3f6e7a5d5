"""Brings an index up to what has changed: at least once, in any order, by whoever may write it.

Rows are read first, then the batch gets its number, then the documents are read. So a batch with a
higher number has seen all that one with a lower number was told of, whoever wrote which; an engine
that keeps the highest keeps the newest. Rows go once the engine has kept what was found.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from django.db import DatabaseError, transaction

from contactpoint.search import sources
from contactpoint.search.documents import Document, Prepared
from contactpoint.search.engines.base import Engine, UnavailableError, Writer
from contactpoint.search.indexing.preparing import prepare
from contactpoint.search.meanings import meanings
from contactpoint.search.models import Change, Expiry, Index

log = logging.getLogger(__name__)

BATCH: Final = 500
"""Documents that are read at once, and kept by one commit."""


def never() -> bool:
    """Nobody asks for an end."""
    return False


def apply(index: Index, engine: Engine, *, stop: Callable[[], bool] = never) -> int:
    """Apply what waits for an index, until `stop`; returns how many documents were looked at.

    Raises `LockedError` where another process writes the index, which then does the same.
    """
    if not index.changes.exists():  # a writer is not opened for nothing
        return 0
    with engine.writer(index.name) as writer:
        return apply_with(writer, index, stop=stop)


def apply_with(writer: Writer, index: Index, *, stop: Callable[[], bool] = never) -> int:
    """The same for whoever writes the index already."""
    applied = 0
    while not stop():
        rows = list(index.changes.order_by("pk").values_list("pk", "key")[:BATCH])
        if not rows:
            break
        keys = list(dict.fromkeys(key for _pk, key in rows))
        write(writer, index, keys)
        writer.commit()
        Change.objects.filter(pk__in=[pk for pk, _key in rows]).delete()
        applied += len(keys)
    return applied


def write(writer: Writer, index: Index, keys: Sequence[str]) -> int:
    """Put the documents of keys as they are now, take out those that are not public; how many are.

    The caller commits. When a version expires is written down before.
    """
    return len(keys) - len(put_all(writer, Reading(index, keys)).out)


def put_all(writer: Writer, reading: "Reading") -> "Reading":
    """The same for what is being read, and knows then what was `out` and what `left_out`."""
    kept = {one.key for one in reading if put(writer, one, reading.left_out)}
    reading.out = set(reading.keys) - kept
    for key in reading.out:
        writer.delete(key, reading.number)
    return reading


def put(writer: Writer, document: Prepared, left_out: list[str]) -> bool:
    """A document that no engine takes must not keep the others out; it is told of in the log."""
    try:
        writer.put(document)
    except UnavailableError:
        raise
    except Exception:
        _leave_out(document.key, left_out)
        return False
    return True


class Reading:
    """Documents of keys as they are now, prepared one after the other, as files may be large.

    Its number is taken before the documents are read. `left_out` are keys of documents that can't
    be read or analysed: they keep nobody else out, and the log says why.
    """

    def __init__(self, index: Index, keys: Sequence[str]) -> None:
        self.keys = keys
        self.left_out: list[str] = []
        self.out: set[str] = set()
        self.number = _next_number(index)
        self.words = meanings()
        self._found = self._read(keys)
        _remember_expiries(keys, self._found)

    def __iter__(self) -> Iterator[Prepared]:
        for document in self._found:
            try:
                prepared = prepare(document, self.words, number=self.number)
            except (UnavailableError, DatabaseError):
                raise
            except Exception:
                _leave_out(document.key, self.left_out)
            else:
                yield prepared

    def _read(self, keys: Sequence[str]) -> list[Document]:
        """Where all can't be read, each half by itself, down to the one that can't."""
        try:
            return sources.documents(keys)
        except (UnavailableError, DatabaseError):
            raise
        except Exception:
            if len(keys) == 1:
                _leave_out(keys[0], self.left_out)
                return []
        half = len(keys) // 2
        return [*self._read(keys[:half]), *self._read(keys[half:])]


def _leave_out(key: str, left_out: list[str]) -> None:
    log.exception("%s can't be indexed and is left out.", key)
    left_out.append(key)


def _next_number(index: Index) -> int:
    """One that nobody else has, or the later of two batches might not be told from the earlier."""
    row = Index.objects.filter(pk=index.pk)
    while True:
        known = row.values_list("number", flat=True).get()
        if row.filter(number=known).update(number=known + 1):
            return known + 1


def _remember_expiries(keys: Sequence[str], documents: Sequence[Document]) -> None:
    rows = []
    for document in documents:
        moments = [one.expires_at for one in document.versions if one.expires_at is not None]
        if moments:
            rows.append(Expiry(key=document.key, at=min(moments)))
    known = Expiry.objects.filter(key__in=keys)
    if not rows and not known.exists():  # nearly always
        return
    with transaction.atomic():
        known.delete()
        # Two indexes may be written at once; both say the same.
        Expiry.objects.bulk_create(rows, ignore_conflicts=True)
