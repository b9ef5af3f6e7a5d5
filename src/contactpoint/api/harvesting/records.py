"""Since when each record is as it is, so that a harvester that comes again gets what changed.

A thing's own dates don't tell: it is closed and opened, its theme is renamed, a language is taken
back. So what harvesters were told is noted: quickly by what nearly always changes with a thing, and
in the course of hours by a fingerprint of the whole record. What is told is always read from the
thing as it is at that moment; a thing that nobody may see is told of as deleted at once, noted or
not.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from contactpoint.api.harvesting.models import Harvested
from contactpoint.api.harvesting.sets import above, sets_of
from contactpoint.api.resources.outputs import Outputs
from contactpoint.api.resources.resource import Thing
from contactpoint.outputs.models import Output
from contactpoint.outputs.querysets import readable

OUTPUTS: Final = Outputs()
FIELDS: Final = frozenset(
    {
        "id",
        "self",
        "kind",
        "type",
        "title",
        "teaser",
        "url",
        "date",
        "changed",
        "effective",
        "authors",
        "doi",
        "source",
        "themes",
        "concepts",
        "institutions",
        "countries",
        "files",
    }
)
"""What records are made of."""
AT_ONCE: Final = 200
LOOKS_EVERY: Final = 15.0
SHARE: Final = 100
"""Looking may take this part of the time: with very many things it is done less often."""
ROUNDS_FOR_ALL: Final = 480
"""In so many looks all records are compared by their fingerprints."""
NOTHING: Final = (None, 0)
_not_before = 0.0
_swept_to = 0


def public() -> "QuerySet[Output]":
    """What is harvested: every output that readers may see, a closed vacancy, too."""
    return OUTPUTS.base(readable())


def told(keys: Sequence[UUID]) -> dict[UUID, Thing]:
    """The things of these keys that readers may see, as the interface tells them."""
    return {UUID(one.values["id"]): one for one in OUTPUTS.things(keys, FIELDS)}


def seen(keys: Sequence[UUID] | None = None) -> dict[UUID, tuple[datetime | None, int]]:
    """When each was last published and in how many versions it is public; one query."""
    found = public() if keys is None else public().filter(translation_key__in=keys)
    rows = (
        found.order_by().values("translation_key").annotate(Max("last_published_at"), Count("pk"))
    )
    return {key: (at, number) for key, at, number in rows.values_list(
        "translation_key", "last_published_at__max", "pk__count"
    )}  # fmt: skip


def behind() -> list[UUID]:
    """Things of which something must be noted, as far as that is cheap to see; two queries."""
    now = seen()
    rows = Harvested.objects.order_by("pk").values_list("key", "published_at", "versions", "gone")
    known = {key: NOTHING if gone else (at, number) for key, at, number, gone in rows}
    return [key for key in {**known, **now} if now.get(key, NOTHING) != known.get(key)]


def note(keys: Iterable[UUID]) -> int:
    """Compare what harvesters were told of some things with what is so now, and note what differs;
    returns of how many. In slices of a few hundred."""
    changed = 0
    for some in _slices(list(keys)):
        changed += _note(some)
    return changed


def note_all() -> int:
    """All that is cheap to see; returns how many records changed."""
    return note(behind())


@transaction.atomic
def _note(keys: Sequence[UUID]) -> int:
    known = {row.key: row for row in Harvested.objects.filter(key__in=keys)}
    things, versions, parents = told(keys), seen(keys), above()
    # Whoever was answered before this is committed comes again from the second of that answer.
    stamp = timezone.now().replace(microsecond=0) + timedelta(seconds=2)
    new: list[Harvested] = []
    moved: list[Harvested] = []
    quiet: list[Harvested] = []
    for key in keys:
        row, thing = known.get(key), things.get(key)
        if thing is None:
            if row is not None and not row.gone:
                row.gone, row.stamp, row.mark = True, stamp, ""
                row.published_at, row.versions = NOTHING
                moved.append(row)
            continue
        sets = sets_of(thing.values, parents)
        facts: dict[str, Any] = {"mark": mark(thing.values, sets), "sets": sets, "gone": False}
        facts["published_at"], facts["versions"] = versions.get(key, NOTHING)
        if row is None:
            new.append(Harvested(key=key, stamp=stamp, **facts))
        elif any(getattr(row, name) != value for name, value in facts.items()):
            is_news = row.gone or row.mark != facts["mark"]
            for name, value in facts.items():
                setattr(row, name, value)
            if is_news:
                row.stamp = stamp
            (moved if is_news else quiet).append(row)
    Harvested.objects.bulk_create(new, ignore_conflicts=True)  # another worker may have been here
    if moved or quiet:
        columns = ["stamp", "mark", "sets", "published_at", "versions", "gone"]
        Harvested.objects.bulk_update([*moved, *quiet], columns, batch_size=AT_ONCE)
    return len(new) + len(moved)


def mark(values: dict[str, Any], sets: str) -> str:
    """A fingerprint of a record."""
    said = json.dumps([values, sets], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def keep() -> bool:
    """A round of the worker: what is cheap to see, and the next records by their fingerprints."""
    global _not_before, _swept_to  # noqa: PLW0603 — when and how far this process looked last
    begun = time.monotonic()
    if begun < _not_before:
        return False
    waiting = behind()
    note(waiting[:AT_ONCE])
    if len(waiting) > AT_ONCE:
        return True
    _swept_to = sweep(_swept_to)
    took = time.monotonic() - begun
    _not_before = time.monotonic() + max(LOOKS_EVERY, SHARE * took)
    return False


def sweep(after: int = 0, most: int = 0) -> int:
    """Compare the next records by their fingerprints; returns where to go on, 0 for the start."""
    living = Harvested.objects.filter(gone=False)
    most = most or max(5, living.count() // ROUNDS_FOR_ALL)
    rows = list(living.filter(pk__gt=after).order_by("pk").values_list("pk", "key")[:most])
    note(key for _pk, key in rows)
    return rows[-1][0] if len(rows) == most else 0


def _slices(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
