"""So many mails a minute to one domain: more, and large providers take us for a nuisance."""

import time
from collections import Counter
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from contactpoint.dissemination.models import Delivery

MINUTE: Final = 60.0
COUNTED_FOR: Final = 5.0
"""Seconds for which the count of the database is used, with our own mails added."""


class Throttle:
    """Counts what went out in the last minute, by whichever sender."""

    def __init__(self) -> None:
        self._counted = 0.0
        self._sent: Counter[str] = Counter()

    @property
    def most(self) -> int:
        """A minute, to one domain; 0: as many as there are."""
        return int(settings.MAILS_A_MINUTE)

    def full(self) -> list[str]:
        """The domains to which nothing may go just now."""
        if not self.most:
            return []
        if time.monotonic() - self._counted > COUNTED_FOR:
            self._count()
        return [domain for domain, number in self._sent.items() if number >= self.most]

    def takes(self, domain: str) -> bool:
        """Whether one more may go there; counts it if so."""
        if self.most and self._sent[domain] >= self.most:
            return False
        self._sent[domain] += 1
        return True

    def _count(self) -> None:
        since = timezone.now() - timedelta(seconds=MINUTE)
        rows = Delivery.objects.filter(state=Delivery.State.SENT, done_at__gt=since)
        self._sent = Counter(
            dict(rows.values_list("domain").annotate(number=Count("pk")).order_by())
        )
        self._counted = time.monotonic()
