"""Puts a backup in the place of the site: read whole first, built aside, then taken in one step."""

import fcntl
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection

from contactpoint.backups import building, erased, kept_settings, postgresql, swapping
from contactpoint.backups.building import Order
from contactpoint.backups.checking import Found, check
from contactpoint.backups.opening import opened
from contactpoint.backups.refusing import BackupError
from contactpoint.backups.telling import Progress, size, unheard
from contactpoint.kit import workers_seen

_ROOM: Final = 1.2
_ROWS_GROW: Final = 8
"""A database is at most so many times its compressed rows, as we have seen; indexes and all."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; `notes` are for whoever did it."""

    found: Found
    done: dict[str, Any]
    notes: list[str]


def read_whole(file: str, key: str = "", progress: Progress = unheard) -> Found:
    """Says what a backup is. Raises BackupError where it is not whole, or not for us."""
    with opened(file, key) as source:
        return check(source, progress=progress)


def is_there_a_site() -> bool:
    """Whether anything would be replaced."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        if not path.exists() or path.stat().st_size == 0:
            return False
    return "wagtailcore_page" in connection.introspection.table_names()


def restore(
    file: str,
    key: str = "",
    *,
    replace: bool = False,
    agree: Callable[[Found], bool] = lambda _found: True,
    progress: Progress = unheard,
) -> Restored | None:
    """None where `agree`, which is asked once all is known to be well, says no.

    Raises BackupError; then nothing was changed.
    """
    with swapping.alone():
        if swapping.is_complete():
            raise BackupError(
                "A restoring that was stopped has still to be carried on. Run `contactpoint "
                "restore --finish` first."
            )
        is_there = is_there_a_site()
        if is_there and not replace:
            raise BackupError(
                f"There is a site in {settings.DATA} already. Restore into an empty folder (and "
                "database), or say --replace: all that this site holds is then lost."
            )
        swapping.refuse_where_files_cannot_be_swapped()
        _refuse_while_at_work()
        found = read_whole(file, key, progress)
        _refuse_without_room(found)
        if not agree(found):
            return None
        done = _build(Order(file, key, _template()))
        _refuse_while_at_work()
        swapping.bring_files()
        if is_there:
            erased.bring(swapping.aside())
        swapping.declare_complete()
        swapping.take()
    return Restored(found, done, _notes(found, done))


def _template() -> str:
    """The database that is there has the schema already, mostly."""
    return str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else ""


def _build(order: Order) -> dict[str, Any]:
    swapping.clear()
    swapping.aside().mkdir(parents=True, mode=0o700)
    address = ""
    if connection.vendor == "postgresql":
        postgresql.make_room()
        address = postgresql.address_aside(
            settings.DATABASE_LISTEN or os.environ["CONTACTPOINT_DATABASE_URL"]
        )
    try:
        return building.build(order, swapping.aside(), address)
    except BaseException:
        swapping.clear()
        raise


def _refuse_while_at_work() -> None:
    """What a worker does meanwhile would be done to one site or the other."""
    if connection.vendor == "postgresql":
        if is_there_a_site() and (workers := workers_seen.workers()):
            raise BackupError(
                f"{len(workers)} worker(s) are at work, such as {workers[0].name}. Stop the portal "
                "on all machines first, and wait a minute."
            )
        return
    path = Path(settings.DATA) / "worker.lock"
    if not path.exists():
        return
    with path.open("r", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(
                f"The portal in {settings.DATA} is running (its worker is process "
                f"{lock.read().strip() or 'unknown'}). Stop it first."
            ) from None


def _refuse_without_room(found: Found) -> None:
    files = found.manifest["files"]["bytes"]
    wanted = int(_ROOM * files + 2 * _ROWS_GROW * (found.bytes - files))
    free = shutil.disk_usage(settings.DATA).free
    if free < wanted:
        raise BackupError(
            f"Restoring may need {size(wanted)} in {settings.DATA}, and {size(free)} are free. "
            "Make room first. Nothing was changed."
        )


def _notes(found: Found, done: dict[str, Any]) -> list[str]:
    notes = []
    if done.get("migrated"):
        notes.append("The backup was of an older version; its database was brought up to this one.")
    if found.begin["secret"] != kept_settings.secret_mark():
        notes.append(
            "CONTACTPOINT_SECRET_KEY is not that of the site that was copied: second factors and "
            "links in mails that were sent don't work until it is."
        )
    return notes
