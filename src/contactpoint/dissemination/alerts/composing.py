"""What a mail says of what happened: asked at the moment of sending, in the subscriber's language.

A thing is told as the search's public view has it now. What nobody may see any more is left out,
and a mail with nothing left is not sent.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from contactpoint.dissemination.alerts.corrected import (
    corrections_of,
    is_taken_back,
    notes_of,
)
from contactpoint.dissemination.alerts.moved import changes_of
from contactpoint.dissemination.delivering.mailings import composer
from contactpoint.dissemination.following.links import preferences_url, unsubscribe_url
from contactpoint.dissemination.matching.rules import described, rule_of
from contactpoint.dissemination.models import Delivery, Happening, Match, Subscription
from contactpoint.kit.composing.document import Block, Document, Heading, Paragraph, Run
from contactpoint.kit.labels import FALLBACK_LANGUAGE, labelled
from contactpoint.kit.letters import Letter, letter
from contactpoint.search.documents import Document as Thing
from contactpoint.search.documents import Version
from contactpoint.search.showing.naming import Names
from contactpoint.search.sources import documents

MOST: Final = 40
"""Things in one mail; of more the number is told."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A thing with what happened to it, the version that is shown, and why it is told."""

    thing: Thing
    version: Version
    happenings: list[Happening]
    subscriptions: list[Subscription]
    notes: list[Paragraph]


def _subscriptions(delivery: Delivery) -> list[Subscription]:
    """What one click ends: what the mail is about, and nothing else that they get from us."""
    followed = {row.pk: row for rows in _wanted(delivery).values() for row in rows}
    return list(followed.values())


@composer("alert", stops=_subscriptions)
def alert(delivery: Delivery) -> Letter | None:
    """None where nothing of it is public, or followed, any more."""
    told = _told(delivery)
    if not told:
        return None
    subscriber = delivery.subscriber
    with override(subscriber.language):
        document = Document(
            title=_title(told),
            language=subscriber.language,
            publisher=settings.SITE_NAME,
            made_at=timezone.now(),
            summary="" if len(told) == 1 else _summary(told),
            blocks=[*_blocks(told, subscriber.language), *_ways_out(delivery)],
        )
        note = _(
            "You get this because you agreed on %(day)s to be told. Your address is used for"
            " nothing else."
        ) % {"day": date_format(timezone.localdate(subscriber.confirmed_at), "DATE_FORMAT")}
        return letter(document, note=note)


def _wanted(delivery: Delivery) -> dict[int, list[Subscription]]:
    """By the number of the happening: for which of what they follow it is told. Where that was
    stopped since, for whatever else of theirs asks for it, which won't tell it again."""
    happenings = {happening for happening, _row in delivery.about}
    rows = delivery.subscriber.subscriptions.select_related("interest").order_by("pk")
    followed = {row.pk: row for row in rows}
    found: dict[int, list[Subscription]] = defaultdict(list)
    for happening, row in delivery.about:
        if row in followed:
            found[happening].append(followed[row])
    by_interest = {row.interest_id: row for row in followed.values()}
    others = Match.objects.filter(
        interest__in=by_interest, happening__in=happenings.difference(found)
    ).filter(happening__at__gte=F("interest__subscriptions__since"),
             interest__subscriptions__subscriber=delivery.subscriber_id)  # fmt: skip
    for interest, happening in others.order_by("pk").values_list("interest_id", "happening_id"):
        found[happening].append(by_interest[interest])
    return found


def _told(delivery: Delivery) -> list[_Told]:
    wanted = _wanted(delivery)
    language = delivery.subscriber.language
    by_thing: dict[str, list[Happening]] = defaultdict(list)
    happenings = list(Happening.objects.filter(pk__in=wanted).order_by("at", "pk"))
    corrections = corrections_of(happenings, language)
    for happening in happenings:
        if is_taken_back(happening, corrections):
            continue
        # A translation concerns those who read it.
        if happening.what != Happening.What.TRANSLATED or happening.language == language:
            by_thing[happening.thing].append(happening)
    things = {thing.key: thing for thing in documents(list(by_thing))}
    found: list[_Told] = []
    for key, all_happened in by_thing.items():
        thing = things.get(key)
        if thing is None or not thing.versions:
            continue
        version = _version(thing, language)
        happened = [one for one in all_happened if _is_of(one, version)]
        if not happened:
            continue
        why = {row.pk: row for one in happened for row in wanted[one.pk]}
        notes = notes_of(happened, corrections)
        found.append(_Told(thing, version, happened, list(why.values()), notes))
    return found


def _is_of(happening: Happening, version: Version) -> bool:
    """A definition that is another in French alone is none to who reads the English one."""
    languages = happening.detail.get("languages")
    shown = version.teaser_language or version.language
    return not languages or shown in languages


def _version(thing: Thing, language: str) -> Version:
    """In the reader's language, else in the one that most read, else in any."""
    known = {version.language: version for version in thing.versions}
    return known.get(language) or known.get(FALLBACK_LANGUAGE) or thing.versions[0]


def _title(told: list[_Told]) -> str:
    first = told[0]
    if len(told) == 1:
        return labelled(_whats(first)[0], first.version.title)
    return ngettext("%(number)d thing is new", "%(number)d things are new", len(told)) % {
        "number": len(told)
    }


def _summary(told: list[_Told]) -> str:
    return " · ".join(one.version.title for one in told[:3])


def _whats(one: _Told) -> list[str]:
    return list(dict.fromkeys(str(Happening.What(row.what).label) for row in one.happenings))


def _blocks(told: list[_Told], language: str) -> list[Block]:
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
        facts = [*_whats(one), names.label("kind", one.thing.kind), day]
        blocks.append(Paragraph([Run(" · ".join(filter(None, facts)), italic=True)]))
        if version.teaser:
            spoken = version.teaser_language or version.language
            spoken = "" if spoken == language else spoken
            blocks.append(Paragraph([Run(version.teaser, language=spoken)]))
        blocks += [*changes_of(one.happenings, language), *one.notes]
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
    subscriber, rows = delivery.subscriber, _subscriptions(delivery)
    return [
        Paragraph([
            Run(_("Change what you get, and how often"), url=preferences_url(subscriber)),
            Run(" · "),
            Run(_("Stop these mails"), url=unsubscribe_url(subscriber, rows)),
        ])
    ]  # fmt: skip
