"""The numbers of all processes of this machine, as they were a few seconds ago."""

import sqlite3
import time
from dataclasses import dataclass, field

from contactpoint.operations.keeping_numbers import HOUR, opened, path
from contactpoint.operations.tallies import BUCKETS, CLASSES

DAY = 24
NOBODYS = "('none', 'healthz', 'readyz', 'metrics', 'robots')"
"""What programs ask over and over, and files of the design: no reader waits for them."""


@dataclass(frozen=True, slots=True)
class View:
    """Since the portal began to count. `statuses` and `buckets` as in `tallies`."""

    name: str
    seconds: float
    query_seconds: float
    number: int
    queries: int
    statuses: tuple[int, ...]
    buckets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slow:
    """A view in the last day; times in seconds, `mean` of all its answers."""

    name: str
    number: int
    mean: float
    slowest: float
    queries: float
    """Per answer."""


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job since the portal began to count."""

    name: str
    done: int
    failed: int
    seconds: float


@dataclass(slots=True)
class Numbers:
    """All of them."""

    views: list[View] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Day:
    """The last 24 hours, the slowest views first: those of readers and those of the desk."""

    readers: list[Slow] = field(default_factory=list)
    desk: list[Slow] = field(default_factory=list)
    answered: int = 0
    """By views of readers; kept pages are not among them."""
    kept: dict[str, int] = field(default_factory=dict)


def numbers() -> Numbers:
    """Since the portal began to count; empty where it hasn't."""
    found = Numbers()
    if not path().exists():
        return found
    with opened() as file:
        for row in file.execute("SELECT * FROM views ORDER BY name"):
            name, seconds, query_seconds, number, queries, *rest = row
            statuses, buckets = tuple(rest[: len(CLASSES)]), tuple(rest[len(CLASSES) :])
            found.views.append(
                View(name, seconds, query_seconds, number, queries, statuses, buckets)
            )
        jobs = file.execute("SELECT name, done, failed, seconds FROM jobs ORDER BY name")
        found.jobs = [Job(*row) for row in jobs]
        found.kept = dict(file.execute("SELECT name, sum(number) FROM kept GROUP BY name"))
    assert all(len(view.buckets) == len(BUCKETS) + 1 for view in found.views)  # noqa: S101 — the columns' order
    return found


def last_day(limit: int = 8, now: float | None = None) -> Day:
    """What was slow, and how many pages were given as they were kept."""
    found = Day()
    if not path().exists():
        return found
    since = int((time.time() if now is None else now) // HOUR) - DAY
    with opened() as file:
        found.readers = _slow(file, since, limit, is_desk=False)
        found.desk = _slow(file, since, limit, is_desk=True)
        ((answered,),) = file.execute(
            "SELECT coalesce(sum(number), 0) FROM hours WHERE hour > ? AND NOT is_desk "  # noqa: S608 — ours
            f"AND name NOT IN {NOBODYS}",
            (since,),
        )
        found.answered = answered
        found.kept = dict(
            file.execute(
                "SELECT name, sum(number) FROM kept WHERE hour > ? GROUP BY name", (since,)
            )
        )
    return found


def _slow(file: sqlite3.Connection, since: int, limit: int, *, is_desk: bool) -> list[Slow]:
    rows = file.execute(
        "SELECT name, sum(number), sum(seconds) / sum(number), max(slowest), "  # noqa: S608 — ours
        "1.0 * sum(queries) / sum(number) FROM hours WHERE hour > ? AND is_desk = ? "
        f"AND name NOT IN {NOBODYS} GROUP BY name ORDER BY 3 DESC LIMIT ?",
        (since, is_desk, limit),
    )
    return [Slow(*row) for row in rows]
