"""What is forgotten, and when."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from contactpoint.search.models import AskedQuestion, DayKey, LookedFor

KEPT: Final = timedelta(days=400)
"""A year can be compared with the one before."""


def forget_questions() -> int:
    """Delete the keys and the marks of past days, what was asked too rarely on them, and what is
    too old."""
    today = timezone.localdate()
    AskedQuestion.objects.filter(day__lt=today).exclude(networks="").update(networks="")
    rows = (
        DayKey.objects.filter(day__lt=today),
        AskedQuestion.objects.filter(day__lt=today, words=""),
        AskedQuestion.objects.filter(day__lt=today - KEPT),
        LookedFor.objects.filter(last_day__lt=today - KEPT),
    )
    return sum(each.delete()[0] for each in rows)
