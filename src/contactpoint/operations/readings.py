"""How the portal is at this moment: what waits, what failed, how much room there is.

Each reading asks the database once or twice, whatever there is; numbers only, about nobody.
"""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Case, CharField, Count, DateTimeField, F, Min, Q, Value, When
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from contactpoint.api.dumps.kept import dumps
from contactpoint.dissemination.models import Delivery, Subscription
from contactpoint.glossary.models import Concept, ConceptLabel
from contactpoint.kit import outbox, spreading
from contactpoint.kit.models import OutboxEntry, Run
from contactpoint.kit.spreading import Progress
from contactpoint.search.models import Change, Index

DUE: Final = "due"
LATER: Final = "later"
"""A job that is to be run, or tried again, at a moment that has not come yet."""
NAMED: Final = 10
"""Keys that are named of what a run left out."""
STATES: Final = (DUE, LATER, "running", "failed", "successful")


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs by state; `oldest` is how many seconds the one that is due for longest has waited."""

    name: str
    jobs: dict[str, int]
    oldest: float


@dataclass(frozen=True, slots=True)
class Outbox:
    """Messages between parts of the portal."""

    waiting: int
    parked: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Search:
    """What the index has not heard of yet; `lag` in seconds."""

    documents: int
    pending: int
    lag: float
    is_there: bool
    is_building: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Annotator:
    """What it is compiled from, and how many rules what happens is held against."""

    concepts: int
    labels: int
    subscriptions: int


@dataclass(frozen=True, slots=True)
class Disk:
    """Of the folder that holds the portal's data; bytes."""

    free: int
    total: int

    @property
    def share(self) -> float:
        """How much of it is free, from 0 to 1."""
        return self.free / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Mails:
    """Alerts and newsletters of the last 90 days by state."""

    states: dict[str, int] = field(default_factory=dict)
    oldest: float = 0.0


@dataclass(frozen=True, slots=True)
class Spread:
    """Long work of all workers; `left_out` are keys of what could not be done, the first of them
    in `named`."""

    label: str
    is_open: bool
    is_given_up: bool
    progress: Progress
    finished_at: datetime | None
    named: str


def runs() -> list[Spread]:
    """The newest of each kind: one query, three more for one that goes on."""
    found = []
    for run in spreading.newest():
        so_far = spreading.progress(run)
        keys = so_far.left_out
        named = ", ".join(keys[:NAMED]) + (" …" if len(keys) > NAMED else "")
        found.append(
            Spread(
                spreading.label_of(run), run.state == Run.State.OPEN,
                run.state == Run.State.GIVEN_UP, so_far, run.finished_at, named,
            )
        )  # fmt: skip
    return found


def queues() -> list[Queue]:
    """All queues that settings name, and those in which something stands. One query."""
    now = timezone.now()
    ready = Q(status=TaskResultStatus.READY)
    due = ready & (Q(run_after=get_date_max()) | Q(run_after__lte=now))
    states = [When(due, then=Value(DUE)), When(ready, then=Value(LATER))]
    states += [
        When(status=status, then=Value(status.value.lower()))
        for status in (
            TaskResultStatus.RUNNING, TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL,
        )
    ]  # fmt: skip
    since = Case(
        When(run_after=get_date_max(), then=F("enqueued_at")),
        default=F("run_after"),
        output_field=DateTimeField(),
    )
    rows = (
        DBTaskResult.objects.order_by()
        .annotate(state=Case(*states, default=Value(LATER), output_field=CharField()))
        .values_list("queue_name", "state")
        .annotate(number=Count("pk"), oldest=Min(since))
    )
    found = {name: dict.fromkeys(STATES, 0) for name in settings.TASKS["default"]["QUEUES"]}
    oldest: dict[str, float] = {}
    for queue, state, number, moment in rows:
        found.setdefault(queue, dict.fromkeys(STATES, 0))[state] = number
        if state == DUE:
            oldest[queue] = max(0.0, (now - moment).total_seconds())
    return [Queue(name, jobs, oldest.get(name, 0.0)) for name, jobs in sorted(found.items())]


def messages() -> Outbox:
    """The outbox, in one query."""
    found = OutboxEntry.objects.filter(done_at=None).aggregate(
        waiting=Count("pk", filter=Q(attempts__lt=outbox.MAX_ATTEMPTS)),
        parked=Count("pk", filter=Q(attempts__gte=outbox.MAX_ATTEMPTS)),
        oldest=Min("created_at", filter=Q(attempts__lt=outbox.MAX_ATTEMPTS)),
    )
    return Outbox(found["waiting"], found["parked"], _age(found["oldest"]))


def mails() -> Mails:
    """Deliveries by state, in one query."""
    rows = (
        Delivery.objects.order_by()
        .values_list("state")
        .annotate(number=Count("pk"), oldest=Min("due_at"))
    )
    states: dict[str, int] = dict.fromkeys(Delivery.State.values, 0)
    oldest = 0.0
    for state, number, moment in rows:
        states[state] = number
        if state == Delivery.State.WAITING:
            oldest = _age(moment)
    return Mails(states, oldest)


def search() -> Search:
    """The index in two queries; the index itself is not opened."""
    indexes = {one.state: one for one in Index.objects.exclude(state=Index.State.OLD)}
    current = indexes.get(Index.State.CURRENT)
    building = Index.State.BUILDING in indexes
    if current is None:
        return Search(0, 0, 0.0, is_there=False, is_building=building)
    changes = Change.objects.filter(index=current)
    found = changes.aggregate(pending=Count("pk"), oldest=Min("at"))
    return Search(
        current.documents, found["pending"], _age(found["oldest"]),
        is_there=True, is_building=building, problem=current.problem,
    )  # fmt: skip


def annotator() -> Annotator:
    """Three counts."""
    return Annotator(
        Concept.objects.count(), ConceptLabel.objects.count(), Subscription.objects.count()
    )


def disk() -> Disk:
    """Room for the portal's data."""
    folder = settings.DATA if settings.DATA.exists() else settings.DATA.parent
    usage = shutil.disk_usage(folder)
    return Disk(usage.free, usage.total)


def files() -> str:
    """Why stored files can't be had; empty where they can. No query, one question to a bucket."""
    try:
        default_storage.exists("portal")
    except OSError as problem:
        return str(problem)
    return ""


def last_dump() -> datetime | None:
    """When the newest dump of public data on this machine was begun; no query."""
    there = dumps()
    return there[0].made if there else None


def last_backup() -> datetime | None:
    """When whoever copies the data last said so, by touching the file `last-backup` in its folder;
    the portal makes no backups by itself."""
    try:
        seconds = (settings.DATA / "last-backup").stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _age(moment: datetime | None) -> float:
    return 0.0 if moment is None else max(0.0, (timezone.now() - moment).total_seconds())
