"""Questions that came from several networks on several days, for whoever is typing one."""

from datetime import timedelta
from typing import Final

from django.db.models import Count, Max, Sum
from django.utils import timezone

from contactpoint.glossary.models.decisions import key_of
from contactpoint.kit.shared import Shared
from contactpoint.search.models import AskedQuestion, Unsuggested
from contactpoint.search.noticing.plain import is_plain

DAYS: Final = 2
"""On how many days a question must have been asked often enough to be counted."""
SINCE: Final = timedelta(days=90)
SHORTEST: Final = 2
MOST: Final = 500
KEPT: Final = 300
"""Seconds; a withheld question goes at once."""
_shared: Final = Shared("search.frequent", KEPT, by_numbers=False)


def frequent(text: str, language: str, limit: int = 4) -> list[str]:
    """Questions that begin so, the most frequent first; those that found nothing are left out.

    Asks the shared cache; once in five minutes the database.
    """
    begun = key_of(text)
    if len(begun) < SHORTEST:
        return []
    often = _shared.get(language, lambda: _often(language))
    return [words for folded, words in often if folded.startswith(begun) and folded != begun][
        :limit
    ]


def forget() -> None:
    """Ask the database the next time."""
    _shared.forget()


def _often(language: str) -> list[tuple[str, str]]:
    rows = (
        AskedQuestion.objects.filter(language=language, day__gte=timezone.localdate() - SINCE)
        .exclude(words="")
        .exclude(folded__in=Unsuggested.objects.filter(language=language).values("folded"))
        .order_by()
        .values_list("folded")
        .annotate(text=Max("words"), days=Count("day"), often=Sum("times"), nothing=Sum("empty"))
        .filter(days__gte=DAYS, nothing=0)
        .order_by("-often", "folded")
    )
    return [(folded, text) for folded, text, *_numbers in rows[:MOST] if is_plain(text, language)]
