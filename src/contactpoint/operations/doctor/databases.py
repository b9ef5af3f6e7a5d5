"""The database, the replica and the migrations."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from contactpoint.operations.doctor.asking import reading
from contactpoint.operations.doctor.findings import (
    Finding,
    check,
    error,
    first_line,
    ok,
    warning,
)

URL = "CONTACTPOINT_DATABASE_URL"
LATE = 30.0
"""Seconds that a replica may be behind."""
NAMED = 5


def _file() -> Path | None:
    """Of the embedded database; None for a server, or one in memory."""
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and not name.startswith(("file:", ":"))
    return Path(name) if is_file else None


@check("database")
def database() -> Iterator[Finding]:
    """Whether it is there, answers, and may be written to."""
    path = _file()
    if path is not None and not (path.exists() and path.stat().st_size):
        yield warning(
            str(path), "There is no database yet.",
            "`contactpoint serve` makes it; if there was one, see CONTACTPOINT_DATA and backups.",
            blocks=True,
        )  # fmt: skip
        return
    try:
        with reading(connection), connection.cursor() as cursor:
            if path is not None:
                cursor.execute("SELECT count(*) FROM sqlite_master")
            else:
                cursor.execute("SELECT pg_is_in_recovery()")
            (answer,) = cursor.fetchone()
    except (DatabaseError, InterfaceError) as problem:
        yield error(
            str(path) if path else URL, f"It can't be read: {first_line(problem)}",
            "See that it runs, that the address is right, and that this user may read it.",
            blocks=True,
        )  # fmt: skip
        return
    if path is None and answer:
        yield error(
            URL, "It is a replica: nothing can be written to it.",
            "Promote it (pg_ctl promote), or name the primary.",
        )  # fmt: skip
        return
    yield ok(str(path) if path else URL, "It answers.")


@check("replica")
def replica() -> Iterator[Finding]:
    """Readers have the primary without it, so nothing of it is an error."""
    if "replica" not in settings.DATABASES:
        return
    place, other = "CONTACTPOINT_DATABASE_REPLICA", connections["replica"]
    try:
        with reading(other), other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_is_in_recovery(), CASE WHEN pg_last_wal_receive_lsn() = "
                "pg_last_wal_replay_lsn() THEN 0 ELSE "
                "extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END"
            )
            is_replica, lag = cursor.fetchone()
    except (DatabaseError, InterfaceError) as problem:
        yield warning(
            place, f"It does not answer, so the primary does all: {first_line(problem)}",
            "Start it, or leave the setting out.",
        )  # fmt: skip
        return
    if not is_replica:
        yield warning(
            place, "It is no replica any more, and is not read from.",
            "If it was promoted, name it in CONTACTPOINT_DATABASE_URL and restart.",
        )  # fmt: skip
    elif float(lag or 0) > LATE:
        yield warning(
            place, f"It is {float(lag):.0f} seconds behind.",
            "See pg_stat_replication on the primary.",
        )  # fmt: skip
    else:
        yield ok(place, "It follows.")


@check("migrations", needs=("database",))
def migrations() -> Iterator[Finding]:
    """Whether the tables are those of this version: not of an older, and not of a newer one."""
    if (settings.DATA / "in-the-making").exists():
        yield warning(
            str(settings.DATA / "in-the-making"), "The first start was cut off.",
            "`contactpoint serve` begins anew; nothing was in it yet.", blocks=True,
        )  # fmt: skip
        return
    with reading(connection):
        executor = MigrationExecutor(connection)
        applied = set(MigrationRecorder(connection).applied_migrations())
    loader = executor.loader
    if not applied:
        yield warning(
            "django_migrations", "The database is empty.",
            "`contactpoint serve` fills it; if it was not, name the right one.", blocks=True,
        )  # fmt: skip
        return
    installed = {app.label for app in apps.get_app_configs()}
    known = set(loader.disk_migrations or {}) | set(loader.replacements)
    replaced = {one for squashed in loader.replacements.values() for one in squashed.replaces}
    if unknown := sorted(applied - known - replaced):
        ours = [one for one in unknown if one[0] in installed]
        told = _told(ours or unknown)
        if ours:
            yield error(
                "django_migrations", f"{told}: not of this version; a newer one was here.",
                "Install the version that made them, or restore a backup of before.", blocks=True,
            )  # fmt: skip
        else:
            yield warning(
                "django_migrations", f"{told}: of apps that are not installed.",
                "Nothing, if they were taken out on purpose.",
            )  # fmt: skip
    plan = executor.migration_plan(loader.graph.leaf_nodes())
    if plan:
        waiting = _told([(one.app_label, one.name) for one, _backwards in plan])
        yield warning(
            "django_migrations", f"{waiting}: not applied yet.",
            "Make a backup, then `contactpoint serve` (or `contactpoint migrate`) applies them.",
            blocks=True,
        )  # fmt: skip
    elif not unknown:
        yield ok("django_migrations", f"All {len(applied)} are applied, and none is unknown.")


def _told(found: list[tuple[str, str]]) -> str:
    names = ", ".join(".".join(one) for one in found[:NAMED])
    return f"{len(found)} ({names}{', …' if len(found) > NAMED else ''})"
