"""What the page of an event adds: how one takes part."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.events.openings import State, current_state, sentence
from contactpoint.kit.feeds import subscription
from contactpoint.kit.pages import language_of, own_path, shows
from contactpoint.outputs.models import Event, EventList


@dataclass(frozen=True, slots=True)
class TakingPart:
    """A sentence, and where it is done; `calendar_url` adds the event to a calendar."""

    sentence: str = ""
    url: str = ""
    label: str = ""
    is_elsewhere: bool = False
    calendar_url: str = ""


@shows(Event)
def registration_context(page: Event, request: HttpRequest) -> dict[str, Any]:
    """Nothing once the event has begun; one query where the number of places decides."""
    return {"registration": taking_part(page, own_path(request))}


@shows(EventList)
def list_calendar_context(page: EventList, request: HttpRequest) -> dict[str, Any]:
    """The calendar of events; the link adds the filters that the feed of the list has."""
    return {"calendar_url": subscription(f"/{language_of(page, request)}/{EventList.SLUG}/")}


def taking_part(event: Event, path: str) -> TakingPart | None:
    """How one takes part in an event that is to come; `path` is that of its page."""
    if event.called_off or event.starts_at is None or event.starts_at <= timezone.now():
        return None
    calendar_url = f"{path}event.ics"
    state = current_state(event)
    if state == State.NOT_HERE:
        if not event.registration_url:
            return TakingPart(calendar_url=calendar_url)
        host = urlsplit(event.registration_url).hostname or ""
        label = _("Register at %(host)s") % {"host": host}
        return TakingPart("", event.registration_url, label, True, calendar_url)
    said = sentence(event, state)
    if not state.is_open:
        return TakingPart(said, calendar_url=calendar_url)
    label = _("Register") if state == State.OPEN else _("Join the waiting list")
    return TakingPart(said, f"{path}register/", label, False, calendar_url)
