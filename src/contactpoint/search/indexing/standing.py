"""How the index stands, for an operator: numbers, and what is wrong in sentences with the mend."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from contactpoint.kit import spreading
from contactpoint.search.engines.base import Engine, Status, UnavailableError
from contactpoint.search.indexing.building import building
from contactpoint.search.indexing.reading import FORM
from contactpoint.search.models import Index

LATE: Final = 60
"""Seconds that a change may wait before it is said that nobody applies them."""


@dataclass(slots=True)
class Standing:
    """`lag` is how many seconds the oldest change has waited, `size` is in bytes."""

    engine: str
    name: str | None
    documents: int
    size: int
    is_usable: bool = False
    pending: int = 0
    lag: float = 0.0
    building: str = ""
    built: int = 0
    ranges: int = 0
    ranges_done: int = 0
    finished_at: datetime | None = None
    sentences: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "engine": self.engine,
            "name": self.name,
            "documents": self.documents,
            "size": self.size,
            "usable": self.is_usable,
            "pending": self.pending,
            "lag_seconds": round(self.lag, 1),
            "building": self._building(),
            "built_at": self.finished_at.isoformat() if self.finished_at else None,
            "problems": self.sentences,
        }

    def _building(self) -> dict[str, Any] | None:
        if not self.building:
            return None
        told: dict[str, Any] = {"name": self.building, "documents": self.built}
        if self.ranges:
            told |= {"ranges": self.ranges, "ranges_done": self.ranges_done}
        return told


def standing(engine: Engine) -> Standing:
    """How things stand. All of the index that is searched is read, so that damage is seen."""
    away = damage = ""
    current = Index.objects.filter(state=Index.State.CURRENT).first()
    try:
        searched = engine.searched()
        damage = engine.verify(searched) if searched else ""
        # What is damaged is not opened.
        kind = current.engine if current else ""
        status = Status(kind, None, problem=damage) if damage else engine.status()
    except UnavailableError as problem:
        status, away = Status("unavailable", None), str(problem)
    found = Standing(status.engine, status.name, status.documents, status.size)
    if current is not None:
        found.finished_at = current.finished_at
        found.pending = current.changes.count()
        oldest = current.changes.order_by("at").first()
        found.lag = (timezone.now() - oldest.at).total_seconds() if oldest else 0.0
    half = building()
    if half is not None:
        found.building, found.built = half.name, half.documents
        if half.run is not None:
            so_far = spreading.progress(half.run)
            found.ranges, found.ranges_done = so_far.ranges, so_far.done
            found.built = max(found.built, so_far.made)
    found.is_usable = bool(status.name) and not away
    if not found.is_usable:
        found.finished_at = None
    found.sentences = list(_sentences(found, current, away, status.problem))
    tried = Index.objects.exclude(problem="").exclude(state=Index.State.OLD).last()
    if tried is not None and tried.problem_at is not None:
        at = timezone.localtime(tried.problem_at)
        found.sentences.append(
            f"The worker could not write the index at {at:%Y-%m-%d %H:%M:%S}, and tries again by "
            f"itself: {tried.problem}"
        )
    return found


def _sentences(found: Standing, current: Index | None, away: str, problem: str) -> list[str]:
    said = []
    if away:
        said.append(f"{away} Until it answers, readers are told that search is unavailable.")
    elif not found.is_usable:
        if problem:
            said.append(problem)
        said.append(
            "There is no index that can be searched. A running worker builds one by itself; "
            "`contactpoint index rebuild` does it now."
        )
    elif current is None or current.name != found.name:
        said.append(
            "The index that is searched does not belong to this database, as after a restored "
            "backup. A running worker builds another by itself; `contactpoint index rebuild` "
            "does it now."
        )
    elif current.form != FORM:
        said.append(
            "The index was built by another version of Contactpoint. A running worker builds a "
            "new one by itself; `contactpoint index rebuild` does it now."
        )
    if found.lag > LATE:
        said.append(
            f"{found.pending} change{' waits' if found.pending == 1 else 's wait'}, the oldest for "
            "more than a minute; readers find what was there before. Is the worker running? "
            "`contactpoint serve` starts one, `contactpoint worker --once` applies what waits."
        )
    return said
