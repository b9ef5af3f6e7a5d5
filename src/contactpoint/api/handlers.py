"""What the worker does for programs: for those that come again, and for what they proposed."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from contactpoint.api.dumps import nightly
from contactpoint.api.harvesting import records
from contactpoint.api.models import Proposal
from contactpoint.kit.housekeeping import tidies
from contactpoint.kit.rounds import each_round

KEPT: Final = timedelta(days=365)
"""A partner's program has read by then what became of it; an accepted one lives in its page."""


@tidies
def forget_decided() -> int:
    """The row stays, so that the partner's key proposes nothing a second time."""
    old = Proposal.objects.filter(decided_at__lt=timezone.now() - KEPT).exclude(content={})
    return old.update(content={}, read={}, title="")


@each_round
def note_for_harvesters() -> bool:
    """Note since when records are as they are."""
    return records.keep()


@each_round
def keep_dumps() -> bool:
    """Take away dumps that are not true any more, and ask for a new one each night."""
    return nightly.keep()
