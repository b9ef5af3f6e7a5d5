"""What a mail says of what happened: asked at the moment of sending, in the subscriber's language.

A thing is told as the search's public view has it now. What nobody may see any more is left out,
and a mail with nothing left is not sent.
"""

from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from contactpoint.dissemination.alerts.gathering import Told, gathered, wanted
from contactpoint.dissemination.alerts.subjects import ordered, title, whats
from contactpoint.dissemination.delivering.mailings import composer
from contactpoint.dissemination.following.links import preferences_url, unsubscribe_url
from contactpoint.dissemination.matching.rules import described, rule_of
from contactpoint.dissemination.models import Delivery, Subscription
from contactpoint.kit.composing.document import Block, Document, Heading, Paragraph, Run
from contactpoint.kit.days import in_words
from contactpoint.kit.letters import Letter, letter
from contactpoint.search.showing.naming import Names

MOST: Final = 40
"""Things in one mail; of more the number is told."""


def _subscriptions(delivery: Delivery) -> list[Subscription]:
    """What one click ends: what the mail is about, and nothing else that they get from us."""
    followed = {row.pk: row for rows in wanted(delivery).values() for row in rows}
    return list(followed.values())


@composer("alert", stops=_subscriptions)
def alert(delivery: Delivery) -> Letter | None:
    """None where nothing of it is public, or followed, any more."""
    subscriber = delivery.subscriber
    with override(subscriber.language):
        told = ordered(gathered(delivery))
        if not told:
            return None
        document = Document(
            title=title(told),
            language=subscriber.language,
            publisher=settings.SITE_NAME,
            made_at=timezone.now(),
            summary="" if len(told) == 1 else _summary(told),
            blocks=[*_blocks(told, subscriber.language), *_ways_out(delivery)],
        )
        rows = [row for one in told for row in one.subscriptions]
        agreed = max((row.agreed_at or subscriber.confirmed_at for row in rows), default=None)
        note = _(
            "You get this because you agreed on %(day)s to be told. Your address is used for"
            " nothing else."
        ) % {"day": in_words(timezone.localdate(agreed or subscriber.confirmed_at))}
        return letter(document, note=note)


def _summary(told: list[Told]) -> str:
    return " · ".join(one.version.title for one in told[:3])


def _blocks(told: list[Told], language: str) -> list[Block]:
    names = Names(language)
    reasons: dict[int, str] = {}
    blocks: list[Block] = []
    for one in told[:MOST]:
        version = one.version
        foreign = version.title_language or version.language
        spoken = "" if foreign == language else foreign
        address = settings.BASE_URL + version.url
        blocks.append(Heading([Run(version.title, url=address, language=spoken)]))
        day = date_format(one.thing.day, "DATE_FORMAT") if one.thing.day else ""
        facts = [*whats(one), names.label("kind", one.thing.kind), day]
        blocks.append(Paragraph([Run(" · ".join(filter(None, facts)), italic=True)]))
        if version.teaser:
            spoken = version.teaser_language or version.language
            spoken = "" if spoken == language else spoken
            blocks.append(Paragraph([Run(version.teaser, language=spoken)]))
        blocks += one.notes
        for row in one.subscriptions:
            if row.pk not in reasons:
                reasons[row.pk] = described(rule_of(row.interest.rule), language)
        followed = "; ".join(reasons[row.pk] for row in one.subscriptions)
        blocks.append(Paragraph([Run(_("You follow: %(rules)s") % {"rules": followed})]))
    more = len(told) - MOST
    if more > 0:
        text = ngettext("And %(number)d more.", "And %(number)d more.", more) % {"number": more}
        blocks.append(Paragraph([Run(text)]))
    return blocks


def _ways_out(delivery: Delivery) -> list[Block]:
    """Each by itself: as plain text the address stands beneath what it is for."""
    subscriber, rows = delivery.subscriber, _subscriptions(delivery)
    return [
        Paragraph([
            Run(_("Change what you get, and how often"), url=preferences_url(subscriber))
        ]),
        Paragraph([Run(_("Stop these mails"), url=unsubscribe_url(subscriber, rows))]),
    ]  # fmt: skip
