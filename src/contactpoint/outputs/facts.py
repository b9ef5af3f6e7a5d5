"""The facts in the margin of an item: what is true of it, one line each, only where it is known."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contactpoint.kit.citing import doi_address
from contactpoint.kit.days import in_words
from contactpoint.outputs.event_blocks import language_line
from contactpoint.outputs.models import (
    Development,
    Event,
    Family,
    Output,
    OutputInstitution,
    Publication,
    Vacancy,
)
from contactpoint.outputs.relations import About, Kinship


@dataclass(slots=True)
class Value:
    """A fact's text, and the address that it leads to if any.

    `words` are the part of it that an editor wrote in the language of the page, at `path`.
    """

    text: str
    url: str = ""
    path: str = ""
    words: str = ""


@dataclass(slots=True)
class Fact:
    """A named fact."""

    label: str
    values: list[Value] = field(default_factory=list)


def facts(page: Output, found: About) -> list[Fact]:
    """The facts of an item, in the order of the margin."""
    roles = OutputInstitution.Role
    lines: list[tuple[str, list[Value]]] = [
        (_("Dated"), _texts(day(page.published_on))),
        *_own(page),
        *(
            (str(role.label), [Value(one.label, one.url) for one in found.institutions[role]])
            for role in (roles.EMPLOYER, roles.AUTHOR, roles.PUBLISHER, roles.COMMISSIONER)
            if role in found.institutions
        ),
        (_("Study"), [Value(one.label, one.url) for one in _kin(found, Family.Form.STUDY)]),
        (
            _("Series"),
            [Value(one.label, one.url) for one in _kin(found, Family.Form.SERIES)]
            or _texts(page.series),
        ),
    ]
    return [Fact(label, values) for label, values in lines if values]


def _kin(found: About, form: str) -> list[Kinship]:
    return [one for one in found.families if one.form == form]


def _own(page: Output) -> list[tuple[str, list[Value]]]:
    """What only this kind has."""
    if isinstance(page, Event):
        return [
            (_("When"), _texts(when(page))),
            (_("Time zone"), _texts(clock(page))),
            (_("Where"), _words("place", page.place, where(page))),
            (_("Languages"), _languages(page)),
            (_("Places"), _texts(str(page.capacity or ""))),
            (_("Accessibility"), _words("accessibility", page.accessibility)),
        ]
    if isinstance(page, Publication):
        doi = [Value(page.doi, doi_address(page.doi))] if page.doi else []
        return [
            (_("By"), [Value(name) for name in page.author_names]),
            (_("Covers"), _texts(_period(page.covers_from, page.covers_until))),
            (_("DOI"), doi),
        ]
    if isinstance(page, Vacancy):
        closed = _("Closed") if page.is_closed else ""
        return [(_("Apply until"), _texts(day(page.closes_on))), (_("Status"), _texts(closed))]
    if isinstance(page, Development):
        return [
            (_("Takes effect"), _texts(day(page.effective_on))),
            (_("Legal reference"), _words("legal_reference", page.legal_reference)),
        ]
    return []


def _period(first: date | None, last: date | None) -> str:
    """Whole years as years, all else as days."""
    if first and last and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return " – ".join(day(one) for one in (first, last) if one)


def day(value: date | None) -> str:
    """A day in words of the active language; empty where there is none."""
    return in_words(value) if value else ""


def moment(value: datetime, zone: ZoneInfo) -> str:
    """A day with its hour, by a clock."""
    local = value.astimezone(zone)
    return f"{day(local)}, {date_format(local, 'H:i')}"


def where(event: Event) -> str:
    """The place, or that there is none but the net, or both."""
    if event.online and event.place:
        return _("%(place)s, and online") % {"place": event.place}
    return _("Online") if event.online else event.place


def clock(event: Event) -> str:
    """Whose clock the hours are by: "Brussels, UTC+1"; empty where there are no hours."""
    if event.starts_at is None or event.whole_day:
        return ""
    start = event.starts_at.astimezone(event.zone)
    locale = (get_language() or "en").replace("-", "_")
    city = get_timezone_location(event.time_zone, locale=locale, return_city=True)
    minutes = int((start.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    offset = f"{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    return f"{city}, UTC{offset}" if event.time_zone != "UTC" else "UTC"


def _languages(event: Event) -> list[Value]:
    """Spoken ones by name, others with how one follows in them."""
    return [Value(language_line(block.value)) for block in event.languages]


def when(event: Event) -> str:
    """From when to when, without repeating the day of an event that ends on it."""
    start, end = _local(event.starts_at, event.zone), _local(event.ends_at, event.zone)
    if start is None:
        return ""
    if event.whole_day:
        return (
            day(start)
            if end is None or end.date() == start.date()
            else f"{day(start)} – {day(end)}"
        )
    first = f"{day(start)}, {date_format(start, 'H:i')}"
    if end is None:
        return first
    if end.date() == start.date():
        return f"{first}–{date_format(end, 'H:i')}"
    return f"{first} – {day(end)}, {date_format(end, 'H:i')}"


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None


def _words(path: str, words: str, text: str = "") -> list[Value]:
    """What an editor wrote, alone or within a `text` of ours."""
    said = text or words
    return [Value(said, path=path, words=words)] if said else []


def _texts(text: str) -> list[Value]:
    return [Value(text)] if text else []
