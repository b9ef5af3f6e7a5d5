"""What a mail tells one follower: asked of the search's public view at the moment of sending.

What nobody may see just now is left out, and no longer stands among what the mail is about: it is
told to them when it is open again.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from contactpoint.dissemination.alerts.corrected import (
    corrections_of,
    is_taken_back,
    notes_of,
)
from contactpoint.dissemination.alerts.moved import Events
from contactpoint.dissemination.matching.happenings import hid_from
from contactpoint.dissemination.models import Delivery, Happening, Match, Subscription
from contactpoint.kit.composing.document import Paragraph
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.search.documents import Document as Thing
from contactpoint.search.documents import Version
from contactpoint.search.sources import documents

What = Happening.What


@dataclass(frozen=True, slots=True)
class Told:
    """A thing with what happened to it, the version that is shown, and why it is told."""

    thing: Thing
    version: Version
    happenings: list[Happening]
    subscriptions: list[Subscription]
    notes: list[Paragraph]
    is_off: bool = False
    """It is an event, and news of it that it is called off."""


@dataclass(slots=True)
class _Gathered:
    told: list[Told] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    events: dict[str, Any] = field(default_factory=dict)


def wanted(delivery: Delivery) -> dict[int, list[Subscription]]:
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


def gathered(delivery: Delivery) -> list[Told]:
    """What is to be told, in the active language, which is the subscriber's; what of it is hidden
    is remembered, and what it says of events. Composed again, it is asked again."""
    found = _gathered(delivery)
    about = [pair for pair in delivery.about if pair[0] not in found.hidden]
    if about != delivery.about or found.events != delivery.told:
        with transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(about=about, told=found.events)
            if found.hidden:
                hid_from(Happening.objects.filter(pk__in=found.hidden))
        delivery.about, delivery.told = about, found.events
    return found.told


def _gathered(delivery: Delivery) -> _Gathered:
    asked_for, language = wanted(delivery), delivery.subscriber.language
    by_thing: dict[str, list[Happening]] = defaultdict(list)
    happenings = list(Happening.objects.filter(pk__in=asked_for).order_by("at", "pk"))
    for one in happenings:
        # A translation concerns those who read it.
        if one.what != What.TRANSLATED or one.language == language:
            by_thing[one.thing].append(one)
    things = {thing.key: thing for thing in documents(list(by_thing)) if thing.versions}
    corrections = corrections_of(happenings, language)
    events = Events(delivery, things.values())
    found = _Gathered()
    for key, all_happened in by_thing.items():
        thing = things.get(key)
        hidden = [one for one in all_happened if thing is None or not is_shown(one, thing)]
        found.hidden.update(one.pk for one in hidden)
        if thing is None:
            continue
        version = _version(thing, language)
        happened = [
            one
            for one in all_happened
            if one not in hidden and _is_of(one, version) and not is_taken_back(one, corrections)
        ]
        moved = events.moved(key, happened, language)
        if moved.known:
            found.events[key] = moved.known
        if not moved.happenings:
            continue
        why = {row.pk: row for one in moved.happenings for row in asked_for[one.pk]}
        notes = [*moved.lines, *notes_of(moved.happenings, corrections)]
        told = Told(thing, version, moved.happenings, list(why.values()), notes, moved.is_off)
        found.told.append(told)
    return found


def is_shown(happening: Happening, thing: Thing) -> bool:
    """Whether readers see what happened to what they see: of a translation, whether it is there."""
    is_translation = happening.what == What.TRANSLATED
    return not is_translation or any(
        version.language == happening.language for version in thing.versions
    )


def _is_of(happening: Happening, version: Version) -> bool:
    """A definition that is another in French alone is none to who reads the English one."""
    languages = happening.detail.get("languages")
    shown = version.teaser_language or version.language
    return not languages or shown in languages


def _version(thing: Thing, language: str) -> Version:
    """In the reader's language, else in the one that most read, else in any."""
    known = {version.language: version for version in thing.versions}
    return known.get(language) or known.get(FALLBACK_LANGUAGE) or thing.versions[0]
