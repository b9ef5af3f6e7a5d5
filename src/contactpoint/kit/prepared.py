"""Queries that are built once: Django's ORM says what is asked, later requests only fill in values.

Building and compiling a query takes the ORM several times as long as the database takes to answer
it. A page asks the same few queries at each request, with other values. So the first request builds
the query with marks in place of the values, and keeps the SQL and the places of the marks.
"""

import datetime
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.models import Model, QuerySet

MOST: Final = 512
"""Kept queries of a process; a reader can ask for more shapes, the oldest then go."""
Build = Callable[[list[Any]], "QuerySet[Any, Any] | tuple[str, Sequence[Any]]"]
_kept: "OrderedDict[Hashable, Prepared]" = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL, its parameters, where values go (place among the parameters to place of the value)."""

    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...] = ()
    converters: tuple[tuple[int, Sequence[Any], Any], ...] = ()


def rows(key: Hashable, build: Build, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of the query that `build` makes from `values`.

    `key` names everything that shapes the query; only `values` (numbers, texts, moments) may differ
    between two calls with one key; None keeps nothing. `build` gives a `values_list` queryset, or
    SQL and parameters.
    """
    connection = connections[router.db_for_read(Model)]
    whole = (connection.vendor, key, tuple(type(value) for value in values))
    prepared = _kept.get(whole) if key is not None else None
    if prepared is None and key is not None:
        _keep(whole, prepared := _prepare(build, values))
    elif prepared is None:
        prepared = _compiled(build(list(values)))
    parameters = list(prepared.parameters)
    adapted = [_adapted(value, connection) for value in values]
    for place, number in prepared.places:
        parameters[place] = adapted[number]
    with connection.cursor() as cursor:
        cursor.execute(prepared.sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return _converted(found, prepared, connection) if prepared.converters else found


def sql_of(queryset: "QuerySet[Any, Any]") -> tuple[str, tuple[Any, ...]]:
    """The SQL and the parameters of a queryset, to stand inside other SQL."""
    sql, parameters = queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    return sql, tuple(parameters)


def _keep(key: Hashable, prepared: Prepared) -> None:
    with _lock:
        _kept[key] = prepared
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def _prepare(build: Build, values: Sequence[Any]) -> Prepared:
    connection = connections[DEFAULT_DB_ALIAS]
    marks = [_mark(value, number) for number, value in enumerate(values)]
    numbers = {_adapted(mark, connection): number for number, mark in enumerate(marks)}
    compiled = _compiled(build(marks))
    places = tuple(
        (place, numbers[value])
        for place, value in enumerate(compiled.parameters)
        if isinstance(value, Hashable) and value in numbers
    )
    if len({number for _place, number in places}) < len(values):
        raise ValueError("A value of a kept query does not reach its SQL as it is.")
    return replace(compiled, places=places)


def _compiled(built: "QuerySet[Any, Any] | tuple[str, Sequence[Any]]") -> Prepared:
    if isinstance(built, tuple):
        return Prepared(built[0], tuple(built[1]))
    compiler: Any = built.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, parameters = compiler.as_sql()
    shown = [column[0] for column in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(shown).items()
    return Prepared(
        sql,
        tuple(parameters),
        converters=tuple(
            (place, functions, expression) for place, (functions, expression) in converters
        ),
    )


def _mark(value: Any, number: int) -> Any:
    """A value of the same type that stands in no query of ours."""
    if isinstance(value, datetime.datetime):
        return datetime.datetime(1901, 2, 3, 4, 5, 6, number + 1, tzinfo=datetime.UTC)
    if isinstance(value, int):
        # Small enough for every integer column: beyond its range Django drops the condition.
        return 2_003_000_001 + number
    if isinstance(value, UUID):
        return UUID(int=7_003_000_001 + number)
    if isinstance(value, str):
        return f"\ue000{number}\ue000"
    raise TypeError(f"{value!r} can't be filled into a kept query.")


def _adapted(value: Any, connection: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


def _converted(
    found: list[tuple[Any, ...]], prepared: Prepared, connection: Any
) -> list[tuple[Any, ...]]:
    made = []
    for row in found:
        cells = list(row)
        for place, functions, expression in prepared.converters:
            for function in functions:
                cells[place] = function(cells[place], expression, connection)
        made.append(tuple(cells))
    return made
