"""Puts what a source says beside what is known of it: new, changed or unchanged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from django.db.models import Q
from rapidfuzz import fuzz

from contactpoint.intake.identity import Key, Seen
from contactpoint.intake.inference.inference import Inferred
from contactpoint.intake.models import ImportedItem, ImportRun
from contactpoint.intake.problems import Problem, problem
from contactpoint.intake.raw import RawItem

State = Literal["new", "changed", "unchanged"]
Status = ImportedItem.Status
_ALIKE: Final = 85.0
_MOST_CANDIDATES: Final = 500
CHANGING: Final = [
    "run", "position", "identity", "opening", "closing", "digest",
    "original", "inferred", "problems", "mended", "status",
]  # fmt: skip


@dataclass(slots=True)
class Staged:
    """One item of the source beside its row; `item` is unsaved where it is new."""

    raw: RawItem
    key: Key
    identity: str
    inferred: Inferred
    problems: list[Problem]
    item: ImportedItem = field(default_factory=ImportedItem)
    state: State = "new"


def compare(staged: Sequence[Staged], run: ImportRun, seen: Seen) -> None:
    """Give each its row and its state; three queries at most, and nothing is written."""
    known = {
        item.identity: item
        for item in ImportedItem.objects.filter(identity__in=[one.identity for one in staged])
    }
    strangers = [one for one in staged if one.identity not in known]
    moved = _corrected(strangers, run, seen)
    for one in staged:
        item = known.get(one.identity) or moved.get(one.identity)
        if item is None:
            one.item, one.state = _row(one, run), "new"
        elif item.status == Status.UNDONE:
            one.item, one.state = _again(item, one, run), "new"
        elif item.digest == one.key.digest:
            one.item, one.state = item, "unchanged"
        else:
            one.item, one.state = _changed(item, one, run), "changed"


def _row(one: Staged, run: ImportRun) -> ImportedItem:
    return ImportedItem(
        run=run if run.pk else None,
        position=one.raw.position,
        language=run.language,
        identity=one.identity,
        opening=one.key.opening,
        closing=one.key.closing,
        digest=one.key.digest,
        original=one.raw.original,
        inferred=one.inferred,
        problems=one.problems,
    )


def _again(item: ImportedItem, one: Staged, run: ImportRun) -> ImportedItem:
    """An item whose import was undone comes back as if it were new."""
    fresh = _row(one, run)
    fresh.pk, fresh._state.adding = item.pk, False
    return fresh


def _changed(item: ImportedItem, one: Staged, run: ImportRun) -> ImportedItem:
    """Never writes over what an editor did: a mended item keeps its mending and says so."""
    fresh = _row(one, run)
    fresh.pk, fresh._state.adding = item.pk, False
    fresh.page_id, fresh.revision = item.page_id, item.revision
    fresh.accepted_in_id = item.accepted_in_id
    fresh.problems = [*one.problems, problem("changed-at-source")]
    if item.status == Status.PENDING and item.mended:
        fresh.inferred, fresh.mended = item.inferred, True
    if item.status in (Status.ACCEPTED, Status.CHANGED) and item.page_id:
        fresh.status = Status.CHANGED
    return fresh


def _corrected(strangers: Sequence[Staged], run: ImportRun, seen: Seen) -> dict[str, ImportedItem]:
    """Rows of items whose text was corrected: alike, and no longer in the source as they were.

    What its source names for good is another item under another name, however alike.
    """
    strangers = [one for one in strangers if not one.raw.anchor]
    if not strangers:
        return {}
    candidates = (
        ImportedItem.objects.filter(
            Q(opening__in=[one.key.opening for one in strangers])
            | Q(closing__in=[one.key.closing for one in strangers]),
            language=run.language,
        )
        .exclude(run_id=run.pk)
        .exclude(status=Status.UNDONE)[:_MOST_CANDIDATES]
    )
    gone = [item for item in candidates if item.identity not in seen]
    found: dict[str, ImportedItem] = {}
    for one in strangers:
        scored = [(fuzz.ratio(one.raw.original, item.original), item) for item in gone]
        score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if best is not None and score >= _ALIKE:
            found[one.identity] = best
            gone.remove(best)
    return found
