"""Events as iCalendar (RFC 5545), for the calendars of readers and of those who come.

Only what an event needs, with moments in UTC, which spares time zone tables: lines end in CRLF and
are folded at 75 octets, text is escaped. Nothing typed by whoever registers goes in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from contactpoint.outputs.facts import where
from contactpoint.outputs.models import Event

CONTENT_TYPE: Final = "text/calendar"
_LINE: Final = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its address, and where one joins if the reader may know it."""

    event: Event
    url: str
    join_url: str = ""


def calendar(entries: Iterable[Entry]) -> str:
    """A calendar of events; those without a start are left out."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(settings.SITE_NAME)}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    for entry in entries:
        lines += _event(entry)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines)


def _event(entry: Entry) -> list[str]:
    event = entry.event
    if event.starts_at is None:
        return []
    changed = event.last_published_at or event.latest_revision_created_at or event.starts_at
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    description = "\n\n".join(filter(None, (event.teaser, entry.join_url, entry.url)))
    place = where(event) if event.place else entry.join_url or where(event)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event.translation_key}@{host}",
        f"DTSTAMP:{_moment(changed)}",
        f"LAST-MODIFIED:{_moment(changed)}",
        *_times(event),
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(description)}",
        f"URL:{entry.url}",
    ]
    if place:
        lines.append(f"LOCATION:{_text(place)}")
    return [*lines, "END:VEVENT"]


def _times(event: Event) -> list[str]:
    """The end of whole days is the day after the last one (RFC 5545, 3.6.1)."""
    start, end = event.starts_at, event.ends_at
    if event.whole_day and start is not None:
        first = start.astimezone(event.zone).date()
        last = end.astimezone(event.zone).date() if end else first
        return [
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        ]
    times = [("DTSTART", start), ("DTEND", end)]
    return [f"{name}:{_moment(moment)}" for name, moment in times if moment is not None]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """RFC 5545, 3.3.11; a stray carriage return would begin a line of its own."""
    escaped = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return escaped.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """RFC 5545, 3.1: no line is longer than 75 octets, and no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
