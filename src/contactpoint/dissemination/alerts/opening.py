"""Whoever was not told of something because it was hidden is told when it is open again.

What a delivery could not tell no longer stands among what it is about (`alerts.gathering`). So it
is enough to let the next mailing of those who follow the thing look further back than its window:
it tells each what no mail of theirs is about yet.
"""

from typing import Final

from django.db import transaction
from django.utils import timezone

from contactpoint.dissemination.alerts.filling import LOOKS_BACK
from contactpoint.dissemination.alerts.gathering import is_shown
from contactpoint.dissemination.matching.happenings import happen_now
from contactpoint.dissemination.models import Happening, Subscriber, Subscription
from contactpoint.search.sources import documents

AT_ONCE: Final = 50
Untold = Happening.Untold


def told_again() -> None:
    """What was opened concerns its followers once more. One query where there is nothing."""
    opened = Happening.objects.filter(untold=Untold.OPENED)
    pks = list(opened.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if pks:
        _tell_again(pks)


@transaction.atomic
def _tell_again(pks: list[int]) -> None:
    opened = Happening.objects.filter(untold=Untold.OPENED, pk__in=pks)
    rows = Subscription.objects.filter(interest__matches__happening__in=pks)
    people = Subscriber.objects.select_for_update().filter(pk__in=rows.values("subscriber_id"))
    list(people.order_by("pk").values_list("pk", flat=True))  # who is being served goes first
    rows.update(is_behind=True)
    opened.update(untold="")


def opened_lately() -> int:
    """What nothing told us was opened: an expiry that was put off, a page opened at the very moment
    at which a mail was composed. Returns 0, since nothing is deleted."""
    hidden = Happening.objects.filter(untold=Untold.HIDDEN)
    horizon = timezone.now() - LOOKS_BACK
    hidden.filter(matched_at__lt=horizon).update(untold="")
    aside = Happening.objects.filter(untold=Untold.ASIDE, matched_at__gte=horizon)
    rows = [*hidden.order_by("pk"), *aside.order_by("pk")]
    keys = sorted({one.thing for one in rows})
    for start in range(0, len(keys), AT_ONCE):
        things = {one.key: one for one in documents(keys[start : start + AT_ONCE])}
        pks = [one.pk for one in rows if one.thing in things and is_shown(one, things[one.thing])]
        hidden.filter(pk__in=pks).update(untold=Untold.OPENED)
        happen_now(aside.filter(pk__in=pks))
    return 0
