"""An edition as a mail: HTML written by hand that holds everywhere, and a plain twin.

The template says how: tables, styles in the elements, no picture and nothing fetched, so that
opening it tells nobody. What is personal (two links, one day) comes from whoever sends it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import fill
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.dissemination.following.links import preferences_url, unsubscribe_url
from contactpoint.dissemination.models import Issue, Subscriber, Subscription
from contactpoint.dissemination.newsletter.shapes import Edition, Item, Section
from contactpoint.kit.composing.document import is_rightward
from contactpoint.kit.context import language_name
from contactpoint.kit.days import in_words
from contactpoint.kit.letters import LONGEST_PREHEADER, WIDTH, Letter

LINE: Final = 72
_UNSEEN: Final = "\u034f\u200c\u00a0"
"""Behind the preheader, so that a list of mails shows nothing of the text beside it."""
_TEMPLATE: Final = "dissemination/newsletter/mail.html"


@dataclass(frozen=True, slots=True)
class Personal:
    """What only one reader's mail says: their links, and why they get it."""

    preferences: str
    stop: str
    why: str
    web: str = ""
    """Where to read it, while it stands nowhere in public; else empty."""


def mail(edition: Edition, personal: Personal, subject: str = "") -> Letter:
    """The edition as a mail, in its language whoever asks."""
    with override(edition.language):
        made = subject or _("Newsletter: %(title)s") % {"title": edition.title}
        context = {
            "edition": edition,
            "personal": personal,
            "site": settings.SITE_NAME,
            "base": settings.BASE_URL,
            "address": _web(edition, personal),
            "width": WIDTH,
            "direction": "rtl" if is_rightward(edition.language) else "ltr",
            "start": "right" if is_rightward(edition.language) else "left",
            "end": "left" if is_rightward(edition.language) else "right",
            "preheader": preheader(edition),
            "padding": _UNSEEN * 30,
            "day": in_words(localdate()),
            "borrowed": borrowed(edition),
        }
        html = render_to_string(_TEMPLATE, context)
        text = "\n".join(_plain(edition, personal)) + "\n"
    return Letter(" ".join(made.split()), text, html, edition.language)


def _web(edition: Edition, personal: Personal) -> str:
    return personal.web or settings.BASE_URL + edition.path


def preheader(edition: Edition) -> str:
    """What a list of mails shows behind the subject."""
    first = edition.paragraphs[:1]
    text = first[0] if first else " · ".join(item.title for item in edition.items[:4])
    text = " ".join(text.split())
    if len(text) <= LONGEST_PREHEADER:
        return text
    return text[: LONGEST_PREHEADER - 1].rsplit(" ", 1)[0] + "…"


def borrowed(edition: Edition) -> str:
    """The mark of an introduction in another language, in the active one; else nothing."""
    if not edition.introduction_language:
        return ""
    return _("This introduction is in %(language)s.") % {
        "language": language_name(edition.introduction_language)
    }


def _plain(edition: Edition, personal: Personal) -> Iterator[str]:
    yield settings.SITE_NAME
    yield _wrapped(edition.title.upper())
    yield ""
    yield _("Read it on the web:")
    yield _web(edition, personal)
    if edition.introduction_language:
        yield ""
        yield _wrapped(f"({borrowed(edition)})")
    for paragraph in edition.paragraphs:
        yield ""
        yield "\n".join(_wrapped(line) for line in paragraph.split("\n"))
    for section in edition.sections:
        yield from _plain_section(section)
    yield ""
    yield ""
    yield "-- "
    yield _wrapped(personal.why)
    yield ""
    yield _("Change what you get:")
    yield personal.preferences
    yield _("Stop the newsletter:")
    yield personal.stop


def _plain_section(section: Section) -> Iterator[str]:
    yield ""
    yield ""
    if section.heading:
        yield section.heading.upper()
        yield "=" * min(len(section.heading), LINE)
    for item in section.items:
        yield ""
        yield _wrapped(f"* {item.title}", after="  ")
        yield _wrapped(_facts(item), before="  ", after="  ")
        if item.teaser:
            yield _wrapped(item.teaser, before="  ", after="  ")
        yield f"  {settings.BASE_URL}{item.url}"


def _facts(item: Item) -> str:
    when = in_words(item.when) if item.when else ""
    return " · ".join(filter(None, (item.mark, when, *item.facts)))


def _wrapped(text: str, before: str = "", after: str = "") -> str:
    return fill(
        text,
        LINE,
        initial_indent=before,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )


def of_a_reader(subscriber: Subscriber, rows: Sequence[Subscription]) -> Personal:
    """Of somebody who gets the newsletter; `rows` are ended by one click."""
    with override(subscriber.language):
        agreed = max((row.agreed for row in rows), default=subscriber.confirmed_at)
        day = in_words(localdate(agreed))
        why = _(
            "You get the newsletter because you agreed on %(day)s to be told. Your address is used"
            " for nothing else, and nobody learns whether you read this."
        ) % {"day": day}
    return Personal(preferences_url(subscriber), unsubscribe_url(subscriber, rows), why)


def of_a_test(language: str, issue: Issue) -> Personal:
    """For an editor who tries it: links that lead to the form and, before it has left, to the
    admin's page of the issue; they end nothing."""
    with override(language):
        why = _("This is a test: nobody else got it, and its links end nothing.")
    address = f"{settings.BASE_URL}/{language}/follow/"
    page = f"{settings.BASE_URL}{reverse('newsletter_issue', args=[issue.pk])}?language={language}"
    return Personal(address, address, why, web="" if issue.number else page)
