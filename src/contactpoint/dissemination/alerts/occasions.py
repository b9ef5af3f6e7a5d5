"""When a mail that tells of what happened is due, and to whom.

At once: what was matched since, in one mailing; which happenings belong to it is written in one
transaction before anybody gets a row, so a round that is killed goes on with the same.
Daily and weekly: whatever was matched between the last such mailing and the hour.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from contactpoint.dissemination.delivering.mailings import begin
from contactpoint.dissemination.models import Happening, Mailing, Match, Subscription

KIND: Final = "alert"
AT_SEVEN: Final = 7
"""The hour, of the portal's own time."""
SETTLES: Final = timedelta(minutes=2)
"""So long matching may take from its stamp to its commit; and what comes together goes together."""
MOST_TOGETHER: Final = 200
PEOPLE: Final = 1_000
Rhythm = Subscription.Rhythm


def begin_due(now: datetime | None = None) -> bool:
    """Begin or go on with what is due; whether anything was done."""
    moment = now or timezone.now()
    done = [_at_once(moment)]
    done += [_digest(rhythm, moment) for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY)]
    return any(done)


def _at_once(now: datetime) -> bool:
    mailing = Mailing.objects.filter(kind=KIND, key__startswith="at-once:", filled_at=None).first()
    if mailing is None:
        mailing = _gathered(now)
    if mailing is None:
        return False
    happenings = list(mailing.happenings.order_by("pk").values_list("pk", flat=True))
    begin(mailing.key, KIND, _rows(Match.objects.filter(happening__in=happenings), Rhythm.AT_ONCE))
    return True


@transaction.atomic
def _gathered(now: datetime) -> Mailing | None:
    """A new mailing with what belongs to it."""
    waiting = Happening.objects.filter(
        told_in=None, matched_at__lte=now - SETTLES, matches__isnull=False
    ).exclude(matched_at__lt=now - timedelta(days=7))
    pks = list(waiting.order_by("pk").values_list("pk", flat=True).distinct()[:MOST_TOGETHER])
    if not pks:
        return None
    skip_locked = connection.features.has_select_for_update_skip_locked
    free = Happening.objects.select_for_update(skip_locked=skip_locked).filter(told_in=None)
    pks = sorted(free.filter(pk__in=pks).values_list("pk", flat=True))
    if not pks:  # another worker has them
        return None
    mailing = Mailing.objects.create(key=f"at-once:{pks[0]}-{pks[-1]}", kind=KIND)
    Happening.objects.filter(pk__in=pks).update(told_in=mailing)
    return mailing


def _digest(rhythm: str, now: datetime) -> bool:
    until = _hour(rhythm, now)
    if now < until + SETTLES:
        return False
    key = f"{rhythm}:{until:%Y-%m-%d}"
    earlier = Mailing.objects.filter(kind=KIND, key__startswith=f"{rhythm}:").order_by("-key")
    latest = earlier.first()
    if latest is not None and (latest.key > key or (latest.key == key and latest.filled_at)):
        return False
    before = earlier.exclude(key=key).first()
    usual = timedelta(days=1 if rhythm == Rhythm.DAILY else 7)
    since = _of_key(before.key) if before else until - usual
    matches = Match.objects.filter(
        happening__matched_at__gte=since, happening__matched_at__lt=until
    )
    begin(key, KIND, _rows(matches, rhythm))
    return True


def _hour(rhythm: str, now: datetime) -> datetime:
    """The last seven in the morning that is over, of a Monday for those who hear weekly."""
    local = timezone.localtime(now)
    today = local.replace(hour=AT_SEVEN, minute=0, second=0, microsecond=0)
    back = 0 if today <= local else 1
    if rhythm == Rhythm.WEEKLY:
        back += (today - timedelta(days=back)).weekday()
    return today - timedelta(days=back)


def _of_key(key: str) -> datetime:
    day = datetime.strptime(key.partition(":")[2], "%Y-%m-%d").replace(hour=AT_SEVEN)
    return timezone.make_aware(day)


def _rows(matches: "QuerySet[Match]", rhythm: str) -> Iterator[tuple[int, list[int]]]:
    """Who follows something that was met, in order, with what happened. What happened before they
    began to follow is not told."""
    told = matches.filter(
        interest__subscriptions__rhythm=rhythm,
        happening__at__gte=F("interest__subscriptions__since"),
    )
    person = "interest__subscriptions__subscriber_id"
    last = 0
    while True:
        later: Any = told.filter(**{f"{person}__gt": last}).order_by(person)
        people = list(later.values_list(person, flat=True).distinct()[:PEOPLE])
        if not people:
            return
        found: dict[int, set[int]] = defaultdict(set)
        some = told.filter(**{f"{person}__in": people}).values_list(person, "happening_id")
        for subscriber, happening in some:
            found[subscriber].add(happening)
        yield from ((subscriber, sorted(found[subscriber])) for subscriber in people)
        last = people[-1]
