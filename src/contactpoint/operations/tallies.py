"""What a process has counted of requests and jobs and not written down: numbers in memory.

A request costs a look into a dictionary and some additions. No address, no person and no question
stands here: only the name of the view, which is one of those that the code has.
"""

import threading
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final

BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Seconds; what takes longer is counted in one more."""
CLASSES: Final = ("1xx", "2xx", "3xx", "4xx", "5xx")
MOST: Final = 2_000
"""Names at most; the code has some hundreds. Beyond them all is counted under one."""
REST: Final = "others"


@dataclass(slots=True)
class Tally:
    """One view. `statuses` and `buckets` are numbers of answers by place in the lists above."""

    is_desk: bool = False
    number: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    queries: int = 0
    query_seconds: float = 0.0
    statuses: list[int] = field(default_factory=lambda: [0] * len(CLASSES))
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))


@dataclass(slots=True)
class Runs:
    """One kind of job."""

    done: int = 0
    failed: int = 0
    seconds: float = 0.0


class Tallies:
    """Of all threads of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._views: dict[str, Tally] = {}
        self._jobs: dict[str, Runs] = {}

    def answered(
        self,
        view: str,
        status: int,
        seconds: float,
        queries: int,
        query_seconds: float,
        *,
        is_desk: bool = False,
    ) -> None:
        """A request was answered."""
        with self._lock:
            tally = self._views.get(view)
            if tally is None:
                name = view if len(self._views) < MOST else REST
                tally = self._views.setdefault(name, Tally(is_desk))
            tally.number += 1
            tally.seconds += seconds
            tally.slowest = max(tally.slowest, seconds)
            tally.queries += queries
            tally.query_seconds += query_seconds
            tally.statuses[min(5, max(1, status // 100)) - 1] += 1
            tally.buckets[bisect_left(BUCKETS, seconds)] += 1

    def ran(self, job: str, seconds: float, *, failed: bool) -> None:
        """A job came to an end."""
        with self._lock:
            runs = self._jobs.get(job)
            if runs is None:
                name = job if len(self._jobs) < MOST else REST
                runs = self._jobs.setdefault(name, Runs())
            if failed:
                runs.failed += 1
            else:
                runs.done += 1
            runs.seconds += seconds

    def taken(self) -> tuple[dict[str, Tally], dict[str, Runs]]:
        """All of it; nothing is left here."""
        with self._lock:
            views, self._views = self._views, {}
            jobs, self._jobs = self._jobs, {}
        return views, jobs


tallies: Final = Tallies()
