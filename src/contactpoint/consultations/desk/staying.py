"""What of the days of a survey stays once people answer it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.consultations.models import Round
from contactpoint.consultations.timing import Standing, standing


def refused(
    before: Round, opens_at: datetime | None, closes_at: datetime | None
) -> Iterator[tuple[str, Any]]:
    """Field → why it can't be so, for a survey as it is stored."""
    if before.is_of_states or before.status == Round.Status.DRAFT:
        return
    now = timezone.now()
    stands = standing(before, now)
    if stands is not Standing.NOT_YET and opens_at is not None and opens_at > now:
        yield "opens_at", _("It has opened already: who has begun could not go on.")
    if _minute(closes_at) == _minute(before.closes_at):
        return
    if stands is Standing.OVER and before.was_published:
        # Two tables of one survey, the second with more answers, would tell of those.
        yield (
            "closes_at",
            _(
                "It is over and its results were published, so nobody answers it again: from the "
                "tables before and after, single answers could be worked out. Hold a new wave."
            ),
        )
    elif closes_at is not None and closes_at <= now:
        yield (
            "closes_at",
            _(
                "This moment is past. To end the survey now, press “Close now” on its page: "
                "who has begun has an hour more then."
            ),
        )


def _minute(moment: datetime | None) -> datetime | None:
    """The form knows no seconds."""
    return moment.replace(second=0, microsecond=0) if moment is not None else None
