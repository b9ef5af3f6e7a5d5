"""To whom a mailing goes, and what it tells each: nothing twice, nothing passed over.

What somebody was told of is what their deliveries are about, so a happening is told once whatever
they change. A rhythm that is changed leaves a mark (`Subscription.is_behind`): the next mailing of
the new one looks further back than its own window, and takes the mark away in the transaction that
writes the delivery. Who changes something meanwhile waits for that transaction or goes before it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q, QuerySet

from contactpoint.dissemination.delivering.mailings import filled, put
from contactpoint.dissemination.models import Delivery, Mailing, Subscriber, Subscription

KIND: Final = "alert"
PEOPLE: Final = 1_000
"""In one transaction."""
LOOKS_BACK: Final = timedelta(days=45)
"""So far for what an earlier rhythm left; deliveries and matches are kept for longer."""
_CLOCKS: Final = timedelta(hours=1)
"""So much the clocks of two machines may differ."""
_HAPPENING: Final = "interest__matches__happening"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A mailing of one rhythm. `window` says of subscriptions which of their matches belong to it:
    none matched before `since`, and with what is looked for further back none from `until` on."""

    rhythm: str
    window: Q
    since: datetime
    until: datetime


def fill(mailing: Mailing, occasion: Occasion) -> None:
    """Write all deliveries; broken off anywhere and called again, it leaves the same."""
    for people in _people(occasion):
        _fill(mailing, occasion, people)
    filled(mailing)


def _people(occasion: Occasion) -> list[list[int]]:
    """Numbers of subscribers, in handfuls; who joins while they are served has nothing waiting."""
    rows = Subscription.objects.filter(rhythm=occasion.rhythm)
    behind = rows.filter(is_behind=True)
    fresh = _asked_for(rows, occasion.window)
    found = sorted({
        pk
        for some in (behind, fresh)
        for pk in some.order_by().values_list("subscriber_id", flat=True).distinct()
    })  # fmt: skip
    return [found[start : start + PEOPLE] for start in range(0, len(found), PEOPLE)]


@transaction.atomic
def _fill(mailing: Mailing, occasion: Occasion, people: list[int]) -> None:
    rows = Subscriber.objects.select_for_update().filter(pk__in=people)
    has_it = Delivery.objects.filter(mailing=mailing, subscriber__in=people)
    locked = set(rows.order_by("pk").values_list("pk", flat=True))
    # Who got theirs before this was broken off waits for the next, with whatever they changed.
    free = sorted(locked.difference(has_it.values_list("subscriber_id", flat=True)))
    put(mailing, _about(occasion, free))
    followed = Subscription.objects.filter(subscriber__in=free, rhythm=occasion.rhythm)
    followed.filter(is_behind=True).update(is_behind=False)


def _about(occasion: Occasion, people: list[int]) -> dict[int, list[Any]]:
    """By subscriber: pairs of a happening and the subscription that asks for it."""
    rows = Subscription.objects.filter(subscriber__in=people, rhythm=occasion.rhythm)
    behind = set(rows.filter(is_behind=True).values_list("subscriber_id", flat=True))
    horizon = occasion.until - LOOKS_BACK
    earlier = Q(
        **{
            f"{_HAPPENING}__matched_at__gte": horizon,
            f"{_HAPPENING}__matched_at__lt": occasion.until,
        }
    )
    told = _told(set(people) - behind, occasion.since) | _told(behind, horizon)
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    some = [_asked_for(rows, occasion.window)]
    if behind:
        some.append(_asked_for(rows.filter(is_behind=True), earlier))
    for matches in some:
        for person, row, happening in matches.values_list(
            "subscriber_id", "pk", f"{_HAPPENING}_id"
        ):
            if (person, happening) not in told:
                found[person].add((happening, row))
    return {person: sorted(map(list, pairs)) for person, pairs in found.items()}


def _asked_for(rows: "QuerySet[Subscription]", window: Q) -> "QuerySet[Subscription]":
    """A row for each match; what happened before they began to follow is not among them."""
    return rows.filter(window, **{f"{_HAPPENING}__at__gte": F("since")})


def _told(people: set[int], since: datetime) -> set[tuple[int, int]]:
    """Pairs of a subscriber and a happening that a mail of theirs is about already."""
    rows = Delivery.objects.filter(
        subscriber__in=people, mailing__kind=KIND, mailing__created_at__gte=since - _CLOCKS
    )
    return {
        (person, happening)
        for person, about in rows.values_list("subscriber_id", "about")
        for happening, _row in about
    }
