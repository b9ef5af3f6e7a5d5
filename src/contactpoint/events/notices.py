"""The mails to people on the list of an event. Jobs carry the key of a row, never an address.

No mail holds a word of the form: it may go to somebody who never saw it.
"""

from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from contactpoint.events.calendars import CANCEL, CONTENT_TYPE, PUBLISH, Entry, calendar
from contactpoint.events.changes import CHANGES, event_of, sequence_of
from contactpoint.events.links import link
from contactpoint.events.models import Notice, Registration
from contactpoint.events.telling import News, give_back, take
from contactpoint.kit.jobs import task
from contactpoint.kit.mail import Attachment, UndeliverableError, send_now, send_once
from contactpoint.outputs.facts import clock, when, where
from contactpoint.outputs.models import Event

FILE: Final = "event.ics"


@task(queue_name="mail")
def send_notice(pk: int) -> None:
    """Send a mail that no job has taken on yet."""
    rows = Notice.objects.filter(pk=pk)
    notices = rows.select_related("registration__register")
    send_once(rows, f"notice {pk}", lambda: _send(notices.get()))


def _send(notice: Notice) -> None:
    news = take(notice)
    if news is None:
        return
    registration, event = news.registration, news.event
    try:
        with translation.override(registration.language):  # what calendars show is read as well
            subject, first = _words(news.kind, has_place=news.has_place)
            send_now(
                registration.email,
                subject % {"title": " ".join(event.title.split())},
                "\n\n".join([first, *_facts(news), _end(registration)]),
                language=registration.language,
                attachments=[_entry_for_calendars(news)] if news.has_place else [],
            )
    except UndeliverableError:
        raise
    except Exception:
        give_back(news)
        raise


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
    if kind in CHANGES:
        return _changed(kind)
    waits = _("All places are taken. You are on the waiting list: we write when one is yours.")
    if kind == Notice.Kind.WAITING:
        return _("You are on the waiting list: %(title)s"), waits
    has = _("Somebody, probably you, registered this address again. You have a place already.")
    again = _("Somebody, probably you, registered this address again. It is on the waiting list.")
    return _("You are on the list already: %(title)s"), has if has_place else again


def _changed(kind: Notice.Kind) -> tuple[str, str]:
    if kind == Notice.Kind.CALLED_OFF:
        return (
            _("Called off: %(title)s"),
            _("This event is called off: it doesn't take place. You need do nothing."),
        )
    if kind == Notice.Kind.WITHDRAWN:
        return (
            _("Withdrawn: %(title)s"),
            _(
                "This event was taken off our pages, so please don't count on it. Whoever "
                "organises it can tell you more."
            ),
        )
    if kind == Notice.Kind.ON_AGAIN:
        return (
            _("It takes place after all: %(title)s"),
            _("This event takes place after all. You are still on its list."),
        )
    return (
        _("Changed: %(title)s"),
        _("When or where this event takes place has changed. This is how it is now:"),
    )


def _facts(news: News) -> list[str]:
    """What, when and where; and where it was before, if they knew it otherwise."""
    joins = news.has_place and news.event.join_url and not news.is_off
    now = [
        news.event.title,
        *_lines(news.event),
        _("Join here: %(url)s") % {"url": news.event.join_url} if joins else "",
        "" if news.is_off and news.now["is_gone"] else news.url,
    ]
    paragraphs = ["\n".join(filter(None, now))]
    if news.is_moved:
        before, _url = event_of(news.before, news.registration.language)
        if _lines(before) != _lines(news.event):
            paragraphs.append(_("Before, it was:") + "\n" + "\n".join(_lines(before)))
    return paragraphs


def _lines(event: Event) -> list[str]:
    """When by whose clock, and where."""
    lines = (" · ".join(filter(None, (when(event), clock(event)))), where(event))
    return [line for line in lines if line]


def _end(registration: Registration) -> str:
    said = _(
        "See your registration, or cancel it:\n%(url)s\n\n"
        "If it wasn't you who registered, cancel there, and your address is deleted. In any case "
        "it is deleted %(days)s days after the event."
    ) % {"url": link(registration), "days": settings.REGISTRATIONS_KEPT_DAYS}
    return f"{said}\n"


def _entry_for_calendars(news: News) -> Attachment:
    """As it stands now, or for calendars to take out again."""
    key, join_url = news.registration.register.key, "" if news.is_off else news.event.join_url
    method = CANCEL if news.is_off else PUBLISH
    entry = Entry(news.event, news.url, join_url, sequence_of(key), str(key))
    return Attachment(FILE, calendar([entry], method), f"{CONTENT_TYPE}; method={method}")
