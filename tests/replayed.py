"""What many tests begin with is made once in each process, and written again as it was.

Making it runs Wagtail's saving some forty times. The statements that write are kept, and told to
the database again wherever it is in the same state as then: the same rows under the same numbers.
Whoever finds it in another state, as after other pages were made, makes it as ever.
"""

import datetime
import re
from collections.abc import Callable, Hashable
from typing import Any, Final

from django.db import connection
from django.utils import timezone

WRITES: Final = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
A_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?(\+00:00)?")
READ: Final = ("wagtailcore_locale", "wagtailcore_site", "wagtailcore_page", "sqlite_sequence")
"""What is made depends on these; the last one tells of every row that was added to any table."""
Statement = tuple[str, Any, bool]
_kept: dict[Hashable, list[Statement]] = {}


def replayed(name: Hashable, make: Callable[[], object]) -> bool:
    """Have written what `make` writes; whether it was written again instead of made."""
    if connection.vendor != "sqlite" or not connection.in_atomic_block:
        make()
        return False
    state = (name, _state())
    if state in _kept:
        with connection.cursor() as cursor:
            for sql, parameters, many in _kept[state]:
                if many:
                    cursor.executemany(sql, [_now(row) for row in parameters])
                else:
                    cursor.execute(sql, _now(parameters))
        return True
    written: list[Statement] = []
    begun = timezone.now()

    def keep(
        execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any
    ) -> Any:
        if WRITES.match(sql):
            rows = [_timed(row, begun) for row in parameters] if many else _timed(parameters, begun)
            written.append((sql, rows, many))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(keep):
        make()
    _kept[state] = written
    return False


def _state() -> Hashable:
    with connection.cursor() as cursor:
        return tuple(
            tuple(cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1').fetchall())
            for table in READ
        )


class _Now:
    """Stands where the time of writing stood."""


def _timed(parameters: Any, begun: datetime.datetime) -> Any:
    return tuple(_Now if _is_of(value, begun) else value for value in parameters or ())


def _is_of(value: Any, begun: datetime.datetime) -> bool:
    if not isinstance(value, str) or not A_TIME.fullmatch(value):
        return False
    read = datetime.datetime.fromisoformat(value).replace(tzinfo=datetime.UTC)
    return begun <= read <= timezone.now()


def _now(parameters: Any) -> Any:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return tuple(now if value is _Now else value for value in parameters)
