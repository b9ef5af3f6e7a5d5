"""An event to come, who is on its list, and what the mails to them hold."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.utils import timezone
from factories import MadeSite, make_output

from contactpoint.events.models import Registration
from contactpoint.outputs.models import Event

FORM = "application/x-www-form-urlencoded"
READER = "reader@example.org"
WAITS = "waits@example.org"
JOIN = "https://meet.example/room"


def make_event(site: MadeSite, **fields: Any) -> Event:
    starts = timezone.now() + timedelta(days=10)
    given: dict[str, Any] = {
        "title": "A day of words",
        "slug": "words",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "takes_registrations": True,
        "capacity": 2,
        "online": True,
        "join_url": JOIN,
        **fields,
    }
    page: Any = make_output(site, "event", **given)
    return page


def statuses() -> dict[str, str]:
    """Who is on the list, and how."""
    return dict(Registration.objects.order_by("pk").values_list("email", "status"))


def link(message: Any = None) -> str:
    """The path to one's own registration, as the newest mail has it."""
    found = re.search(r"http://[^/\s]+(/\w+/events/registrations/\S+)", (message or last()).body)
    assert found
    return found[1]


def last() -> Any:
    return mail.outbox[-1]


def moved_to(event: Event, moment: datetime) -> None:
    """The event is at another time."""
    Event.objects.filter(pk=event.pk).update(starts_at=moment, ends_at=moment + timedelta(hours=2))
