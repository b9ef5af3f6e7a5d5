"""A site that was built aside takes the place of the one that is there: whole, or not at all.

Built is built once `complete.json` lies in the folder aside. Before that, whatever ends the process
has changed nothing. From then on it is only ever carried on: each step can be done again, and the
next command finds the file and goes on, also after SIGKILL or a cut of the power.

The embedded database is copied over by SQLite itself in one transaction, so processes that have it
open see the old one, then the new one. On PostgreSQL the new tables take the names of the old ones
in one transaction.
"""

import fcntl
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection

from contactpoint.backups import erased, postgresql
from contactpoint.backups.bucket_files import put
from contactpoint.backups.refusing import BackupError
from contactpoint.kit import changes

ASIDE: Final = "restoring"
COMPLETE: Final = "complete.json"
_DATABASE: Final = "contactpoint.sqlite3"


def aside() -> Path:
    """The folder in which a site is built before it is taken."""
    return Path(settings.DATA) / ASIDE


@contextmanager
def alone(*, wait: bool = False) -> Iterator[None]:
    """No other restoring goes on in this data folder. Raises BackupError where one does, unless
    this one may wait for it."""
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    with (Path(settings.DATA) / "restore.lock").open("w", encoding="ascii") as lock:
        _lock(lock, wait=wait)
        yield


def _lock(lock: IO[str], *, wait: bool) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        raise BackupError("Another backup is being restored here at this moment.") from None


def clear() -> None:
    """Take away what a restoring that was stopped before it was complete has left."""
    if aside().exists():
        shutil.rmtree(aside())
    if connection.vendor == "postgresql":
        postgresql.clear()


def is_complete() -> bool:
    """Whether a site aside waits for being taken."""
    return (aside() / COMPLETE).exists()


def declare_complete() -> None:
    """From here on there is no way back."""
    partial = aside() / f"{COMPLETE}.partial"
    with partial.open("w", encoding="ascii") as file:
        json.dump({"database": connection.vendor}, file)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(aside() / COMPLETE)
    folder = os.open(aside(), os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def finish() -> bool:
    """Carry on what was complete; whether there was anything."""
    if not is_complete():
        return False
    with alone(wait=True):
        if is_complete():
            take()
    return True


def take() -> None:
    """Each step finds out whether it was done; the caller is alone."""
    said = json.loads((aside() / COMPLETE).read_text("ascii"))["database"]
    if said != connection.vendor:
        raise BackupError(
            f"A restoring that was stopped waits in {aside()} for a database of {said}, but the "
            f"settings name one of {connection.vendor}. Set CONTACTPOINT_DATABASE_URL as it was, "
            "or delete that folder to give it up."
        )
    _take_database()
    _take_files()
    erased.again(aside())
    _forget()
    (aside() / COMPLETE).unlink()
    clear()


def _take_database() -> None:
    if connection.vendor == "postgresql":
        connection.close()
        postgresql.take()
        return
    there = aside() / _DATABASE
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    target.touch(mode=0o600)
    with (
        closing(sqlite3.connect(there)) as source,
        closing(sqlite3.connect(target, timeout=60)) as line,
    ):
        source.backup(line)


def is_in_bucket() -> bool:
    """Whether files are stored in a bucket, where a folder can't be swapped."""
    return hasattr(default_storage, "put")


def bring_files() -> None:
    """What can go before without harm: into a bucket, files under names that nobody has there."""
    if is_in_bucket():
        put(aside() / "media", default_storage, replace=False)


def _take_files() -> None:
    new, root = aside() / "media", Path(settings.MEDIA_ROOT)
    if is_in_bucket():
        put(new, default_storage, replace=True)
        return
    if not new.exists():
        return
    if root.exists():
        number = 1
        while (old := aside() / f"media-before-{number}").exists():
            number += 1
        root.rename(old)
    new.rename(root)


def _forget() -> None:
    """What was remembered of the site before."""
    (Path(settings.DATA) / "prepared").unlink(missing_ok=True)
    (Path(settings.DATA) / "in-the-making").unlink(missing_ok=True)
    cache.clear()
    changes.generations().drop()


def refuse_where_files_cannot_be_swapped() -> None:
    """A folder is swapped by its name, which a mount or a link has elsewhere."""
    root = Path(settings.MEDIA_ROOT)
    if is_in_bucket():
        return
    if root.is_symlink() or os.path.ismount(root):
        raise BackupError(
            f"{root} is a link or a mount, so its files can't be swapped in one step. Mount or "
            f"link the data folder {settings.DATA} as a whole."
        )
