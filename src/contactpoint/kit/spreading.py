"""Long work in ranges: planned once, done by the workers of all machines, ended exactly once.

    class Reindexing(Kind):
        name = "search.index"

        def work(self, run, keys): ...

    register(Reindexing())                              # in `handlers`
    run = begin(Reindexing.name)
    plan(run, keys, size=500)
    progress(run)
    finish(run)                                         # by whoever does the last step

Each range is a job of the queue, behind all others. A worker that dies leaves its range to the next
(`kit.jobs`), so a range may be done twice, and by two at once: what it brings is kept by the first
alone. The last step is the kind's own: it looks for `is_done`, and calls `finish` in the
transaction that makes its work good.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, ClassVar, Final, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from contactpoint.kit.jobs import TryLaterError, task
from contactpoint.kit.models import Run, RunRange

log = logging.getLogger(__name__)
Thing = TypeVar("Thing")

QUEUE: Final = "spread"
_BEHIND_OTHERS: Final = -50
"""A run of hours keeps no mail waiting for longer than one range takes."""
_ROWS_AT_ONCE: Final = 20


class OpenRunError(Exception):
    """A run of this kind is open; there is one at a time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a range: so many things made, the keys of those that can't be.

    `keep` is called once for a range, in the transaction in which it counts as done. `told` is for
    the kind, at the end.
    """

    made: int
    left_out: Sequence[str] = ()
    told: str = ""
    keep: "Callable[[RunRange], None] | None" = None


class Kind(ABC):
    """Long work that can be cut by keys; operators read its `label`."""

    name: ClassVar[str]
    label: ClassVar[Any]

    @abstractmethod
    def work(self, run: Run, keys: Sequence[str]) -> Outcome:
        """Do the things of these keys, however often it is called.

        Raises `TryLaterError` for what may pass. A thing that can't be done is named in the
        outcome; whatever else is raised ends the range as failed.
        """


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is; `failed` ranges wait for an operator, `later` ones for another attempt."""

    ranges: int
    done: int
    things: int
    made: int
    left_out: list[str] = field(default_factory=list)
    failed: int = 0
    later: int = 0


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let workers do this kind; call it in `handlers`."""
    _kinds[kind.name] = kind


def label_of(run: Run) -> str:
    """What operators call it; its name where this process does not know the kind."""
    kind = _kinds.get(run.kind)
    return str(kind.label) if kind is not None else run.kind


def begin(kind: str) -> Run:
    """Open a run, which `plan` gives its ranges; `OpenRunError` where one of the kind is open."""
    try:
        with transaction.atomic():
            return Run.objects.create(kind=kind)
    except IntegrityError:
        raise OpenRunError(kind) from None


def plan(run: Run, keys: Iterable[str], *, size: int) -> None:
    """Cut the keys in ranges and give each to the queue, all in one transaction, and once."""
    with transaction.atomic():
        row = Run.objects.select_for_update().get(pk=run.pk)
        if not row.is_planned and row.state == Run.State.OPEN:
            _plan(row, keys, size)
    run.refresh_from_db()


def _plan(row: Run, keys: Iterable[str], size: int) -> None:
    for some in _cut(_ranges(row, keys, size), _ROWS_AT_ONCE):
        for piece in RunRange.objects.bulk_create(some):
            row.ranges += 1
            row.things += len(piece.keys)
    row.is_planned = True
    row.save(update_fields=["is_planned", "ranges", "things"])
    for pk in row.pieces.values_list("pk", flat=True):
        work.enqueue(pk)
    log.info("%s is spread: %s ranges, %s things.", row, row.ranges, row.things)


@task(queue_name=QUEUE, priority=_BEHIND_OTHERS)
def work(pk: int) -> None:
    """Do one range, unless that was done, or its run is open no more."""
    piece = RunRange.objects.select_related("run").filter(pk=pk, done_at=None).first()
    if piece is None or piece.run.state != Run.State.OPEN:
        return
    kind = _kinds.get(piece.run.kind)
    if kind is None:
        raise TryLaterError(f"This worker does not know what {piece.run.kind} is.")
    outcome = kind.work(piece.run, piece.keys)
    with transaction.atomic():
        # Whoever ends or gives up the run takes its ranges away, and waits for this row.
        waiting = RunRange.objects.select_for_update().filter(pk=pk, done_at=None).first()
        if waiting is None:
            return
        if outcome.keep is not None:
            outcome.keep(waiting)
        waiting.keys, waiting.made, waiting.told = [], outcome.made, outcome.told
        waiting.left_out, waiting.done_at = list(outcome.left_out), timezone.now()
        waiting.save()


def is_done(run: Run) -> bool:
    """Whether it is open, and all its ranges are done."""
    undone = RunRange.objects.filter(run=OuterRef("pk"), done_at=None)
    open_one = Run.objects.filter(pk=run.pk, state=Run.State.OPEN, is_planned=True)
    return open_one.exclude(Exists(undone)).exists()


def is_open(run: Run) -> bool:
    """Whether a run still goes on, as the database says."""
    return Run.objects.filter(pk=run.pk, state=Run.State.OPEN).exists()


def open_run(kind: str) -> Run | None:
    """The run of that kind that goes on."""
    return Run.objects.filter(kind=kind, state=Run.State.OPEN).first()


def newest() -> list[Run]:
    """The newest run of each kind, in one query."""
    later = Run.objects.filter(kind=OuterRef("kind"), pk__gt=OuterRef("pk"))
    return list(Run.objects.exclude(Exists(later)))


def finish(run: Run) -> bool:
    """Close a run whose last step is done, and write down what came of it; False where somebody
    has closed it. Call it in the transaction of that step."""
    with transaction.atomic():
        row = Run.objects.select_for_update().get(pk=run.pk)
        if row.state != Run.State.OPEN:
            return False
        so_far = progress(row)
        row.made, row.left_out = so_far.made, so_far.left_out
        _close(row, Run.State.FINISHED)
    return True


def give_up(run: Run) -> bool:
    """Let nobody work on a run any more; what it has brought is the kind's to clear away."""
    with transaction.atomic():
        row = Run.objects.select_for_update().get(pk=run.pk)
        if row.state != Run.State.OPEN:
            return False
        _close(row, Run.State.GIVEN_UP)
    return True


def give_up_with(pk: int) -> None:
    """Give up the run of a range that nobody will do any more: it could never end."""
    piece = RunRange.objects.select_related("run").filter(pk=pk, done_at=None).first()
    if piece is not None and give_up(piece.run):
        log.warning("%s is given up with one of its ranges.", piece.run)


def progress(run: Run) -> Progress:
    """How far it is: three queries, one where it is closed."""
    run.refresh_from_db()
    if run.state != Run.State.OPEN:
        is_over = run.state == Run.State.FINISHED
        return Progress(
            run.ranges, run.ranges if is_over else 0, run.things, run.made, run.left_out
        )
    found = run.pieces.aggregate(
        done=Count("pk", filter=Q(done_at__isnull=False)), made=Sum("made", default=0)
    )
    odd = run.pieces.exclude(left_out=[]).values_list("left_out", flat=True)
    return Progress(
        run.ranges, found["done"], run.things, found["made"],
        [key for keys in odd for key in keys], **_trouble(run),
    )  # fmt: skip


def _trouble(run: Run) -> dict[str, int]:
    """Jobs of ranges that failed, or are tried again; of no other run, as one is open at a time."""
    jobs = DBTaskResult.objects.filter(task_path=work.module_path, enqueued_at__gte=run.started_at)
    return jobs.aggregate(
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
        later=Count(
            "pk", filter=Q(status=TaskResultStatus.READY) & ~Q(exception_class_path="")
        ),
    )  # fmt: skip


def _close(row: Run, state: Run.State) -> None:
    row.pieces.all().delete()
    row.state, row.finished_at = state, timezone.now()
    row.save()


def _ranges(run: Run, keys: Iterable[str], size: int) -> Iterator[RunRange]:
    for number, some in enumerate(_cut(keys, size), 1):
        yield RunRange(run=run, number=number, keys=some)


def _cut(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    left = iter(things)
    while some := list(islice(left, size)):
        yield some
