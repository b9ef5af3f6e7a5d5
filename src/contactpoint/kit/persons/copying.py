"""A copy of the database for developers: the portal as it is, and nobody in it.

Rows are read, changed and written to a new file; whatever the register knows of people never gets
there. The same address or name becomes the same stand-in everywhere, and an address in any text
becomes one as well. What would say nothing without its person (sessions, jobs, failed sign-ins)
is left out. Of files, there are only names: media is not copied.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from contactpoint.kit.persons.declaring import declaration_of
from contactpoint.kit.persons.masks import Masks

ALIAS: Final = "anonymised"
LEFT_OUT: Final = {
    *("sessions.Session", "django_tasks_database.DBTaskResult", "kit.OutboxEntry"),
    *("axes.AccessAttempt", "axes.AccessFailureLog", "axes.AccessLog"),
    *("axes.AccessAttemptExpiration", "mfa.Authenticator", "account.EmailConfirmation"),
    *("wagtailadmin.FormState", "wagtailadmin.EditingSession", "kit.PersonRequest"),
    *("consultations.PersonalLink", "wagtailsearch.IndexEntry"),
    "wagtailsearch.SQLiteFTSIndexEntry",
}
"""With the search tables of Wagtail, which `update_index` writes anew."""
BATCH: Final = 500
_SEARCH: Final = "wagtailsearch_indexentry_fts"


class CopyError(Exception):
    """No copy was left; the message says why."""


def write_copy(path: Path) -> int:
    """Write a new SQLite file with all tables; returns how many rows. Never writes to the portal's.

    What changes while it is written may be in it or not.
    """
    if path.exists():
        raise CopyError(f"{path} is there already. Name a file that is not, or remove it.")
    if not path.parent.is_dir():
        raise CopyError(f"There is no folder {path.parent}.")
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    copy = _opened(unfinished)
    try:
        _without_waiting_for_the_disk(copy)
        _make_tables(copy)
        rows = _fill(copy)
        copy.close()
        unfinished.rename(path)
        path.chmod(0o600)
        return rows
    finally:
        copy.close()
        unfinished.unlink(missing_ok=True)


def _opened(path: Path) -> DatabaseWrapper:
    """A connection of its own, that nothing of Django's finds by its name."""
    options: dict[str, Any] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
    }
    is_sqlite = connection.vendor == "sqlite"
    alias = connection.alias if is_sqlite else ALIAS
    return DatabaseWrapper(connection.settings_dict | options, alias)


def _without_waiting_for_the_disk(copy: DatabaseWrapper) -> None:
    """What is not finished is thrown away, so nothing has to survive a loss of power."""
    with copy.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("PRAGMA journal_mode = MEMORY")


def _make_tables(copy: DatabaseWrapper) -> None:
    """As they are here, or from another kind of database by migrating."""
    if connection.vendor != "sqlite":
        connections.settings[ALIAS], connections[ALIAS] = copy.settings_dict, copy
        try:
            call_command("migrate", database=ALIAS, verbosity=0, interactive=False)
        finally:
            del connections[ALIAS], connections.settings[ALIAS]
        return
    with connection.cursor() as here, copy.cursor() as there:
        here.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%%' "
            "ESCAPE '\\' AND name NOT LIKE %s ORDER BY type = 'trigger', type = 'index'",
            [f"{_SEARCH}_%"],
        )
        for (statement,) in here.fetchall():
            there.execute(statement)
        here.execute("SELECT app, name, applied FROM django_migrations ORDER BY id")
        there.executemany(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)",
            here.fetchall(),
        )


def _fill(copy: DatabaseWrapper) -> int:
    masks = Masks()
    rows = 0
    with copy.constraint_checks_disabled(), copy.cursor() as cursor:
        cursor.execute("BEGIN")
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.managed or model._meta.proxy:
                continue
            if model._meta.db_table == _SEARCH:
                continue
            cursor.execute(f"DELETE FROM {copy.ops.quote_name(model._meta.db_table)}")  # noqa: S608 — a name of ours
            if model._meta.label not in LEFT_OUT:
                rows += _copy_table(model, copy, cursor, masks)
        cursor.execute("COMMIT")
    return rows


def _copy_table(model: Any, copy: DatabaseWrapper, cursor: Any, masks: "Masks") -> int:
    fields = list(model._meta.local_concrete_fields)
    quoted = copy.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields)
    holes = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({holes})"  # noqa: S608 — names of ours
    said = declaration_of(model)
    number = 0
    for batch in _batches(model, fields):
        cursor.executemany(
            insert,
            [
                [
                    field.get_db_prep_save(masks.masked(field, value, said), copy)
                    for field, value in zip(fields, row, strict=True)
                ]
                for row in batch
            ],
        )
        number += len(batch)
    return number


def _batches(model: Any, fields: list[Any]) -> Iterator[list[tuple[Any, ...]]]:
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    batch: list[tuple[Any, ...]] = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
