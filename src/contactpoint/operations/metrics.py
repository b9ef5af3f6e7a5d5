"""The numbers as Prometheus reads them: what processes counted, and how the portal is now.

Labels are names that the code has (views, jobs, queues, states), so there are some hundreds of
lines at most, and none says anything of a person. prometheus-client writes them; it does not count
(decision 53).
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)

from contactpoint.kit import workers_seen
from contactpoint.operations import readings
from contactpoint.operations.keeping_numbers import KEPT, write_down
from contactpoint.operations.reading_numbers import numbers
from contactpoint.operations.tallies import BUCKETS, CLASSES
from contactpoint.operations.versions import versions

log = logging.getLogger(__name__)
PREFIX: Final = "contactpoint_"


class Portal:
    """What a registry collects. A reading that fails is told as failed; the others stay."""

    def collect(self) -> Iterator[Metric]:
        """Called for each look of Prometheus."""
        failed = GaugeMetricFamily(
            f"{PREFIX}reading_failed", "1 where a reading could not be taken.", labels=["reading"]
        )
        for read in READINGS:
            try:
                yield from list(read())
            except Exception:  # the database may be away: just then the rest is wanted
                log.exception("Metrics: %s can't be read.", read.__name__)
                failed.add_metric([read.__name__], 1)
            else:
                failed.add_metric([read.__name__], 0)
        yield failed


def registry() -> CollectorRegistry:
    """A registry of our own: nothing that a library counts gets in unseen."""
    made = CollectorRegistry(auto_describe=False)
    made.register(Portal())  # type: ignore[arg-type, unused-ignore]
    return made


def answers() -> Iterable[Metric]:
    """Requests that Django answered, and kept pages."""
    write_down()  # of this process also the last seconds
    found = numbers()
    requests = _counter("requests", "Answers by view and class of their status.", "view", "status")
    seconds = HistogramMetricFamily(
        f"{PREFIX}request_seconds", "How long answers took.", labels=["view"]
    )
    queries = _counter("database_queries", "Statements sent to the database.", "view")
    waited = _counter("database_seconds", "Time waited for the database.", "view")
    for view in found.views:
        for name, number in zip(CLASSES, view.statuses, strict=True):
            if number:
                requests.add_metric([view.name, name], number)
        seconds.add_metric([view.name], _cumulated(view.buckets), view.seconds)
        queries.add_metric([view.name], view.queries)
        waited.add_metric([view.name], view.query_seconds)
    yield from (requests, seconds, queries, waited)
    kept = _counter("kept_pages", "Kept pages: given, made, given late.", "outcome")
    for name in KEPT:
        kept.add_metric([name], found.kept.get(name, 0))
    yield kept
    runs = _counter("job_runs", "Jobs that came to an end.", "job", "outcome")
    worked = _counter("job_seconds", "Time that jobs took.", "job")
    for job in found.jobs:
        runs.add_metric([job.name, "done"], job.done)
        runs.add_metric([job.name, "failed"], job.failed)
        worked.add_metric([job.name], job.seconds)
    yield from (runs, worked)


def queue() -> Iterable[Metric]:
    """Jobs and messages that wait."""
    jobs = _gauge("jobs", "Jobs by queue and state.", "queue", "state")
    oldest = _gauge("jobs_oldest_seconds", "How long the oldest job that is due waits.", "queue")
    for one in readings.queues():
        for state, number in one.jobs.items():
            jobs.add_metric([one.name, state], number)
        oldest.add_metric([one.name], one.oldest)
    outbox = readings.messages()
    told = _gauge("outbox", "Messages between parts of the portal.", "state")
    told.add_metric(["waiting"], outbox.waiting)
    told.add_metric(["parked"], outbox.parked)
    yield from (jobs, oldest, told, _one("outbox_oldest_seconds",
                "How long the oldest message waits.", outbox.oldest))  # fmt: skip


def mails() -> Iterable[Metric]:
    """Alerts and newsletters."""
    found = readings.mails()
    by_state = _gauge("mails", "Alerts and newsletters of the last 90 days.", "state")
    for state, number in found.states.items():
        by_state.add_metric([state], number)
    yield by_state
    yield _one("mails_oldest_seconds", "How long the oldest mail is overdue.", found.oldest)


def index() -> Iterable[Metric]:
    """The search."""
    found = readings.search()
    yield _one("search_index_up", "1 where there is an index.", float(found.is_there))
    yield _one("search_documents", "Documents when the index was built.", found.documents)
    yield _one("search_pending", "Changes that the index has not heard of.", found.pending)
    yield _one("search_lag_seconds", "How long the oldest of them waits.", found.lag)


def annotator() -> Iterable[Metric]:
    """What texts and happenings are held against."""
    found = readings.annotator()
    rules = _gauge("annotator_rules", "Concepts, labels and subscriptions.", "kind")
    rules.add_metric(["concepts"], found.concepts)
    rules.add_metric(["labels"], found.labels)
    rules.add_metric(["subscriptions"], found.subscriptions)
    yield rules


def workers() -> Iterable[Metric]:
    """Who runs jobs."""
    yield _one("workers", "Workers heard of lately, of all machines.", len(workers_seen.workers()))


def machine() -> Iterable[Metric]:
    """Disk, dump, backup and versions of this machine."""
    room = readings.disk()
    yield _one("disk_free_bytes", "Room for the portal's data.", room.free)
    yield _one("disk_bytes", "The disk of the portal's data.", room.total)
    for name, moment in (("dump", readings.last_dump()), ("backup", readings.last_backup())):
        if moment is not None:
            yield _one(f"last_{name}_timestamp_seconds", f"The newest {name}.", moment.timestamp())
    yield InfoMetricFamily(f"{PREFIX}build", "Versions.", versions())


READINGS: Final[tuple[Callable[[], Iterable[Metric]], ...]] = (
    *(answers, queue, mails, index, annotator, workers, machine),
)


def _counter(name: str, told: str, *labels: str) -> CounterMetricFamily:
    return CounterMetricFamily(f"{PREFIX}{name}", told, labels=labels)


def _gauge(name: str, told: str, *labels: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}{name}", told, labels=labels)


def _one(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}{name}", told, value=value)


def _cumulated(buckets: tuple[int, ...]) -> list[tuple[str, float]]:
    """Prometheus wants in each bucket also what is in those before."""
    total, found = 0, []
    for bound, number in zip((*map(str, BUCKETS), "+Inf"), buckets, strict=True):
        total += number
        found.append((bound, float(total)))
    return found
