"""The mails to people on the list of an event. Jobs carry the key of a row, never an address.

No mail holds a word of the form: it may go to somebody who never saw it.
"""

import logging
from typing import Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contactpoint.events.calendars import CONTENT_TYPE, Entry, calendar
from contactpoint.events.links import link
from contactpoint.events.models import Notice, Registration
from contactpoint.events.openings import address, public_event
from contactpoint.kit.jobs import TryLaterError, task
from contactpoint.kit.mail import Attachment, UndeliverableError, send_now
from contactpoint.outputs.facts import clock, when, where
from contactpoint.outputs.models import Event

log = logging.getLogger(__name__)
FILE: Final = "event.ics"


@task(queue_name="mail")
def send_notice(pk: int) -> None:
    """Send a mail that no job has taken on yet; given back only where the server didn't take it."""
    if not Notice.objects.filter(pk=pk, taken_at=None).update(taken_at=timezone.now()):
        return
    try:
        notice = Notice.objects.select_related("registration__register").get(pk=pk)
        _send(notice)
    except UndeliverableError:  # what the server said may hold the address
        log.warning("The mail server refused notice %s for good.", pk)
    except TryLaterError:
        _give_back(pk)
        raise TryLaterError(f"notice {pk} could not be handed over") from None
    except Exception:
        _give_back(pk)
        raise


def _give_back(pk: int) -> None:
    Notice.objects.filter(pk=pk).update(taken_at=None)


def _send(notice: Notice) -> None:
    registration = notice.registration
    event = public_event(registration.register.key, registration.language)
    if event is None or event.over_at is None or event.over_at <= timezone.now():
        return
    has_place = registration.status == Registration.Status.PLACE
    if has_place and notice.kind == Notice.Kind.WAITING:
        return  # moved up meanwhile, which is told by a mail of its own
    with translation.override(registration.language):
        subject, first = _words(Notice.Kind(notice.kind), has_place=has_place)
        send_now(
            registration.email,
            subject % {"title": " ".join(event.title.split())},
            _text(first, event, registration, has_place=has_place),
            language=registration.language,
            attachments=[_invitation(event)] if has_place else (),
        )


def _words(kind: Notice.Kind, *, has_place: bool) -> tuple[str, str]:
    """The subject, with a gap for the title, and the first sentence."""
    if kind == Notice.Kind.PLACE:
        return _("You have a place: %(title)s"), _("You are registered and have a place.")
    if kind == Notice.Kind.MOVED_UP:
        return (
            _("There is a place for you: %(title)s"),
            _(
                "A place has become free, and it is yours: you were the first on the waiting list. "
                "If you can't come any more, please cancel, so that the next one gets it."
            ),
        )
    if kind == Notice.Kind.REMINDER:
        return (
            _("Coming soon: %(title)s"),
            _("This is to remind you. If you can't come, please cancel: somebody may be waiting."),
        )
    waits = _("All places are taken. You are on the waiting list: we write when one is yours.")
    if kind == Notice.Kind.WAITING:
        return _("You are on the waiting list: %(title)s"), waits
    has = _("Somebody, probably you, registered this address again. You have a place already.")
    again = _("Somebody, probably you, registered this address again. It is on the waiting list.")
    return _("You are on the list already: %(title)s"), has if has_place else again


def _text(first: str, event: Event, registration: Registration, *, has_place: bool) -> str:
    facts = [
        event.title,
        " · ".join(filter(None, (when(event), clock(event)))),
        where(event),
        _("Join here: %(url)s") % {"url": event.join_url} if has_place and event.join_url else "",
        address(event),
    ]
    end = _(
        "See your registration, or cancel it:\n%(url)s\n\n"
        "If it wasn't you who registered, cancel there, and your address is deleted. In any case "
        "it is deleted %(days)s days after the event."
    ) % {"url": link(registration), "days": settings.REGISTRATIONS_KEPT_DAYS}
    return f"{first}\n\n{chr(10).join(filter(None, facts))}\n\n{end}\n"


def _invitation(event: Event) -> Attachment:
    content = calendar([Entry(event, address(event), event.join_url)])
    return Attachment(FILE, content, f"{CONTENT_TYPE}; method=PUBLISH")
