"""Tells the generations which tables a transaction changed, and an answer which it was made from.

Every statement of every process passes here, whoever wrote it: the ORM, SQL of ours, a command or
the worker. So no code has to remember to tell.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from contactpoint.kit.generations import Begin, Generations, place_of

EVERYTHING: Final = "*"
"""A statement that isn't understood may have changed anything."""
NEVER: Final = ""
"""What was made from this is true for whoever asked, at that moment."""
UNSEEN: Final = re.compile(
    r"(?:django_(?:session|tasks|migrations|admin_log)|axes_|account_|mfa_|auth_|usersessions_"
    r"|kit_(?:outboxentry|pagereads|run|runrange)$|intake_|api_|dissemination_(?!issue|post)"
    r"|search_(?:change|askedquestion|daykey|lookedfor|expiry|index|made)$|guidance_click$"
    r"|events_notice$"
    r"|desk_(?:link|linkuse|pagekey|pagereading|likeness)$"
    r"|wagtail(?:admin|users|search)_|wagtailcore_(?:revision|\w*logentry|task|workflow|comment"
    r"|pagesubscription|referenceindex|uploadedfile|group))"
)
"""Tables of which no reader's page shows anything; most writing is done in these."""
APART: Final = re.compile(r"consultations_|events_registration$|guidance_recording$")
"""Tables that are written by many: what was made without them outlives their changes."""
_WRITES: Final = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_READS: Final = re.compile(r"\s*\(?\s*SELECT\b", re.IGNORECASE)
_HARMLESS: Final = re.compile(
    r"\s*(?:SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|EXPLAIN|SET|SHOW|ANALYZE|VACUUM|LISTEN"
    r"|NOTIFY|LOCK|DECLARE|FETCH|CLOSE|CHECKPOINT|REINDEX)\b",
    re.IGNORECASE,
)
_TARGET: Final = re.compile(
    r"""\b(?:INTO|UPDATE|FROM)\s+(?:OR\s+\w+\s+)?["`]?(\w+)["`]?""", re.IGNORECASE
)
_SOURCES: Final = re.compile(r"""\b(?:FROM|JOIN)\s+["`]?(\w+)["`]?""", re.IGNORECASE)
_MODIFIES: Final = re.compile(r"\b(?:INSERT|UPDATE|DELETE)\b", re.IGNORECASE)

Teller = Callable[[Any, set[str]], None]
"""Is given a connection whose transaction is about to end, and the groups that it changes."""
_tellers: list[Teller] = []
_reading: ContextVar[set[str] | None] = ContextVar("reading", default=None)
_opened: list[Generations] = []
_at_begin: list[Begin] = []
_watching: list[bool] = []
"""Not empty where every connection of this process tells."""


def generations() -> Generations:
    """Those of this data folder; opened once in a process."""
    if not _opened:
        _opened.append(Generations(settings.DATA / "generations"))
        _opened[0].at_begin.extend(_at_begin)
    return _opened[0]


def at_begin(begin: Begin) -> None:
    """Call this before each commit of this process that changes something, with its places."""
    if begin not in _at_begin:
        _at_begin.append(begin)


@lru_cache(maxsize=4096)
def _written(sql: str) -> str:
    """The table that a statement writes; "" where it writes none."""
    if _READS.match(sql) or _HARMLESS.match(sql):
        return ""
    found = _TARGET.search(sql) if _WRITES.match(sql) else None
    if found is None:
        reads_only = sql.lstrip()[:4].upper() == "WITH" and not _MODIFIES.search(sql)
        return "" if reads_only else EVERYTHING
    return found[1]


@lru_cache(maxsize=4096)
def _read(sql: str) -> frozenset[str]:
    """The tables apart that a statement reads."""
    return frozenset(table for table in _SOURCES.findall(sql) if APART.match(table))


def group_of(table: str) -> str:
    """What a table is counted with: those apart by themselves, all others together."""
    return table if APART.match(table) else EVERYTHING


@contextmanager
def noting() -> Iterator[set[str]]:
    """What is read in here, as groups; `EVERYTHING` is among them always."""
    groups = {EVERYTHING}
    token = _reading.set(groups)
    try:
        yield groups
    finally:
        _reading.reset(token)


def made_from(group: str) -> None:
    """What is being answered depends on something that is in no table."""
    groups = _reading.get()
    if groups is not None:
        groups.add(group)


class Watching:
    """What the statements of one connection changed since its last commit."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._pending: set[str] = set()
        connection.execute_wrappers.append(self.execute)
        self._commit, self._rollback = self._connection._commit, self._connection._rollback
        self._connection._commit = self.commit
        self._connection._rollback = self.rollback

    def execute(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        """Called by Django around each statement."""
        sql = str(sql)
        groups = _reading.get()
        if groups is not None:
            groups |= _read(sql)
        table = _written(sql)
        if table and groups is not None:
            groups.add(NEVER)
        if not table or UNSEEN.match(table):
            return execute(sql, params, many, context)
        self._pending.add(group_of(table))
        if self._connection.in_atomic_block or not self._connection.get_autocommit():
            return execute(sql, params, many, context)
        if _tellers and (_WRITES.match(sql) or _MODIFIES.search(sql)):
            # Told in the transaction that changes it, or a kill between the two were never told.
            with transaction.atomic(using=self._connection.alias):
                return execute(sql, params, many, context)
        groups = self._taken()
        with generations().change(groups):
            done = execute(sql, params, many, context)
            self._tell(groups)
            return done

    def stop(self) -> None:
        """Look at this connection no longer."""
        self._connection.execute_wrappers.remove(self.execute)
        self._connection._commit, self._connection._rollback = self._commit, self._rollback

    def commit(self) -> Any:
        """What was changed becomes true for others in here."""
        if not self._pending:
            return self._commit()
        groups = self._taken()
        with generations().change(groups):
            self._tell(groups)
            return self._commit()

    def rollback(self) -> Any:
        """Nothing was changed."""
        self._pending.clear()
        return self._rollback()

    def _tell(self, groups: set[str]) -> None:
        for tell in _tellers:
            tell(self._connection, groups)

    def _taken(self) -> set[str]:
        groups, self._pending = self._pending, set()
        return groups


def watch(sender: Any, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Called for each connection that is opened, also for one that was lost before."""
    if not any(isinstance(getattr(one, "__self__", None), Watching)
               for one in connection.execute_wrappers):  # fmt: skip
        Watching(connection)


def begin_watching() -> None:
    """From here on every connection of this process tells."""
    connection_created.connect(watch, dispatch_uid="changes")
    _watching[:] = [True]


def numbers() -> tuple[object, ...] | None:
    """What is another thing after each change that readers may see, as far as this machine is told:
    its name and a number. None while something is being committed, when nobody knows whether what
    they read is old or new; empty where changes aren't told."""
    if not _watching:
        return ()
    told = generations()
    # In this order: a change that begins between the two is seen as one that isn't done.
    number = told.of((place_of(EVERYTHING),))
    return (told.machine, *number) if told.total() >= 0 else None


def tell_also(teller: Teller) -> None:
    """Call this before each commit that changes something, within its transaction."""
    if teller not in _tellers:
        _tellers.append(teller)


def writes(sql: str) -> bool:
    """Whether a statement changes anything at all."""
    return bool(_written(sql))


def places(groups: set[str]) -> set[int]:
    """Where the numbers of the groups stand."""
    return {place_of(group) for group in groups}
