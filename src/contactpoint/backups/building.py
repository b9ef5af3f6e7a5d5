"""Builds a site from a backup in a folder aside, in a process of its own.

The settings of that process name the folder and its database, so nothing in here, nor in any
migration, can reach the real ones. It is told what to do in a line of JSON on its standard input
(where no key is seen by others), and says in another what it has done.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from contactpoint.backups.refusing import BackupError, DamagedError

_REFUSED: Final = 3
_SET_PARENT_DEATH_SIGNAL: Final = 1
_ELSEWHERE: Final = (
    "DATABASE_URL", "DATABASE_REPLICA", "DATABASE_LISTEN", "CACHE_URL", "SEARCH_URL", "STORAGE_URL",
    "STORAGE_KEYS", "EMAIL_URL", "BOUNCES_URL", "SOCIAL", "KEEP_PAGES", "PAGE_FILES",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: of a backup, at a template's schema; `verify` compares what was put in
    with what stands there, and asks for pages."""

    file: str
    key: str = ""
    template: str = ""
    verify: bool = False


def build(order: Order, folder: Path, database_url: str = "") -> dict[str, Any]:
    """Counts of what was built in that folder. Raises BackupError."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name.removeprefix("CONTACTPOINT_") not in _ELSEWHERE
    }
    environment |= {
        "CONTACTPOINT_DATA": str(folder),
        "CONTACTPOINT_DATABASE_URL": database_url,
        "CONTACTPOINT_ENVIRONMENT": "demo",
        "CONTACTPOINT_HOSTS": "localhost,testserver",
        "CONTACTPOINT_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "contactpoint.config.settings",
    }
    child = subprocess.Popen(  # noqa: S603 — this program itself
        [sys.executable, "-m", __name__],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        said, _nothing = child.communicate(json.dumps(asdict(order)))
    except BaseException:
        child.kill()
        child.wait()
        raise
    if child.returncode == _REFUSED:
        raise BackupError(json.loads(said)["refused"])
    if child.returncode:
        raise BackupError(
            "The site could not be built from the backup; what went wrong stands above. Nothing "
            "was changed."
        )
    return dict(json.loads(said))


def main() -> None:
    """The process itself."""
    told, sys.stdout = sys.stdout, sys.stderr  # whatever is printed by others
    # Who is told to stop is the one who ordered; this one ends with them, however they end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    order = Order(**json.loads(sys.stdin.read()))
    import django  # noqa: PLC0415 — only here does the environment say which site

    django.setup()
    try:
        done = _built(order)
    except BackupError as refusal:
        told.write(json.dumps({"refused": str(refusal)}))
        told.flush()
        sys.exit(_REFUSED)
    told.write(json.dumps(done))
    told.flush()


def _built(order: Order) -> dict[str, Any]:
    from django.conf import settings  # noqa: PLC0415 — as above
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from contactpoint.backups.checking import check  # noqa: PLC0415
    from contactpoint.backups.comparing import differences, pages  # noqa: PLC0415
    from contactpoint.backups.loading import Loader  # noqa: PLC0415
    from contactpoint.backups.opening import opened  # noqa: PLC0415
    from contactpoint.backups.tables import applied_here, is_current  # noqa: PLC0415

    begun = time.monotonic()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    follower = _Follower(Loader(Path(order.template) if order.template else None), settings)
    with opened(order.file, order.key) as source:
        found = check(source, follower)
    follower.loader.commit()
    done: dict[str, Any] = {"load_seconds": round(time.monotonic() - begun, 1)}
    if order.verify:
        done["differences"] = differences(found)
    if not is_current(applied_here()):
        call_command("migrate", verbosity=0, interactive=False)
        done["migrated"] = True
    connection.close()
    call_command("update_index", verbosity=0)
    if order.verify:
        done["pages"] = pages(found)
    done["seconds"] = round(time.monotonic() - begun, 1)
    connection.close()
    os.sync()
    return done


class _Follower:
    """Rows to the database, files to the folder."""

    def __init__(self, loader: Any, settings: Any) -> None:
        self.loader = loader
        self._folder = Path(settings.MEDIA_ROOT)
        self._made: set[Path] = set()

    def begin(self, begin: dict[str, Any]) -> None:
        self._folder.mkdir(parents=True)
        self.loader.begin(begin)

    def rows(self, table: str, rows: Iterator[Any]) -> None:
        self.loader.rows(table, rows)

    def file(self, name: str, size: int, content: Iterator[bytes]) -> None:
        path = self._folder / name
        try:
            if path.parent not in self._made:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._made.add(path.parent)
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
        except (FileExistsError, NotADirectoryError):
            raise DamagedError(f"two of its files want the place of {name}.") from None
        with os.fdopen(file, "wb") as target:
            for piece in content:
                target.write(piece)


if __name__ == "__main__":
    main()
