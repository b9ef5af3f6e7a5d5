"""Counts a question, without its words until five networks have asked it on one day.

Until then a row holds a keyed hash, and the key goes with the day. A network counts once a day for
a question, so that nobody plants one alone. Nothing here is ever logged with the words. A count
that can't be written at once is given up: the answer does not wait for it.
"""

import hmac
import logging
import secrets
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Final

from django.db import Error, transaction
from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from contactpoint.accounts import places
from contactpoint.accounts.places import DAY, HOUR
from contactpoint.glossary.models.decisions import key_of
from contactpoint.kit.patience import briefly
from contactpoint.search.models import AskedQuestion, DayKey
from contactpoint.search.noticing.persons import may_name_somebody
from contactpoint.search.noticing.privacy import is_private

FROM: Final = 5
"""From how many networks a question came on a day before its words are written down."""
NEW_FROM_A_NETWORK: Final = {HOUR: 40, DAY: 120}
"""Questions that nobody asked before on the day are counted from one network so often only."""
OPENED_FROM_A_NETWORK: Final = {HOUR: 120, DAY: 400}
NEW_A_DAY: Final = 20_000
log = logging.getLogger(__name__)


def asked(question: str, language: str, total: int, network: str) -> None:
    """Count that a reader of `language` asked it and so many things answer; never fails.

    `network` is where the question came from, which is written nowhere.
    """
    _quietly(lambda: _asked(question, language, total, network))


def opened(question: str, language: str, network: str) -> None:
    """Count that a result was opened; at most as often as it was asked. Never fails."""
    _quietly(lambda: _opened(question, language, network))


def _asked(question: str, language: str, total: int, network: str) -> None:
    words = " ".join(question.split())
    folded = key_of(words)
    if not any(sign.isalnum() for sign in folded) or is_private(words):
        return
    day = timezone.localdate()
    mark = mark_of(folded, day)
    # Of another day's salt nothing is left: a network counts once on each day of the calendar.
    asker = places.mark(f"asked:{day}", f"{network} {language} {mark}")[:12]
    rows = AskedQuestion.objects.filter(day=day, language=language, mark=mark)
    if _count(rows, asker, words, folded, empty=not total):
        return
    # What is counted already was looked at when it began to be.
    if rows.exists() or may_name_somebody(words, language):
        return
    if _has_room(day, network):
        row = AskedQuestion(day=day, language=language, mark=mark)
        # Two processes may meet a question together: one makes the row, both count in it.
        AskedQuestion.objects.bulk_create([row], ignore_conflicts=True)
        _count(rows, asker, words, folded, empty=not total)


def _has_room(day: date, network: str) -> bool:
    """Whether one more question may begin to be counted today, and from this network."""
    if places.seconds_to_wait("asked", network, NEW_FROM_A_NETWORK):
        return False
    return AskedQuestion.objects.filter(day=day).count() < NEW_A_DAY


def _count(
    rows: "QuerySet[AskedQuestion]", asker: str, words: str, folded: str, *, empty: bool
) -> bool:
    """One more, in one statement; the fifth brings the words. False where there is no row yet, or
    the asker was counted in it."""
    is_fifth = When(times__gte=FROM - 1, words="", then=Value(words))
    has_none = When(times__gte=FROM - 1, folded="", then=Value(folded))
    return bool(
        rows.exclude(networks__contains=asker).update(
            times=F("times") + 1,
            networks=Concat("networks", Value(f"{asker} ")),
            empty=F("empty") + int(empty),
            words=Case(is_fifth, default=F("words"), output_field=CharField()),
            folded=Case(has_none, default=F("folded"), output_field=CharField()),
        )
    )


def _opened(question: str, language: str, network: str) -> None:
    if places.seconds_to_wait("opened", network, OPENED_FROM_A_NETWORK):
        return
    folded = key_of(" ".join(question.split()))
    day = timezone.localdate()
    key = DayKey.objects.filter(day=day).values_list("key", flat=True).first()
    if key is not None:
        rows = AskedQuestion.objects.filter(day=day, language=language, mark=_marked(folded, key))
        rows.filter(opened__lt=F("times")).update(opened=F("opened") + 1)


def mark_of(folded: str, day: date) -> str:
    """What stands for a folded question on a day; makes the key of the day where there is none."""
    key = DayKey.objects.filter(day=day).values_list("key", flat=True).first()
    if key is None:
        # Two processes may begin the day together: the first key is kept, and read by both.
        DayKey.objects.bulk_create(
            [DayKey(day=day, key=secrets.token_bytes(32))], ignore_conflicts=True
        )
        key = DayKey.objects.values_list("key", flat=True).get(day=day)
    return _marked(folded, key)


def _marked(folded: str, key: bytes | memoryview) -> str:
    return hmac.new(bytes(key), folded.encode(), sha256).hexdigest()[:32]


def _quietly(write: Callable[[], None]) -> None:
    try:
        with briefly(), transaction.atomic():
            write()
    except Error as problem:
        # No traceback: it would show the words.
        log.info("A question was not counted: %s.", type(problem).__name__)
