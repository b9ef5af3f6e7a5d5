"""When a mail that tells of what happened is due.

At once: what was matched since, in one mailing; which happenings belong to it is written in one
transaction before anybody gets a row, so a round that is killed goes on with the same.
Daily and weekly: whatever was matched between the last such mailing and the hour. One that was
broken off is finished before the next begins.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from contactpoint.dissemination.alerts.filling import KIND, LOOKS_BACK, Occasion, fill
from contactpoint.dissemination.alerts.opening import told_again
from contactpoint.dissemination.delivering.mailings import opened
from contactpoint.dissemination.models import Happening, Mailing, Subscription

AT_SEVEN: Final = 7
"""The hour, of the portal's own time."""
SETTLES: Final = timedelta(minutes=2)
"""So long matching may take from its stamp to its commit; and what comes together goes together."""
MOST_TOGETHER: Final = 200
TOO_LATE: Final = LOOKS_BACK
"""What was matched earlier is told by nobody at once."""
Rhythm = Subscription.Rhythm


def begin_due(now: datetime | None = None) -> bool:
    """Begin or go on with what is due; whether anything was done."""
    moment = now or timezone.now()
    told_again()
    done = [_at_once(moment)]
    done += [_digest(rhythm, moment) for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY)]
    return any(done)


def _unfinished(rhythm: str) -> Mailing | None:
    rows = Mailing.objects.filter(kind=KIND, key__startswith=f"{rhythm}:", filled_at=None)
    return rows.order_by("key").first()


def _at_once(now: datetime) -> bool:
    mailing = _unfinished(Rhythm.AT_ONCE) or _gathered(now)
    if mailing is None:
        return False
    stamps = mailing.happenings.order_by("matched_at").values_list("matched_at", flat=True)
    first = stamps.first() or now
    window = Q(interest__matches__happening__told_in=mailing)
    fill(mailing, Occasion(Rhythm.AT_ONCE, window, first, now))
    return True


@transaction.atomic
def _gathered(now: datetime) -> Mailing | None:
    """A new mailing with what belongs to it: what happened, and those who want to hear at once
    from now on, whatever waited for them."""
    waiting = Happening.objects.filter(
        told_in=None, matched_at__lte=now - SETTLES, matches__isnull=False
    ).exclude(matched_at__lt=now - TOO_LATE)
    pks = list(waiting.order_by("pk").values_list("pk", flat=True).distinct()[:MOST_TOGETHER])
    # What happened to the same things since is told with it.
    things = Happening.objects.filter(pk__in=pks).values("thing")
    later = Happening.objects.filter(
        told_in=None, matched_at__gt=now - SETTLES, matches__isnull=False, thing__in=things
    )
    pks = sorted({*pks, *(later.values_list("pk", flat=True) if pks else ())})
    if pks:
        skip_locked = connection.features.has_select_for_update_skip_locked
        free = Happening.objects.select_for_update(skip_locked=skip_locked).filter(told_in=None)
        # Another worker may have them.
        pks = sorted(free.filter(pk__in=pks).values_list("pk", flat=True))
    behind = Subscription.objects.filter(rhythm=Rhythm.AT_ONCE, is_behind=True)
    if not pks and not behind.exists():
        return None
    name = f"{pks[0]}-{pks[-1]}" if pks else f"{now:%Y-%m-%dT%H:%M:%S.%f}"
    mailing = opened(f"{Rhythm.AT_ONCE}:{name}", KIND)
    Happening.objects.filter(pk__in=pks).update(told_in=mailing)
    return mailing


def _digest(rhythm: str, now: datetime) -> bool:
    mailing = _unfinished(rhythm) or _next(rhythm, now)
    if mailing is None:
        return False
    until = _of_key(mailing.key)
    earlier = Mailing.objects.filter(
        kind=KIND, key__startswith=f"{rhythm}:", key__lt=mailing.key
    ).order_by("-key")
    before = earlier.first()
    usual = timedelta(days=1 if rhythm == Rhythm.DAILY else 7)
    since = _of_key(before.key) if before else until - usual
    matched = "interest__matches__happening__matched_at"
    window = Q(**{f"{matched}__gte": since, f"{matched}__lt": until})
    fill(mailing, Occasion(rhythm, window, since, until))
    return True


def _next(rhythm: str, now: datetime) -> Mailing | None:
    """The mailing of the last hour, where it has not been begun."""
    until = _hour(rhythm, now)
    if now < until + SETTLES:
        return None
    key = f"{rhythm}:{until:%Y-%m-%d}"
    begun = Mailing.objects.filter(kind=KIND, key__startswith=f"{rhythm}:", key__gte=key)
    return None if begun.exists() else opened(key, KIND)


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
