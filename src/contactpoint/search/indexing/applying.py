"""Brings an index up to what has changed: at least once, in any order, by whoever may write it.

Rows are read first, then the batch gets its number, then the documents are read. So a batch with a
higher number has seen all that one with a lower number was told of, whoever wrote which; an engine
that keeps the highest keeps the newest. Rows go once the engine has kept what was found.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Final

from django.db import transaction
from django.db.models import F

from contactpoint.search import sources
from contactpoint.search.documents import Document
from contactpoint.search.engines.base import Engine, UnavailableError, Writer
from contactpoint.search.indexing.preparing import prepare
from contactpoint.search.meanings import meanings
from contactpoint.search.models import Change, Expiry, Index
from contactpoint.vocabulary import Vocabulary

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
    number = _next_number(index)
    words = meanings()
    found = sources.documents(keys)
    _remember_expiries(keys, found)
    kept = {document.key for document in found if _put(writer, document, words, number)}
    for key in set(keys) - kept:
        writer.delete(key, number)
    return len(kept)


def _put(writer: Writer, document: Document, words: Vocabulary, number: int) -> bool:
    """A document that nobody can index must not keep the others out; it is told of in the log."""
    try:
        writer.put(prepare(document, words, number=number))
    except UnavailableError:
        raise
    except Exception:
        log.exception("%s can't be indexed and is left out.", document.key)
        return False
    return True


def _next_number(index: Index) -> int:
    Index.objects.filter(pk=index.pk).update(number=F("number") + 1)
    return Index.objects.values_list("number", flat=True).get(pk=index.pk)


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
