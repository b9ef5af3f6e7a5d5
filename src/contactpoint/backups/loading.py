"""Puts the rows of a backup into an empty database at the schema of then."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final

import psycopg
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.functional import cached_property

from contactpoint.backups import values
from contactpoint.backups.refusing import BackupError, DamagedError
from contactpoint.backups.snapshot import applied, sqlite_snapshot
from contactpoint.backups.tables import Node, Table, applied_here, is_current, leaves, tables

_AT_ONCE: Final = 500
_KEPT: Final = "django_migrations"


def make_schema(nodes: list[Node], template: Path | None = None) -> None:
    """An empty database, migrated as far as those migrations; nothing stands in its tables.

    A template is a SQLite database; where it is as far it saves migrating.
    """
    if template is not None and connection.vendor == "sqlite" and _is_as_far(template, nodes):
        connection.close()
        _copy_schema(template, Path(connection.settings_dict["NAME"]))
        return
    if is_current(nodes):
        call_command("migrate", verbosity=0, interactive=False)
    else:
        MigrationExecutor(connection).migrate(leaves(nodes))
    names = [name for name in connection.introspection.table_names() if name != _KEPT]
    if connection.vendor == "postgresql":
        listed = ", ".join(f'"{name}"' for name in names)
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {listed}")
        return
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for name in names:
            if "_fts_" not in name:  # those are SQLite's own, behind a table of words
                cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608 — a name that the database told
        cursor.execute("DELETE FROM sqlite_sequence")


def _is_as_far(template: Path, nodes: list[Node]) -> bool:
    try:
        with sqlite_snapshot(template) as there:
            return set(applied(there)) == set(nodes)
    except (sqlite3.Error, BackupError):
        return False


def _copy_schema(template: Path, target: Path) -> None:
    """What was created, in the order of the creation, and the list of migrations."""
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(target)) as line:
        found = source.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
            " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type != 'table', rowid"
        ).fetchall()
        words = tuple(
            f"{name}_" for _type, name, sql in found if sql.upper().startswith("CREATE VIRTUAL")
        )
        with line:
            for _type, name, sql in found:
                if not name.startswith(words or ("\0",)):
                    line.execute(sql)
            rows = source.execute(f"SELECT * FROM {_KEPT}")  # noqa: S608 — a constant
            marks = ", ".join("?" * len(rows.description))
            line.executemany(f"INSERT INTO {_KEPT} VALUES ({marks})", rows)  # noqa: S608 — as above


class Loader:
    """Follows the reading of a backup, and does what it tells in one transaction.

    `commit` is called once the whole of it was read and found true.
    """

    def __init__(self, template: Path | None = None) -> None:
        self._template = template
        self._tables: dict[str, Table] = {}
        self._begin: dict[str, Any] = {}

    def begin(self, begin: dict[str, Any]) -> None:
        """Raises BackupError where its tables are not those of its migrations."""
        nodes: list[Node] = [(app, name) for app, name in begin["migrations"]]
        make_schema(nodes, self._template)
        self._tables = {table.name: table for table in tables(applied_here())}
        for said in begin["tables"]:
            there = self._tables.get(said["name"])
            columns = there and [[one.name, one.kind, one.places] for one in there.columns]
            if columns != said["columns"]:
                raise DamagedError(f"its table {said['name'][:80]} is not that of its migrations.")
        self._begin = begin
        self._line.begin()

    @cached_property
    def _line(self) -> "_SQLite | _PostgreSQL":
        return _PostgreSQL() if connection.vendor == "postgresql" else _SQLite()

    def rows(self, table: str, rows: Iterator[Any]) -> None:
        """Raises BackupError where the database refuses one."""
        there = self._tables[table]
        try:
            self._line.insert(there, _checked(there, rows))
        except (sqlite3.Error, psycopg.Error, DatabaseError, ValueError) as problem:
            said = str(problem).partition("\n")[0]
            raise BackupError(
                f"A row of {table} can't be put into the database: {said}. Nothing was changed."
            ) from problem

    def commit(self) -> None:
        """Numbers of rows to come go on where they stood."""
        counters = self._begin["counters"]
        counting = [table for table in self._tables.values() if table.counts]
        self._line.commit({table: counters.get(table.name, 0) for table in counting})


def _checked(table: Table, rows: Iterable[Any]) -> Iterator[list[Any]]:
    checkers = [values.checker(column.kind) for column in table.columns]
    for row in rows:
        try:
            yield [
                None if value is None else check(value)
                for check, value in zip(checkers, row, strict=True)
            ]
        except (ValueError, RecursionError, OverflowError) as problem:
            raise DamagedError(f"a row of {table.name} can't be read ({problem}).") from problem


def _insert(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    return f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 — names of our own models


class _SQLite:
    def begin(self) -> None:
        connection.close()
        self._line = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        # Whoever dies here begins anew with another file.
        self._line.executescript(
            "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; BEGIN"
        )

    def insert(self, table: Table, rows: Iterable[list[Any]]) -> None:
        forms = [values.for_sqlite(column.kind) for column in table.columns]
        sql = _insert(table)
        told = (
            [None if value is None else form(value) for form, value in zip(forms, row, strict=True)]
            for row in rows
        )
        while some := list(islice(told, _AT_ONCE)):
            self._line.executemany(sql, some)

    def commit(self, counters: dict[Table, int]) -> None:
        for table, counter in counters.items():
            if counter:
                self._line.execute("DELETE FROM sqlite_sequence WHERE name = ?", [table.name])
                highest = f'SELECT coalesce(max("{table.key}"), 0) FROM "{table.name}"'  # noqa: S608 — as above
                (last,) = self._line.execute(highest).fetchone()
                self._line.execute(
                    "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)",
                    [table.name, max(counter, last)],
                )
        self._line.execute("COMMIT")
        self._line.close()


class _PostgreSQL:
    def begin(self) -> None:
        connection.ensure_connection()
        connection.set_autocommit(False)

    def insert(self, table: Table, rows: Iterable[list[Any]]) -> None:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN'.encode()) as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def commit(self, counters: dict[Table, int]) -> None:
        with connection.cursor() as cursor:
            for table, counter in counters.items():
                cursor.execute(
                    "SELECT setval(s, greatest(1, %s, m), greatest(%s, m) > 0) FROM"  # noqa: S608 — as above
                    f' (SELECT pg_get_serial_sequence(%s, %s) s, coalesce(max("{table.key}"), 0) m'
                    f' FROM "{table.name}") t WHERE s IS NOT NULL',
                    [counter, counter, f'"{table.name}"', table.key],
                )
        connection.commit()
        connection.set_autocommit(True)
