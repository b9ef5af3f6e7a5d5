"""Deliveries change hands: taken before a word is said to the server, written down afterwards, and
given back when their sender died.

Of one follower's, one is in hand at a time, whoever sends: what a mail says depends on what the one
before it told them, which stands only once that was sent, or was not.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from contactpoint.dissemination.delivering.slots import CONFIRMED, PLACES, left_behind, names
from contactpoint.dissemination.delivering.throttle import Throttle
from contactpoint.dissemination.delivering.verdicts import (
    DROPPED,
    MOST_BOUNCES,
    REPORTED,
    UNCONFIRMED,
    Verdict,
)
from contactpoint.dissemination.models import Delivery, Subscriber

log = logging.getLogger(__name__)

State = Delivery.State
AT_ONCE: Final = min(50, PLACES)
HOLD: Final = timedelta(minutes=5)
"""A sender hands over nothing that it took longer ago."""
LEASE: Final = timedelta(hours=1)
"""After which what a sender of another machine took is taken from it."""
KEPT: Final = timedelta(days=90)
MOST_FORGOTTEN: Final = 5_000


def folder() -> Path:
    """Where the senders of this machine have their slots."""
    return Path(settings.DATA) / "delivering"


def waiting(without: Sequence[str] = ()) -> "QuerySet[Delivery]":
    """What could go now, oldest first: not to whom another mail is on its way."""
    rows = Delivery.objects.filter(state=State.WAITING, due_at__lte=timezone.now())
    rows = rows.exclude(subscriber__in=_in_hand())
    return (rows.exclude(domain__in=without) if without else rows).order_by("due_at", "pk")


def _in_hand() -> "QuerySet[Delivery, int]":
    """To whom a mail is on its way, by whichever sender."""
    return (
        Delivery.objects.filter(state=State.TAKEN).order_by().values_list("subscriber", flat=True)
    )


def take(sender: str, throttle: Throttle) -> list[Delivery]:
    """A handful, committed as taken by a sender; with subscribers and mailings."""
    rows = waiting(throttle.full())
    if not rows.exists():  # no write lock where there is nothing to do
        return []
    with transaction.atomic():
        pks = [pk for pk, domain in _one_each(rows) if throttle.takes(domain)]
        Delivery.objects.filter(pk__in=pks).update(
            state=State.TAKEN, taken_by=sender, taken_at=timezone.now()
        )
    taken = Delivery.objects.filter(pk__in=pks).select_related("subscriber", "mailing")
    return list(taken.order_by("due_at", "pk"))


def _one_each(rows: "QuerySet[Delivery]") -> list[tuple[int, str]]:
    """The first of each follower, with its domain; locked, with the follower.

    Who is locked by another sender is passed over. That one may have let go since we began to read,
    so who has a mail in hand is asked once more now that nobody else can take one of theirs.
    """
    features = connection.features
    locked = rows.select_for_update(
        skip_locked=features.has_select_for_update_skip_locked,
        # Other rows may refer to them meanwhile.
        no_key=features.has_select_for_no_key_update,
        of=("self", "subscriber") if features.has_select_for_update_of else (),
    )
    found: dict[int, tuple[int, str]] = {}
    chosen = locked.select_related("subscriber").only("domain", "subscriber__id")[:AT_ONCE]
    for one in chosen:
        found.setdefault(one.subscriber_id, (one.pk, one.domain))
    busy = set(_in_hand().filter(subscriber__in=found))
    return [one for subscriber, one in found.items() if subscriber not in busy]


def write_down(sender: str, verdicts: dict[int, Verdict]) -> None:
    """What became of deliveries of this sender, in one transaction."""
    now = timezone.now()
    by_verdict: dict[Verdict, list[int]] = {}
    for pk, verdict in verdicts.items():
        by_verdict.setdefault(verdict, []).append(pk)
    with transaction.atomic():
        for verdict, pks in by_verdict.items():
            mine = Delivery.objects.filter(pk__in=pks, state=State.TAKEN, taken_by=sender)
            if verdict.is_bounce:
                refuse(list(mine.values_list("subscriber_id", flat=True)))
            is_done = verdict.state != State.WAITING
            is_told = verdict.state == State.SENT or verdict == DROPPED
            mine.update(
                state=verdict.state,
                said=verdict.said,
                attempts=F("attempts") + int(verdict.is_attempt),
                done_at=now if is_done else None,
                due_at=F("due_at") if is_done or not verdict.wait else now + verdict.wait,
                taken_by=sender if is_done else "",
                **({} if is_told else {"told": {}}),
            )
            if verdict.state == State.SENT:
                _took(pks)


def _took(pks: Sequence[int]) -> None:
    """A server that takes a mail has nothing against the address; where one has taken mails before
    and reported later that there is no such address, this says nothing."""
    refused_before = Subscriber.objects.filter(deliveries__in=pks, bounces__gt=0)
    several = list(refused_before.values_list("pk", flat=True))
    if several:
        reports = Delivery.objects.filter(subscriber__in=several, said__startswith=REPORTED)
        told_of = set(reports.values_list("subscriber_id", flat=True))
        Subscriber.objects.filter(pk__in=set(several) - told_of).update(bounces=0)


@transaction.atomic
def take_report(number: int, verdict: Verdict) -> bool:
    """A mail that was sent came back; whether it is the first time that this is said."""
    rows = Delivery.objects.select_for_update().filter(pk=number, state=State.SENT)
    found = rows.first()
    if found is None:
        return False
    found.state, found.said = verdict.state, verdict.said
    found.save(update_fields=["state", "said"])
    if verdict.is_bounce:
        refuse([found.subscriber_id])
    return True


def refuse(subscribers: Sequence[int], *, times: int = 1) -> None:
    """Their addresses were refused for good, so many times more; held back after some."""
    rows = Subscriber.objects.filter(pk__in=subscribers)
    rows.update(bounces=F("bounces") + times)
    full = rows.filter(bounces__gte=MOST_BOUNCES, held_back_since=None)
    full.update(held_back_since=timezone.now())


def recover() -> int:
    """Settle what dead senders of this machine had in hand, and what those of another have had for
    too long; how many."""
    settled = 0
    for name, handed in left_behind(folder()):
        with transaction.atomic():
            rows = Delivery.objects.filter(state=State.TAKEN, taken_by=name)
            now = timezone.now()
            of_sender = set(rows.values_list("pk", flat=True))
            confirmed = [pk for pk in of_sender if handed.get(pk) == CONFIRMED]
            doubtful = [pk for pk in of_sender if handed.get(pk, CONFIRMED) != CONFIRMED]
            for pks, said in ((confirmed, "250"), (doubtful, UNCONFIRMED)):
                rows.filter(pk__in=pks).update(
                    state=State.SENT, said=said, attempts=F("attempts") + 1, done_at=now
                )
            rows.update(state=State.WAITING, taken_by="")
        if of_sender:
            log.warning(
                "A sender died with %s mails in hand: %s were sent, %s handed over but not"
                " confirmed, the others go out now.",
                len(of_sender),
                len(confirmed),
                len(doubtful),
            )
        settled += len(of_sender)
    return settled + _overdue()


def _overdue() -> int:
    """A machine that comes back settles what of its own is left."""
    late = Delivery.objects.filter(state=State.TAKEN, taken_at__lt=timezone.now() - LEASE)
    if not late.exists():
        return 0
    return late.exclude(taken_by__in=names(folder())).update(state=State.WAITING, taken_by="")


def forget_old() -> int:
    """Delete what was done long ago; mailings stay, so that none begins again."""
    before = timezone.now() - KEPT
    done = Delivery.objects.filter(done_at__lt=before).order_by("pk")
    pks = list(done.values_list("pk", flat=True)[:MOST_FORGOTTEN])
    Delivery.objects.filter(pk__in=pks).delete()
    return len(pks)
