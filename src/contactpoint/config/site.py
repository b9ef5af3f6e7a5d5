"""Makes an empty data folder a site: database, reference data and the first pages."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from contactpoint.backups import swapping
from contactpoint.delivery.listening import connect
from contactpoint.glossary.actions import load_shipped as load_glossary
from contactpoint.home.actions import plant
from contactpoint.network.actions import load_shipped as load_network
from contactpoint.statistics.actions import load_shipped as load_statistics

_LOCK: Final = 0x636F6E74616374
"""A number of ours among the advisory locks of the database."""


def prepare(say: Callable[[str], object] = lambda _line: None) -> None:
    """Bring database and reference data up to what this version ships; quick where they are.

    Repeatable and safe to interrupt: the stamp that ends it is written last. `say` is told each
    step, since the first time takes some fifteen seconds.
    """
    swapping.finish()
    keep_database_private()
    if _is_prepared():
        return
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / "prepare.lock").open("w", encoding="ascii") as lock:
        # Two commands on one empty folder: the second waits, and then finds the work done.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_prepared():
            with _database_in_the_making(), _alone_among_machines():
                _prepare(say)


def keep_database_private() -> None:
    """The embedded database is for its owner alone: it holds answers that may not leave the
    network, and digests of passwords. SQLite gives the files beside it the same mode."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or name.startswith(("file:", ":")):
        return
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    for one in (path, *(path.with_name(f"{path.name}-{end}") for end in ("wal", "shm"))):
        if one.exists() and one.stat().st_uid == os.getuid() and one.stat().st_mode & 0o077:
            one.chmod(0o600)


@contextmanager
def _database_in_the_making() -> Iterator[None]:
    """A new embedded database that is not finished holds nothing of anybody's: begin it anew.

    A migration that was stopped between two statements can't be taken up; nobody could write to
    the site before it was whole, so nothing is lost. One that was whole once is never touched.
    """
    if connection.vendor != "sqlite":
        yield
        return
    database = Path(connection.settings_dict["NAME"])
    marker = settings.DATA / "in-the-making"
    if marker.exists():
        connection.close()
        for path in database.parent.glob(f"{database.name}*"):
            path.unlink()
    elif not connection.introspection.table_names():
        marker.touch()
    yield
    marker.unlink(missing_ok=True)


@contextmanager
def _alone_among_machines() -> Iterator[None]:
    """Two machines that get a new version together bring the one database up to it in turn."""
    if not settings.SHARED_DATABASE:
        yield
        return
    with connect() as line:  # past any pooler, and let go of when this process dies
        line.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        yield


def _prepare(say: Callable[[str], object]) -> None:
    say(f"Preparing the site in {settings.DATA}: database …")
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    say("… glossary, countries, institutions, first pages …")
    load_network()
    load_glossary()
    load_statistics()
    plant()
    stamp = settings.DATA / "prepared"
    partial = stamp.with_suffix(".partial")
    partial.write_text(_state(), encoding="ascii")
    partial.replace(stamp)


def _is_prepared() -> bool:
    stamp: Path = settings.DATA / "prepared"
    return stamp.exists() and stamp.read_text(encoding="ascii") == _state()


def _state() -> str:
    return f"{_shipped_digest()} {_database()}"


def _shipped_digest() -> str:
    """Changes with every migration and every file of reference data that the package carries."""
    package = Path(__file__).parent.parent
    digest = hashlib.sha256()
    shipped = ("*/migrations/*.py", "*/data/*.t*", "*/data/*.csv")
    for path in sorted(path for pattern in shipped for path in package.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _database() -> str:
    """Names the database, so that one folder pointed at another database is prepared again."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return "missing"
    return hashlib.sha256(f"{connection.vendor} {name}".encode()).hexdigest()
