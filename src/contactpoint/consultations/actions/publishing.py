"""What came of a round becomes public, or is taken back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from contactpoint.consultations.models import Round
from contactpoint.consultations.signals import answers_changed


class PublishingError(Exception):
    """It can't be published as it stands; nothing was changed."""


@transaction.atomic
def publish_round(round: Round, *, user: Any) -> Round:
    """Make public what may be: results of a survey also while answers come in, of states only
    what was sent. Raises `PublishingError` for a draft, or for what is not told of in public."""
    held = Round.objects.select_for_update().get(pk=round.pk)
    if held.status == Round.Status.DRAFT or not held.is_listed:
        raise PublishingError
    if held.published_at is None:
        held.published_at = timezone.now()
        held.first_published_at = held.first_published_at or held.published_at
        _tell(held, "consultations.publish", user)
    return held


@transaction.atomic
def withdraw_round(round: Round, *, user: Any) -> Round:
    """Take it back: nothing that was answered is public any more, with this transaction."""
    held = Round.objects.select_for_update().get(pk=round.pk)
    if held.published_at is not None:
        held.first_published_at = held.first_published_at or held.published_at
        held.published_at = None
        _tell(held, "consultations.withdraw", user)
    return held


def _tell(round: Round, action: str, user: Any) -> None:
    round.save(update_fields=["published_at", "first_published_at", "updated_at"])
    log(instance=round, action=action, user=user)
    answers_changed.send(sender=Round, round=round.pk)
