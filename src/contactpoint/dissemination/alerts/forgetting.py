"""What is kept no longer: a handful each hour, so that no table is locked for long.

Matches and deliveries say who was told of what, and are looked at for as long as a rhythm that was
changed may ask for it (`filling.LOOKS_BACK`). A happening is kept for longer than anything counts
as new, so that nothing is new a second time.
"""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from contactpoint.dissemination.alerts.filling import KIND
from contactpoint.dissemination.models import Happening, Mailing, Match, Subscription

MATCHES: Final = timedelta(days=90)
HAPPENINGS: Final = timedelta(days=400)
MOST: Final = 5_000


def forget_matches() -> int:
    """What happened met whoever followed it then; how many."""
    before = timezone.now() - MATCHES
    old = Match.objects.filter(happening__matched_at__lt=before)
    pks = list(old.order_by("happening_id", "pk").values_list("pk", flat=True)[:MOST])
    return Match.objects.filter(pk__in=pks).delete()[0]


def forget_happenings() -> int:
    """What nobody is told of any more, and mailings that went out then; how many."""
    before = timezone.now() - HAPPENINGS
    rows = Happening.objects.filter(matched_at__lt=before, matches=None)
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    removed = Happening.objects.filter(pk__in=pks).delete()[0]
    # The last of a rhythm says where the next begins.
    latest = [
        Mailing.objects.filter(kind=KIND, key__startswith=f"{rhythm}:").order_by("-key").first()
        for rhythm in Subscription.Rhythm.values
    ]
    mailings = Mailing.objects.filter(
        kind=KIND, filled_at__lt=before, deliveries=None, happenings=None
    ).exclude(pk__in=[one.pk for one in latest if one is not None])
    pks = list(mailings.order_by("pk").values_list("pk", flat=True)[:MOST])
    return removed + Mailing.objects.filter(pk__in=pks).delete()[0]
