"""Which tables there are, with the kinds of their columns, at the schema that a database has.

A database that is not migrated yet to this version has the schema of then. What it looked like is
known from the migrations that were applied, so it is copied, and put back, as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps as current_apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field

from contactpoint.backups.leaving_out import is_left_out
from contactpoint.backups.refusing import BackupError
from contactpoint.backups.values import KINDS

Node = tuple[str, str]
"""App and name of a migration."""


@dataclass(frozen=True, slots=True)
class Column:
    """Of a table; `places` behind the point of decimals."""

    name: str
    kind: str
    places: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Of the database; `key` is the column of its primary key."""

    name: str
    key: str
    columns: tuple[Column, ...]
    counts: bool
    """Whether the database gives numbers to new rows."""


def known() -> set[Node]:
    """All migrations of this version."""
    return set(_loader().disk_migrations)


def unknown(applied: Iterable[Node]) -> list[Node]:
    """Those of a newer version: behind the last that this one knows. An old one whose file a
    package has taken away since, as it made one of several, is none of them."""
    last: dict[str, str] = {}
    for app, name in known():
        last[app] = max(name, last.get(app, ""))
    return sorted((app, name) for app, name in set(applied) if app in last and name > last[app])


def leaves(applied: Iterable[Node]) -> list[Node]:
    """Up to where each app was migrated."""
    loader = _loader()
    there = set(applied) & set(loader.graph.nodes)
    return sorted(
        node
        for node in there
        if not any(
            child.key[0] == node[0] and child.key in there
            for child in loader.graph.node_map[node].children
        )
    )


def is_current(applied: Iterable[Node]) -> bool:
    """Whether all migrations of this version are applied."""
    return set(_loader().graph.leaf_nodes()) <= set(applied)


def tables(applied: Iterable[Node]) -> list[Table]:
    """All that backups hold, in the order of their names, at the schema of those migrations."""
    nodes = set(applied)
    registry: Any = current_apps
    if not is_current(nodes):
        loader = _loader()
        registry = loader.project_state(sorted(nodes & set(loader.graph.nodes))).apps
    found = {}
    for model in registry.get_models(include_auto_created=True):
        meta = model._meta
        if meta.proxy or not meta.managed or is_left_out(meta.db_table):
            continue
        found[meta.db_table] = _table(meta)
    return [found[name] for name in sorted(found)]


def _table(meta: Any) -> Table:
    columns = tuple(_column(meta.db_table, field) for field in meta.local_concrete_fields)
    counts = meta.auto_field is not None and meta.auto_field.model._meta.db_table == meta.db_table
    return Table(meta.db_table, meta.pk.column, columns, counts)


def _column(table: str, field: "Field[Any, Any]") -> Column:
    known: Any = field
    while known.remote_field is not None:
        known = known.target_field
    kind = KINDS.get(known.get_internal_type())
    if kind is None:
        raise BackupError(
            f"{table}.{field.column} is of a kind ({known.get_internal_type()}) that backups "
            "don't know."
        )
    return Column(str(field.column), kind, getattr(known, "decimal_places", 0) or 0)


@cache
def _loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


def applied_here() -> list[Node]:
    """Of the database of this process; empty where there is none yet."""
    return sorted(MigrationRecorder(connection).applied_migrations())
