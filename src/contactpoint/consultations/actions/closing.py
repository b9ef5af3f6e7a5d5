"""A round closes: nobody begins any more, and who has begun has an hour (`timing.HOUR_MORE`)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from contactpoint.consultations.models import Round
from contactpoint.consultations.signals import answers_changed


class ClosingError(Exception):
    """It is not open; nothing was changed."""


@transaction.atomic
def close_round(round: Round, *, user: Any) -> Round:
    """Close it now. `closed_at` is the moment: a date that has passed stays the earlier end."""
    held = Round.objects.select_for_update().get(pk=round.pk)
    if held.status != Round.Status.OPEN:
        raise ClosingError
    held.status, held.closed_at = Round.Status.CLOSED, timezone.now()
    held.save(update_fields=["status", "closed_at", "updated_at"])
    log(instance=held, action="consultations.close", user=user)
    answers_changed.send(sender=Round, round=held.pk)
    return held
