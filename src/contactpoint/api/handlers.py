"""What the worker does for proposals: forgets what those said that were decided long ago."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from contactpoint.api.models import Proposal
from contactpoint.kit.housekeeping import tidies

KEPT: Final = timedelta(days=365)
"""A partner's program has read by then what became of it; an accepted one lives in its page."""


@tidies
def forget_decided() -> int:
    """The row stays, so that the partner's key proposes nothing a second time."""
    old = Proposal.objects.filter(decided_at__lt=timezone.now() - KEPT).exclude(content={})
    return old.update(content={}, read={}, title="")
