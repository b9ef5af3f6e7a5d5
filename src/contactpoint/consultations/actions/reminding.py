"""Writes to respondents: invitations, and reminders to those who have not answered."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.consultations.actions.inviting import (
    INVITATION,
    InvitingError,
    ensure_mailed,
    mail_to,
)
from contactpoint.consultations.models import Mailing, Respondent, Round
from contactpoint.consultations.timing import Standing, standing

APART: Final = timedelta(hours=20)
"""So long lies between two mails to the same person at least: nobody is pestered by a button that
was pressed twice."""


def due(round: Round) -> list[int]:
    """Who would be reminded now: was written to, some time ago, and has not answered."""
    since = timezone.now() - APART
    written_to = Respondent.objects.filter(
        round=round, has_answered=False, mailings__turn=INVITATION
    ).exclude(email="")
    latest = written_to.annotate(latest=Max("mailings__sent_at"))
    waiting = Mailing.objects.filter(sent_at=None).values("respondent")
    return list(
        latest.filter(latest__lte=since).exclude(pk__in=waiting).values_list("pk", flat=True)
    )


@transaction.atomic
def remind(round: Round) -> int:
    """Have all reminded who have not answered; returns how many. The round's row is held, so that
    of two who press the button one finds nobody left."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    if standing(round) is not Standing.OPEN:
        raise InvitingError(_("Reminders are sent while the survey is open."))
    ensure_mailed(round)
    people = due(round)
    if not people:
        return 0
    last = Mailing.objects.filter(respondent__round=round).aggregate(last=Max("turn"))["last"] or 0
    return mail_to(round, people, last + 1)
