"""What calendars that follow the site have been told of each event: how often it moved, and that it
is gone. The row stays for some time after the page, without a word of it, so that programs take
the event out instead of keeping it for good.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from contactpoint.events.calendars import times
from contactpoint.events.models import Announced, EventRegister
from contactpoint.kit.visibility import visible
from contactpoint.outputs.filters import LINKS, Selection
from contactpoint.outputs.models import Event, OutputTheme

KEPT_AFTER: Final = timedelta(days=90)
"""How long calendars are told that an event is gone."""
LOOKS_BACK: Final = timedelta(days=365)
"""How long an event stands in calendars after its beginning."""


def moves(versions: Iterable[Event]) -> str:
    """A fingerprint of what calendars show of an event in all its languages: title, when and
    where, and whether it is called off; its other words may change freely.

    One for all languages, since all tell one number. A time zone counts by what it does to days
    and moments: of whole days calendars are told the days alone, which another zone may change
    although the moments stay, or leave although the moments change; moments they are told in UTC.
    """
    told = {
        version.locale.language_code: [
            *(f"{name}:{moment.isoformat()}" for name, moment in times(version)),
            *map(str, (version.online, version.called_off)),
            *(" ".join(words.split()).casefold() for words in (version.title, version.place)),
        ]
        for version in versions
    }
    text = json.dumps(told, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def public_versions(keys: Iterable[UUID]) -> dict[UUID, list[Event]]:
    """The languages of events that anybody may see, the oldest first; one query."""
    pages = visible(Event.objects.filter(translation_key__in=list(keys), starts_at__isnull=False))
    found: dict[UUID, list[Event]] = {}
    for page in pages.select_related("locale").order_by("pk"):
        found.setdefault(page.translation_key, []).append(page)
    return found


def sequences(events: Iterable[Event]) -> dict[UUID, int]:
    """By key, for whatever tells calendars of an event: a file, a calendar to follow, a mail. All
    have the same identifier, so all need the same number, in whatever language.

    What nobody has noted yet is noted before it is told, so that no number that a program has seen
    is ever told of something else, or a lower one after it. Three queries where all is noted.
    """
    found = list(events)
    keys = {event.translation_key: event for event in found}
    rows = {row.key: row for row in Announced.objects.filter(key__in=keys)}
    mailed = dict(EventRegister.objects.filter(key__in=keys).values_list("key", "sequence"))
    versions = public_versions(keys)
    for key in keys:
        row = rows.get(key)
        if row is None or row.gone_at is not None or row.moves != moves(versions.get(key, [])):
            noted = announce(key)
            if noted is not None:
                rows[key] = noted
    told = {key: rows[key].sequence if key in rows else 0 for key in keys}
    return {key: max(number, mailed.get(key, 0)) for key, number in told.items()}


def placed(events: Iterable[Event]) -> None:
    """Where nobody wrote a place in one language, those of another say it to calendars; two
    queries at most. The events are in memory only, and never saved."""
    without = [event for event in events if not event.place.strip()]
    versions = public_versions(event.translation_key for event in without) if without else {}
    for event in without:
        places = (one.place for one in versions.get(event.translation_key, []))
        event.place = next(filter(str.strip, places), "")


@transaction.atomic
def raised(key: UUID, told: int) -> int:
    """Note what has become of an event; the number of a change of which people are told by mail:
    higher than `told`, the last that they were told."""
    row = announce(key)
    if row is None:
        return told + 1
    if row.sequence <= told:  # a change that is none to calendars, such as where one joins
        row.sequence = told + 1
        row.save(update_fields=["sequence"])
    return row.sequence


@transaction.atomic
def announce(key: UUID) -> Announced | None:
    """Note what has become of an event, if that is news to calendars; what is noted now, and the
    row is locked."""
    row = Announced.objects.select_for_update().filter(key=key).first()
    versions = public_versions([key]).get(key)
    if not versions:
        if row is not None and row.gone_at is None:
            row.gone_at = row.changed_at = timezone.now()
            row.sequence += 1
            row.save()
        return row
    event = versions[0]
    known: dict[str, Any] = {
        "moves": moves(versions),
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "whole_day": event.whole_day,
        "time_zone": event.time_zone,
        "themes": _themes(event),
        "links": _links(event),
        "languages": sorted(
            {version.locale.language_code for version in versions}
            | set(row.languages if row is not None else [])
        ),
        "gone_at": None,
    }
    if row is None:
        return Announced.objects.get_or_create(key=key, defaults=known)[0]
    if row.gone_at is not None or row.moves != known["moves"]:
        row.sequence += 1
        row.changed_at = timezone.now()
    if any(getattr(row, name) != value for name, value in known.items()):
        for name, value in known.items():
            setattr(row, name, value)
        row.save()
    return row


def announce_all() -> int:
    """What no publishing told of: pages that expired, or were closed. Forgets what calendars have
    been told for long enough, but for pages that may come back: they go on counting. Returns how
    many were forgotten."""
    since = timezone.now() - LOOKS_BACK
    keys = set(Event.objects.filter(starts_at__gte=since).values_list("translation_key", flat=True))
    keys |= set(Announced.objects.filter(gone_at=None).values_list("key", flat=True))
    for key in keys:
        announce(key)
    pages = Event.objects.filter(translation_key=OuterRef("key")).order_by()
    forgotten = Announced.objects.filter(~Exists(pages), gone_at__lt=timezone.now() - KEPT_AFTER)
    return forgotten.delete()[0]


def gone(language: str, now: datetime | None = None) -> list[Announced]:
    """Events that were in calendars of a language and that no reader may see any more; noted as
    gone before it is told."""
    moment = now or timezone.now()
    rows = Announced.objects.filter(
        Q(gone_at=None) | Q(gone_at__gte=moment - KEPT_AFTER), starts_at__gte=moment - LOOKS_BACK
    )
    events = Event.objects.filter(translation_key__in=rows.values("key"), starts_at__isnull=False)
    seen = set(visible(events).values_list("translation_key", flat=True))
    found = []
    for row in rows.order_by("pk"):
        if row.key in seen or (row.languages and language not in row.languages):
            continue
        noted = row if row.gone_at is not None else announce(row.key)
        if noted is not None and noted.gone_at is not None:
            found.append(noted)
    return found


def answered(row: Announced, selection: Selection) -> bool:
    """Whether an event that is gone was among those that filters leave."""
    for name, wanted in selection.wanted.items():
        if name == "theme":
            is_among = bool(set(selection.chosen[name]) & set(row.themes))
        elif name == "year":
            is_among = timezone.localtime(row.starts_at).year in wanted
        else:
            is_among = bool(set(wanted) & set(row.links.get(name, ())))
        if not is_among:
            return False
    return True


def _links(event: Event) -> dict[str, list[int]]:
    """What it is about beside its themes: primary keys by the name of the filter."""
    return {
        name: sorted(
            set(model.objects.filter(page=event).order_by().values_list(f"{name}_id", flat=True))
            - {None}
        )
        for name, (model, _key) in LINKS.items()
        if name != "theme"
    }


def _themes(event: Event) -> list[str]:
    """Its themes and those above them."""
    rows = OutputTheme.objects.filter(page=event).values_list("theme__slug", "theme__parent__slug")
    return sorted({slug for pair in rows for slug in pair if slug})
