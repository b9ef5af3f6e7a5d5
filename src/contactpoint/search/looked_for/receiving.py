"""Writes down what readers did not find: the words, the language, how often, first and last day."""

from typing import Final

from django.db import transaction
from django.db.models import Case, CharField, F, Value, When
from django.http import HttpRequest
from django.utils import timezone

from contactpoint.accounts import places
from contactpoint.accounts.places import DAY, HOUR, MINUTE
from contactpoint.glossary.models.decisions import key_of
from contactpoint.kit.counting import is_first
from contactpoint.search.looked_for.offering import TOO_OLD, Sent
from contactpoint.search.models import LookedFor

A_PLACE_A_MINUTE: Final = 6
A_PLACE_AN_HOUR: Final = 30
A_PLACE_A_DAY: Final = 60
NEW_A_DAY: Final = 300
_ROOM: Final = "looked-for"


def seconds_to_wait(request: HttpRequest) -> int:
    """How long this place has to wait before it sends another one; none: it is counted."""
    if LookedFor.objects.filter(first_day=timezone.localdate()).count() >= NEW_A_DAY:
        return HOUR
    limits = {MINUTE: A_PLACE_A_MINUTE, HOUR: A_PLACE_AN_HOUR, DAY: A_PLACE_A_DAY}
    return places.seconds_to_wait(_ROOM, places.network(request), limits)


def was_sent(sent: Sent) -> bool:
    """Whether this very page was sent before; a double click counts once."""
    return not is_first(f"{_ROOM}:sent:{sent.page}", TOO_OLD)


@transaction.atomic
def receive(sent: Sent) -> None:
    """One more reader looked for it; what was answered waits again, what was dismissed does not."""
    today, status = timezone.localdate(), LookedFor.Status
    row = LookedFor(
        folded=key_of(sent.words),
        language=sent.language,
        words=sent.words,
        times=0,
        first_day=today,
        last_day=today,
    )
    LookedFor.objects.bulk_create([row], ignore_conflicts=True)
    again = When(status=status.ANSWERED, then=Value(status.WAITING.value))
    LookedFor.objects.filter(folded=row.folded, language=row.language).update(
        times=F("times") + 1,
        last_day=today,
        status=Case(again, default=F("status"), output_field=CharField()),
    )
