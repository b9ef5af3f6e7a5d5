"""Events as iCalendar (RFC 5545), for the calendars of readers and of those who come.

Moments are in UTC, which spares time zone tables. Nothing typed by whoever registers goes in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import icalendar
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.kit.unseen import without_unseen
from contactpoint.outputs.facts import where
from contactpoint.outputs.models import Event

CONTENT_TYPE: Final = "text/calendar"
PUBLISH: Final = "PUBLISH"
CANCEL: Final = "CANCEL"
LOOKED_AT: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its identifier and address, and where one joins if the reader may know it.

    Of two with the same identifier that with the higher `sequence` is the newer.
    """

    event: Event
    url: str
    join_url: str = ""
    sequence: int = 0
    key: str = ""

    @property
    def uid(self) -> str:
        """The same in every language, and for ever."""
        return _uid(self.key or self.event.translation_key)


@dataclass(frozen=True, slots=True)
class Gone:
    """An event of which nothing may be told any more but that it doesn't take place here."""

    key: UUID
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime | None
    whole_day: bool
    time_zone: str


def followed(entries: Iterable[Entry], gone: Iterable[Gone], name: str) -> str:
    """A calendar to subscribe to: with a name, and how often to look (RFC 7986, 5.1 and 5.7)."""
    made = _calendar(PUBLISH)
    for key in ("name", "x-wr-calname"):
        made.add(key, without_unseen(name))
    made.add("refresh-interval", LOOKED_AT, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", icalendar.vDuration(LOOKED_AT).to_ical().decode())
    for entry in entries:
        if entry.event.starts_at is not None:
            made.add_component(_event(entry, is_off=entry.event.called_off))
    for one in gone:
        made.add_component(_gone(one))
    text: str = made.to_ical().decode()
    return text


def _gone(one: Gone) -> icalendar.Event:
    event = Event(
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        whole_day=one.whole_day,
        time_zone=one.time_zone,
    )
    made = icalendar.Event()
    made.add("uid", _uid(one.key))
    made.add("sequence", one.sequence)
    made.add("status", "CANCELLED")
    made.add("dtstamp", _utc(one.changed_at))
    for name, moment in times(event):
        made.add(name, moment)
    made.add("summary", _("No longer announced"))
    made.add("organizer", _organiser())
    return made


def calendar(entries: Iterable[Entry], method: str = PUBLISH) -> str:
    """A calendar of events, or of what is taken out of calendars again (`CANCEL`, RFC 5546, 3.2.5);
    those without a start are left out."""
    made = _calendar(method)
    for entry in entries:
        if entry.event.starts_at is not None:
            made.add_component(_event(entry, is_off=method == CANCEL or entry.event.called_off))
    text: str = made.to_ical().decode()
    return text


def _calendar(method: str) -> icalendar.Calendar:
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//{settings.SITE_NAME}//EN")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    return made


def _uid(key: UUID | str) -> str:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"{key}@{host}"


def _event(entry: Entry, *, is_off: bool) -> icalendar.Event:
    event = entry.event
    changed = event.last_published_at or event.latest_revision_created_at or timezone.now()
    place = where(event) if event.place else entry.join_url or where(event)
    made = icalendar.Event()
    made.add("uid", entry.uid)
    made.add("sequence", entry.sequence)
    made.add("status", "CANCELLED" if is_off else "CONFIRMED")
    made.add("dtstamp", _utc(changed))
    made.add("last-modified", _utc(changed))
    for name, moment in times(event):
        made.add(name, moment)
    made.add("summary", without_unseen(event.title))
    parts = (event.teaser, entry.join_url, entry.url)
    made.add("description", without_unseen("\n\n".join(filter(None, parts))))
    made.add("url", entry.url)
    made.add("organizer", _organiser())
    if place:
        made.add("location", without_unseen(place))
    return made


def times(event: Event) -> list[tuple[str, date]]:
    """When an event is, as calendars are told: moments, or days without a zone where it lasts whole
    days. The end of whole days is the day after the last one (RFC 5545, 3.6.1)."""
    start, end = event.starts_at, event.ends_at
    if event.whole_day and start is not None:
        first = start.astimezone(event.zone).date()
        last = end.astimezone(event.zone).date() if end else first
        return [("dtstart", first), ("dtend", last + timedelta(days=1))]
    moments = [("dtstart", start), ("dtend", end)]
    return [(name, _utc(moment)) for name, moment in moments if moment is not None]


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _organiser() -> icalendar.vCalAddress:
    """Who publishes and takes back; calendars ask for one (RFC 5546, 3.2.1 and 3.2.5)."""
    made = icalendar.vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    made.params["CN"] = settings.SITE_NAME
    return made
