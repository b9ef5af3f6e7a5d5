"""What people on the list know of an event, and what they have to be told once it changes."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from contactpoint.events.calendars import times
from contactpoint.events.models import Announced, EventRegister, Notice, Registration
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


def change(before: Known, now: Known, *, has_place: bool = True) -> Notice.Kind | None:
    """What of two states of an event has to be told; a change of words alone has not, nor that of
    the address to join to whoever has no place: they don't know it."""
    if not before:
        return None
    was_off, off = is_off(before), is_off(now)
    if off:
        kind = Notice.Kind.CALLED_OFF if now["called_off"] else Notice.Kind.WITHDRAWN
        return None if was_off else kind
    if was_off:
        return Notice.Kind.ON_AGAIN
    language = _common(before, now)
    was, is_now = _moves(before, language), _moves(now, language)
    if not has_place:
        was["join_url"] = is_now["join_url"] = ""
    return Notice.Kind.MOVED if was != is_now else None


def news_for(registration: Registration, now: Known) -> Notice.Kind | None:
    """What somebody on the list has to be told, by what they were told last."""
    has_place = registration.status == Registration.Status.PLACE
    return change(registration.told, now, has_place=has_place)


def newer_place(before: Known, now: Known, language: str) -> str:
    """Another place in the words of the page that speaks for the event, where the page in the
    reader's language still names the old one; empty where it has followed, or nothing is other."""
    spoken = _common(before, now) if before else ""
    was, is_now = before.get("words", {}), now["words"]
    if not spoken or spoken == language or language not in was or language not in is_now:
        return ""
    follows = was[language]["place"] != is_now[language]["place"]
    if follows or _plain(was[spoken]["place"]) == _plain(is_now[spoken]["place"]):
        return ""
    return str(is_now[spoken]["place"])


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


def is_over(known: Known) -> bool:
    """Whether an event that may be gone is over, or has no day."""
    moment = event_of(known, known["language"])[0].over_at if known else None
    return moment is None or moment <= timezone.now()


def sequence_of(key: UUID) -> int:
    """How many changes of an event were told: calendars take the higher number for the newer."""
    rows = (model.objects.filter(key=key) for model in (EventRegister, Announced))
    return max(row.values_list("sequence", flat=True).first() or 0 for row in rows)


def is_off(known: Known) -> bool:
    """Whether it doesn't take place, as far as the portal says."""
    return bool(known["called_off"] or known["is_gone"])


def _common(before: Known, now: Known) -> str:
    """The language in which places are compared: another page may speak for the event by now."""
    ours = (now["language"], before["language"])
    both = before["words"].keys() & now["words"].keys()
    return next((code for code in (*ours, *sorted(both)) if code in both), "")


def _moves(known: Known, language: str) -> dict[str, Any]:
    """When and where; a place in another spelling of blanks and case is the same place, and what
    lasts whole days is moved by other days alone, whatever the clock of its zone says."""
    place = known["words"][language]["place"] if language else ""
    event, _url = event_of(known, known["language"])
    return {
        "times": times(event),
        "online": known["online"],
        "join_url": known["join_url"],
        "place": _plain(place),
    }


def _plain(place: str) -> str:
    return " ".join(place.split()).casefold()


def _words(page: Event) -> dict[str, str]:
    return {"title": page.title, "place": page.place, "url": address(page)}


def _stored(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(stored: str | None) -> datetime | None:
    return parse_datetime(stored) if stored else None
