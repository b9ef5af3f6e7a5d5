"""The database of the tests is migrated once, and later runs begin with a copy of it.

Running all migrations takes most of the time in which a single test could run. The copy lies in
`.pytest-databases/`, named after what it was made from, and is only ever read. Of the processes of
one run the first migrates, and the others wait for its copy; a run of the CI has a fresh folder.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.management.commands.migrate import Command
from django.db import connections

ROOT: Final = Path(__file__).resolve().parent.parent
COPIES: Final = ROOT / ".pytest-databases"
KEPT: Final = 4
"""Copies of other states of the code, such as that of another branch."""
PACKAGE: Final = "src/contactpoint"
MADE_FROM: Final = (
    f"{PACKAGE}/**/migrations/*.py",
    f"{PACKAGE}/**/models/*.py",
    f"{PACKAGE}/**/models.py",
    f"{PACKAGE}/**/apps.py",
    f"{PACKAGE}/config/roles.py",
    f"{PACKAGE}/config/settings.py",
    f"{PACKAGE}/accounts/*.py",
    f"{PACKAGE}/**/data/**/*",
    f"{PACKAGE}/guidance/languages.py",
    f"{PACKAGE}/guidance/pictograms.py",
    f"{PACKAGE}/guidance/words/*.toml",
    f"{PACKAGE}/kit/labels.py",
    f"{PACKAGE}/outputs/event_blocks.py",
    f"{PACKAGE}/outputs/figures/choices.py",
    "requirements/base.txt",
)
"""Models, migrations and whatever those import or read; roles and permissions follow from them."""


def copy_of(root: Path = ROOT, folder: Path = COPIES) -> Path:
    """Where the copy for this state of the code lies, or would."""
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in sorted({path for one in MADE_FROM for path in root.glob(one) if path.is_file()}):
        if path.suffix != ".pyc":
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return folder / f"{digest.hexdigest()[:24]}.sqlite3"


def migrate_once(monkeypatch: pytest.MonkeyPatch, copy: Path) -> None:
    """The next `migrate` of SQLite reads the copy or makes it; later ones do as ever."""
    migrate: Callable[..., Any] = Command.handle

    def handle(self: Command, *args: Any, **options: Any) -> Any:
        monkeypatch.setattr(Command, "handle", migrate)
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            return migrate(self, *args, **options)
        connection.ensure_connection()
        copy.parent.mkdir(exist_ok=True)
        with copy.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if copy.exists():
                with sqlite3.connect(f"file:{copy}?mode=ro", uri=True) as kept:
                    kept.backup(connection.connection)
                kept.close()
                copy.touch()
                return None
            done = migrate(self, *args, **options)
            _keep(connection.connection, copy)
            return done

    monkeypatch.setattr(Command, "handle", handle)


def begin_with_copy(database: Path) -> None:
    """A database of a site that is made for tests; nothing is written where no copy is."""
    copy = copy_of()
    copy.parent.mkdir(exist_ok=True)
    with copy.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another process may be making it
        if copy.exists():
            shutil.copy(copy, database)


def _keep(made: sqlite3.Connection, copy: Path) -> None:
    begun = copy.with_suffix(f".{os.getpid()}")
    kept = sqlite3.connect(begun)
    made.backup(kept)
    kept.close()
    begun.replace(copy)
    _forget(copy.parent.glob("*.sqlite3"))


def _forget(copies: Iterable[Path]) -> None:
    for old in sorted(copies, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)
        old.with_suffix(".lock").unlink(missing_ok=True)
