"""Reads of what anybody may see go to a replica of the database, while it is not behind.

Which views these are stands in `serving.FOR_ALL`: they know no person and show only what is counted
as a change. So it is enough that the replica has replayed the last change that this machine knows
of. What is known is a number (`kit/generations.py`); whoever first sees a new one asks the primary
how far its log is, which is then beyond that change. Everything else asks the primary: people who
are signed in, forms, the admin, the worker, commands, and whoever reads after having written.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse

from contactpoint.delivery.machines import Hearing
from contactpoint.delivery.serving import FOR_ALL, key_of
from contactpoint.kit import changes

log = logging.getLogger(__name__)

REPLICA: Final = "replica"
AWAY: Final = 2.0
"""Seconds for which a replica that failed is not asked again."""
_PLACE: Final = "SELECT pg_current_wal_lsn()::text"
_HAS: Final = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"


class Reading:
    """A request that reads from the replica, as long as it doesn't write."""

    def __init__(self) -> None:
        self.is_elsewhere, self.failed = True, False

    def look(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        """Called by Django around each statement for the primary."""
        if changes.writes(str(sql)):
            self.is_elsewhere = False  # whoever wrote reads what they wrote
        return execute(sql, *given)

    def mind(self, execute: Callable[..., Any], *given: Any) -> Any:
        """Called by Django around each statement for the replica."""
        try:
            return execute(*given)
        except Error:
            # Whoever asked may make do without; the reader is not to.
            self.failed = True
            raise


_reading: ContextVar[Reading | None] = ContextVar("reading_elsewhere", default=None)


class ReplicaRouter:
    """Sends reads of requests that may read elsewhere to the replica, and all else to the primary,
    whatever the rows in hand were read from."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        """Called by Django for each query."""
        reading = _reading.get()
        if reading is None or not reading.is_elsewhere:
            return DEFAULT_DB_ALIAS
        # Within a transaction of the primary what is read belongs to what is written.
        return DEFAULT_DB_ALIAS if connections[DEFAULT_DB_ALIAS].in_atomic_block else REPLICA

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        """Called by Django before it writes, and before it reads for that."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        """They are the same rows."""
        return True

    def allow_migrate(self, database: str, _app: str, **_hints: Any) -> bool:
        """The replica follows by itself."""
        return database != REPLICA


class Replica:
    """What this process knows of how far the replica has to be."""

    def __init__(self) -> None:
        self._needed: tuple[int, str] = (-1, "")
        self._away_until = 0.0

    def is_true(self, hearing: Hearing | None) -> bool:
        """Whether it has all changes that this machine knows of, and this machine knows all."""
        if time.monotonic() < self._away_until or not (hearing and hearing.is_current()):
            return False
        total = changes.generations().total()
        if total < 0:
            return False
        connection: Any = connections[REPLICA]
        # By connection, not by server: the address may lead to one of several.
        told = (total, connection.connection)
        if told[1] is not None and getattr(connection, "true_of", None) == told:
            return True
        place = self._place(total)
        try:
            with connection.cursor() as cursor:
                cursor.execute(_HAS, [place])
                (is_true,) = cursor.fetchone()
        except Error as problem:
            self.failed(problem)
            return False
        if is_true:
            connection.true_of = (total, connection.connection)
        return bool(is_true)

    def failed(self, problem: Error | None) -> None:
        """Ask the primary for a while."""
        log.warning("The replica of the database is not asked for now: %s", problem or "it failed")
        self._away_until = time.monotonic() + AWAY
        connections[REPLICA].close()

    def _place(self, total: int) -> str:
        """How far the primary's log was when there had been so many changes, or later."""
        known, place = self._needed
        if known != total:
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute(_PLACE)
                (place,) = cursor.fetchone()
            self._needed = (total, place)
        return place


class ReplicaMiddleware:
    """The last one: answers by the replica what can be, and by the primary where that fails."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._replica = Replica()
        self._hearing = Hearing(settings.DATA / "hearing")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Called by Django."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The answer; None leaves it to Django, with the primary."""
        if view.__module__ not in FOR_ALL or key_of(request.META) is None:
            return None
        if not self._replica.is_true(self._hearing):
            return None
        problem = None
        with reading() as one:
            try:
                answer = view(request, *args, **kwargs)
                render = getattr(answer, "render", None)
                if render is not None:
                    answer = render()
            except Error as raised:
                problem, one.failed = raised, True
        if one.failed:
            self._replica.failed(problem)
            return None
        return answer


@contextmanager
def reading() -> Iterator[Reading]:
    """While this lasts, what is read is read from the replica."""
    one = Reading()
    token = _reading.set(one)
    try:
        with (
            _around(connections[DEFAULT_DB_ALIAS], one.look),
            _around(connections[REPLICA], one.mind),
        ):
            yield one
    finally:
        _reading.reset(token)


@contextmanager
def _around(connection: Any, wrapper: Callable[..., Any]) -> Iterator[None]:
    """Django's own takes away the last one, which is another's where the connection was opened
    meanwhile."""
    connection.execute_wrappers.append(wrapper)
    try:
        yield
    finally:
        connection.execute_wrappers.remove(wrapper)
