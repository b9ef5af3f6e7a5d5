"""Whether one can register for an event now; it closes by deadline, by number and by its start."""

from datetime import datetime
from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from contactpoint.events.models import Registration
from contactpoint.kit.visibility import visible
from contactpoint.outputs.facts import moment
from contactpoint.outputs.models import Event
from contactpoint.outputs.sources import source_of


class State(StrEnum):
    """What can be done now."""

    NOT_HERE = auto()
    CALLED_OFF = auto()
    OPEN = auto()
    WAITING_LIST = auto()
    FULL = auto()
    CLOSED = auto()
    STARTED = auto()

    @property
    def is_open(self) -> bool:
        """Whether the form is taken."""
        return self in (State.OPEN, State.WAITING_LIST)

    @property
    def label(self) -> str:
        """In few words, for editors."""
        return {
            State.NOT_HERE: _("No registration"),
            State.CALLED_OFF: _("Called off"),
            State.OPEN: pgettext("registration", "Open"),
            State.WAITING_LIST: _("Waiting list only"),
            State.FULL: _("All places taken"),
            State.CLOSED: _("Deadline is over"),
            State.STARTED: _("Has begun"),
        }[self]


def state_of(event: Event, taken: int, now: datetime | None = None) -> State:
    """The state of an event of whose places so many are taken."""
    state = state_by_time(event, now)
    if state != State.OPEN or event.capacity is None or taken < event.capacity:
        return state
    return State.WAITING_LIST if event.waiting_list else State.FULL


def state_by_time(event: Event, now: datetime | None = None) -> State:
    """The same as long as there is room."""
    now = now or timezone.now()
    if not event.takes_registrations or event.starts_at is None:
        return State.NOT_HERE
    if event.called_off:
        return State.CALLED_OFF
    if event.starts_at <= now:
        return State.STARTED
    closes = event.registration_closes_at
    return State.CLOSED if closes is not None and closes <= now else State.OPEN


def current_state(event: Event) -> State:
    """Counts only where the number decides; one query at most."""
    state = state_by_time(event)
    if state != State.OPEN or event.capacity is None:
        return state
    return state_of(event, taken(event.translation_key))


def taken(key: UUID) -> int:
    """How many have a place."""
    has_place = Registration.Status.PLACE
    return Registration.objects.filter(register__key=key, status=has_place).count()


def source_event(key: UUID) -> Event | None:
    """The page on which the facts of an event are edited, live or not; None if it is gone."""
    page: Any = Event.objects.filter(translation_key=key).order_by("pk").first()
    source = source_of(page).specific if page is not None else None
    return source if isinstance(source, Event) else None


def speaking(key: UUID) -> Event | None:
    """The page that says what whoever is on the list is told: that on which facts are edited while
    anybody may read it, and otherwise the first that anybody may; None where nobody may any."""
    source = source_event(key)
    pages = visible(Event.objects.filter(translation_key=key)).select_related("locale")
    found = sorted(pages, key=lambda page: (page.alias_of_id is not None, page.pk))
    if source is not None and any(page.pk == source.pk for page in found):
        return source
    return found[0] if found else None


def public_event(key: UUID, language: str) -> Event | None:
    """The page of an event that a reader of `language` gets; None where nobody may see any."""
    pages = visible(Event.objects.filter(translation_key=key)).select_related("locale")
    found = list(pages.order_by("pk"))
    own = (page for page in found if page.locale.language_code == language)
    return next(own, found[0] if found else None)


def address(event: Event) -> str:
    """The full address of its page."""
    url: str = event.url or ""
    return settings.BASE_URL + url if url.startswith("/") else url


def sentence(event: Event, state: State) -> str:
    """What a reader is told of it."""
    closes = event.registration_closes_at
    if state == State.OPEN:
        if closes is None:
            return _("Registration is open.")
        return _("Registration is open until %(moment)s.") % {"moment": moment(closes, event.zone)}
    if state == State.WAITING_LIST:
        return _(
            "All places are taken. You can put yourself on the waiting list: when somebody "
            "cancels, the first on it gets the place."
        )
    if state == State.CLOSED and closes is not None:
        return _("Registration closed on %(moment)s.") % {"moment": moment(closes, event.zone)}
    return {
        State.CALLED_OFF: _("The event is called off: nobody can register any more."),
        State.FULL: _("All places are taken."),
        State.STARTED: _("Registration is closed: the event has begun."),
    }.get(state, "")
