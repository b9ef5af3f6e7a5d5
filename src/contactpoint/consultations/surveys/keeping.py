"""What the worker forgets in time: whom a survey asked, and what was never sent.

Of an anonymous round the order of rows in the database could tell what nothing else does: who is
marked as having answered, and which answers came, are written at the same moment. So both are
written anew now and then, in an order of their own.
"""

import random
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from contactpoint.consultations.actions.inviting import count
from contactpoint.consultations.models import Respondent, Response, Round
from contactpoint.consultations.timing import HOUR_MORE

AS_LONG_AS_COUNTED = timedelta(days=2)


def _surveys() -> "QuerySet[Round]":
    return Round.objects.exclude(access=Round.Access.STATES)


def forget() -> int:
    """Delete respondents, their links and mails, and what was begun and never sent; returns how
    many rows. How many were asked stays with the round."""
    before = timezone.now() - timedelta(days=settings.RESPONDENTS_KEPT_DAYS) - HOUR_MORE
    over = _surveys().filter(Q(closed_at__lte=before) | Q(closes_at__lte=before))
    gone = 0
    for round in over:
        with transaction.atomic():
            people = Respondent.objects.filter(round=round)
            if people.exists():
                count(round)
                gone += people.delete()[0]
            begun = Response.objects.filter(round=round, is_test=False)
            gone += begun.exclude(status=Response.Status.SENT).delete()[0]
    return gone


def cut_links() -> int:
    """Once an anonymous round is over, nobody comes back to an answer: not even who still has the
    link. Returns how many were cut."""
    before = timezone.now() - HOUR_MORE
    over = _surveys().filter(is_anonymous=True)
    over = over.filter(Q(closed_at__lte=before) | Q(closes_at__lte=before))
    sent = Response.objects.filter(round__in=over, status=Response.Status.SENT)
    return sent.exclude(digest=None).update(digest=None)


def shuffle() -> int:
    """Write the rows of anonymous rounds with personal links anew, in random order. Returns 0,
    since nothing is deleted."""
    since = timezone.localdate() - AS_LONG_AS_COUNTED
    rounds = _surveys().filter(is_anonymous=True, access=Round.Access.PERSONAL)
    for round in rounds.filter(responses__sent_on__gte=since).distinct():
        with transaction.atomic():
            keys = list(round.respondents.values_list("pk", flat=True))
            random.shuffle(keys)
            for pk in keys:
                Respondent.objects.filter(pk=pk).update(has_answered=F("has_answered"))
    return 0
