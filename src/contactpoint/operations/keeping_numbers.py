"""The numbers of all processes of a machine, in a small SQLite file of their own.

Each process adds what it has counted every few seconds, in one transaction. Not in the portal's
database: a page that is read writes nothing there, and the numbers are there when it is away. What
a process that is killed had counted since is lost; what others wrote stays, so a number only grows.
A file that can't be read is begun anew: nothing hangs on it.
"""

import atexit
import contextlib
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

from contactpoint.delivery.serving import counts
from contactpoint.kit.counting import alone
from contactpoint.operations.tallies import BUCKETS, CLASSES, Runs, Tally, tallies

log = logging.getLogger(__name__)

EVERY: Final = 5.0
WAIT: Final = 2.0
"""Seconds for another process that writes."""
HOUR: Final = 3600
KEPT_HOURS: Final = 25
KEPT: Final = ("given", "made", "late")
_NUMBERED: Final = (
    *("number", "queries"),
    *(f"status_{place}" for place in range(len(CLASSES))),
    *(f"bucket_{place}" for place in range(len(BUCKETS) + 1)),
)
_SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS views (
    name TEXT PRIMARY KEY, seconds REAL NOT NULL, query_seconds REAL NOT NULL,
    {", ".join(f"{column} INTEGER NOT NULL" for column in _NUMBERED)}
);
CREATE TABLE IF NOT EXISTS hours (
    hour INTEGER, name TEXT, is_desk INTEGER NOT NULL, number INTEGER NOT NULL,
    seconds REAL NOT NULL, slowest REAL NOT NULL, queries INTEGER NOT NULL,
    PRIMARY KEY (hour, name)
);
CREATE TABLE IF NOT EXISTS jobs (
    name TEXT PRIMARY KEY, done INTEGER NOT NULL, failed INTEGER NOT NULL, seconds REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS kept (hour INTEGER, name TEXT, number INTEGER NOT NULL,
    PRIMARY KEY (hour, name));
"""


def _adding(table: str, keys: tuple[str, ...], added: tuple[str, ...], *more: str) -> str:
    """Insert a row, or add to the one that is there; `more` says of further columns how."""
    others = [one.partition(" ")[0] for one in more]
    columns = (*keys, *added, *others)
    sets = [f"{column} = {column} + excluded.{column}" for column in added]
    sets += [one.partition(" ")[2] for one in more]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)}) "  # noqa: S608 — names of ours
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {', '.join(sets)}"
    )


_ADD_VIEW: Final = _adding("views", ("name",), ("seconds", "query_seconds", *_NUMBERED))
_ADD_HOUR: Final = _adding(
    "hours", ("hour", "name"), ("number", "seconds", "queries"),
    "slowest slowest = max(slowest, excluded.slowest)", "is_desk is_desk = excluded.is_desk",
)  # fmt: skip
_ADD_JOB: Final = _adding("jobs", ("name",), ("done", "failed", "seconds"))
_ADD_KEPT: Final = _adding("kept", ("hour", "name"), ("number",))

_lock = threading.Lock()
_told = dict.fromkeys(KEPT, 0)
_begun = threading.Event()
_ready: set[Path] = set()


def path() -> Path:
    """Where the numbers of this machine lie."""
    return Path(settings.DATA) / "numbers.sqlite3"


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The file, made where it is missing; what is done in here is kept together or not at all."""
    place = path()
    if place not in _ready or not place.exists():
        _prepare(place)
    with contextlib.closing(sqlite3.connect(place, timeout=WAIT)) as file:
        file.execute("PRAGMA synchronous=OFF")
        with file:
            yield file


def _prepare(place: Path) -> None:
    """One process at a time: nobody waits for who changes how the file is kept, SQLite says."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with (
        alone("numbers.sqlite3"),
        contextlib.closing(sqlite3.connect(place, timeout=WAIT)) as file,
    ):
        file.executescript(f"PRAGMA journal_mode=WAL; {_SCHEMA}")
    _ready.add(place)


def write_down(now: float | None = None) -> None:
    """Add what this process has counted. Where that can't be done, it is given up, not kept: a disk
    that is full must not fill the memory as well."""
    with _lock:
        views, jobs = tallies.taken()
        kept = {name: getattr(counts, name) for name in KEPT}
        fresh = {name: kept[name] - _told[name] for name in KEPT if kept[name] != _told[name]}
        if not (views or jobs or fresh):
            return
        _told.update(kept)
        hour = int((time.time() if now is None else now) // HOUR)
        try:
            _add(hour, views, jobs, fresh)
        except sqlite3.OperationalError as problem:  # busy, or no room
            log.info("Numbers of some seconds are lost: %s.", type(problem).__name__)
        except sqlite3.DatabaseError:
            log.warning("The numbers in %s can't be read and are begun anew.", path().name)
            for suffix in ("", "-wal", "-shm"):
                path().with_name(path().name + suffix).unlink(missing_ok=True)


def _add(hour: int, views: dict[str, Tally], jobs: dict[str, Runs], kept: dict[str, int]) -> None:
    with opened() as file:
        file.executemany(_ADD_VIEW, [
            (name, one.seconds, one.query_seconds, one.number, one.queries, *one.statuses,
             *one.buckets)
            for name, one in views.items()
        ])  # fmt: skip
        file.executemany(_ADD_HOUR, [
            (hour, name, one.number, one.seconds, one.queries, one.slowest, one.is_desk)
            for name, one in views.items()
        ])  # fmt: skip
        file.executemany(
            _ADD_JOB, [(name, one.done, one.failed, one.seconds) for name, one in jobs.items()]
        )
        file.executemany(_ADD_KEPT, [(hour, name, number) for name, number in kept.items()])
        # Of the pages that were given only the sum is wanted beyond the day.
        file.execute("DELETE FROM hours WHERE hour <= ?", (hour - KEPT_HOURS,))
        old = (hour - KEPT_HOURS,)
        gone = file.execute(
            "SELECT name, sum(number) FROM kept WHERE hour > 0 AND hour <= ? GROUP BY name", old
        ).fetchall()
        if gone:
            file.executemany(_ADD_KEPT, [(0, name, number) for name, number in gone])
            file.execute("DELETE FROM kept WHERE hour > 0 AND hour <= ?", old)


def begin() -> None:
    """Write down from here on, in a thread; costs nothing where that has begun."""
    if _begun.is_set():
        return
    _begun.set()
    if settings.ENVIRONMENT == "test":
        return
    threading.Thread(target=_go_on, name="numbers", daemon=True).start()
    atexit.register(write_down)


def _go_on() -> None:
    while True:
        time.sleep(EVERY)
        try:
            write_down()
        except Exception:  # whatever it is, counting must not end for good
            log.exception("Numbers can't be written down.")
