"""What people on the list know of an event, and what they have to be told once it changes."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from contactpoint.events.models import Announced, EventRegister, Notice
from contactpoint.events.openings import address
from contactpoint.kit.visibility import visible
from contactpoint.outputs.models import Event

Known = dict[str, Any]
OFF: Final = (Notice.Kind.CALLED_OFF, Notice.Kind.WITHDRAWN)
CHANGES: Final = (*OFF, Notice.Kind.MOVED, Notice.Kind.ON_AGAIN)
_MOMENTS: Final = ("starts_at", "ends_at")
_PLAIN: Final = ("whole_day", "time_zone", "online", "called_off", "join_url")


def known_of(event: Event) -> Known:
    """An event as JSON keeps it: the facts of the page that speaks for it, and title, place and
    address in each language in which anybody may read it."""
    language = event.locale.language_code
    pages = visible(Event.objects.filter(translation_key=event.translation_key))
    versions = {page.locale.language_code: page for page in pages.select_related("locale")}
    words = {code: _words(page) for code, page in versions.items() if page.alias_of_id is None}
    return {
        **{name: _stored(getattr(event, name)) for name in _MOMENTS},
        **{name: getattr(event, name) for name in _PLAIN},
        "language": language,
        "words": words | {language: _words(event)},
        "is_gone": False,
    }


def change(before: Known, now: Known) -> Notice.Kind | None:
    """What of two states of an event has to be told; a change of words alone has not."""
    was_off, is_off = _is_off(before), _is_off(now)
    if was_off and not is_off and before.get("is_untold"):
        # Nobody heard that it was gone, so nobody has to hear that it is back.
        was_off = False
    if is_off:
        off = Notice.Kind.CALLED_OFF if now["called_off"] else Notice.Kind.WITHDRAWN
        return None if was_off else off
    if was_off:
        return Notice.Kind.ON_AGAIN
    language = _common(before, now)
    return Notice.Kind.MOVED if _moves(before, language) != _moves(now, language) else None


def concerns_all(before: Known, now: Known) -> bool:
    """False where only the address to join is another, which nobody knows who has no place."""
    language = _common(before, now)
    was, is_now = _moves(before, language), _moves(now, language)
    return {**was, "join_url": ""} != {**is_now, "join_url": ""}


def event_of(known: Known, language: str) -> tuple[Event, str]:
    """The event as it was, in memory only, and the address that it had."""
    words = known["words"].get(language) or known["words"][known["language"]]
    # Where nobody wrote the place in this language, another says it.
    places = (words["place"], *(known["words"][code]["place"] for code in sorted(known["words"])))
    event = Event(
        title=words["title"],
        place=next(filter(str.strip, places), ""),
        last_published_at=timezone.now(),
        **{name: _moment(known[name]) for name in _MOMENTS},
        **{name: known[name] for name in _PLAIN},
    )
    return event, words["url"]


def over_at(known: Known) -> datetime | None:
    """When an event that may be gone is over."""
    return event_of(known, known["language"])[0].over_at if known else None


def sequence_of(key: UUID) -> int:
    """How many changes of an event were told: calendars take the higher number for the newer."""
    rows = (model.objects.filter(key=key) for model in (EventRegister, Announced))
    return max(row.values_list("sequence", flat=True).first() or 0 for row in rows)


def _is_off(known: Known) -> bool:
    return bool(known["called_off"] or known["is_gone"])


def _common(before: Known, now: Known) -> str:
    """The language in which places are compared: another page may speak for the event by now."""
    ours = (now["language"], before["language"])
    both = before["words"].keys() & now["words"].keys()
    return next((code for code in (*ours, *sorted(both)) if code in both), "")


def _moves(known: Known, language: str) -> dict[str, Any]:
    """When and where; a place in another spelling of blanks and case is the same place."""
    place = known["words"][language]["place"] if language else ""
    names = (*_MOMENTS, "whole_day", "online", "join_url")
    return {name: known[name] for name in names} | {"place": " ".join(place.split()).casefold()}


def _words(page: Event) -> dict[str, str]:
    return {"title": page.title, "place": page.place, "url": address(page)}


def _stored(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(stored: str | None) -> datetime | None:
    return parse_datetime(stored) if stored else None
