"""The database as it was at one moment, row by row, while others go on writing.

SQLite: a transaction that only reads; in WAL mode it sees what was committed before it began, and
keeps nobody from writing. PostgreSQL: a transaction of isolation level REPEATABLE READ. Both on a
connection of their own, that of Django's would take the right to write.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

import psycopg
from django.db import connection

from contactpoint.backups import values
from contactpoint.backups.refusing import BackupError
from contactpoint.backups.tables import Column, Node, Table
from contactpoint.delivery.listening import connect

_AT_ONCE: Final = 100
_MIGRATIONS: Final = 'SELECT app, name FROM "django_migrations" ORDER BY 1, 2'


class Snapshot(Protocol):
    """What is asked of the database of that moment."""

    vendor: str

    def select(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Rows of a question of ours."""

    def rows(self, table: Table) -> Iterator[list[Any]]:
        """In the order of the primary key, each value as it stands in the file of a backup."""

    def counter(self, table: Table) -> int:
        """The last number that was given to a row, also to one that is gone."""


def applied(snapshot: Snapshot) -> list[Node]:
    """The migrations of that moment."""
    return [(str(app), str(name)) for app, name in snapshot.select(_MIGRATIONS)]


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """Of the database of the settings. Raises BackupError where there is none."""
    if connection.vendor == "sqlite":
        # A database that was never opened by the portal takes its way of writing now; below a
        # transaction that reads it could not.
        connection.ensure_connection()
        with sqlite_snapshot(Path(connection.settings_dict["NAME"])) as found:
            yield found
        return
    with connect() as line:
        line.autocommit = False
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        line.read_only = True
        line.execute("SET LOCAL timezone TO 'UTC'")
        yield _PostgreSQL(line)


@contextmanager
def sqlite_snapshot(path: Path) -> Iterator[Snapshot]:
    """Of a file."""
    if not path.exists():
        raise BackupError(f"There is no site in {path.parent} yet, so there is nothing to copy.")
    line = sqlite3.connect(path, isolation_level=None, timeout=30)
    try:
        line.execute("PRAGMA query_only=1")
        line.execute("BEGIN")
        yield _SQLite(line)
    finally:
        line.close()


class _SQLite:
    vendor = "sqlite"

    def __init__(self, line: sqlite3.Connection) -> None:
        self._line = line
        line.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the moment

    def select(self, sql: str) -> Iterator[tuple[Any, ...]]:
        yield from self._line.execute(sql)

    def rows(self, table: Table) -> Iterator[list[Any]]:
        yield from _neutral(self.select(_question(table, _plainly, "")), table)

    def counter(self, table: Table) -> int:
        found = self._line.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table.name])
        return int((found.fetchone() or [0])[0])


class _PostgreSQL:
    vendor = "postgresql"

    def __init__(self, line: "psycopg.Connection[Any]") -> None:
        self._line = line

    def select(self, sql: str) -> Iterator[tuple[Any, ...]]:
        with self._line.cursor(name="backup") as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(sql.encode())
            yield from cursor

    def rows(self, table: Table) -> Iterator[list[Any]]:
        kinds = {column.name: column.kind for column in table.columns}
        # In the order of SQLite, whatever the database's own.
        order = ' COLLATE "C"' if kinds[table.key] == "text" else ""
        yield from _neutral(self.select(_question(table, _as_text, order)), table)

    def counter(self, table: Table) -> int:
        name = f'"{table.name}"'
        sequence = self._line.execute(
            "SELECT pg_get_serial_sequence(%s, %s)", [name, table.key]
        ).fetchone()
        if not sequence or not sequence[0]:
            return 0
        found = self._line.execute(
            f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence[0]}".encode()  # noqa: S608 — a name that the database has told
        ).fetchone()
        return int(found[0]) if found else 0


def _plainly(column: Column) -> str:
    return f'"{column.name}"'


def _as_text(column: Column) -> str:
    if column.kind == "json":
        return f'"{column.name}"::text'
    return f'host("{column.name}")' if column.kind == "address" else f'"{column.name}"'


def _question(table: Table, form: Any, order: str) -> str:
    columns = ", ".join(map(form, table.columns))
    return f'SELECT {columns} FROM "{table.name}" ORDER BY "{table.key}"{order}'  # noqa: S608 — names of our own models


def _neutral(rows: Iterable[tuple[Any, ...]], table: Table) -> Iterator[list[Any]]:
    readers = [values.reader(column.kind, column.places) for column in table.columns]
    row: tuple[Any, ...] = ()
    try:
        for row in rows:
            yield [
                None if value is None else read(value)
                for read, value in zip(readers, row, strict=True)
            ]
    except (ValueError, ArithmeticError, sqlite3.OperationalError) as problem:
        key = [column.name for column in table.columns].index(table.key)
        where = f"behind {row[key]!r}" if row else "at its beginning"
        raise BackupError(
            f"The table {table.name} can't be read {where}: {problem}. Nothing was written."
        ) from problem
