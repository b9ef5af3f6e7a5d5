"""What happens to things, written down in the transaction that changes them, each once.

What nobody may see is told to nobody, and is not lost: of an output, or a language of one, that is
not public when its happening is matched the row is set aside until it is opened; who would have
been told of something while it was hidden (`hid_from`) is told when it is open again.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from contactpoint.dissemination.models import Happening, Match

What = Happening.What
RECENT: Final = timedelta(days=31)
"""What is dated earlier is old, if many of its kind come at once."""
RECENT_BY_HAND: Final = timedelta(days=366)
"""The same of what somebody publishes by itself: a study of the spring may come in autumn."""
_LONGEST_MARK: Final = 100
Untold = Happening.Untold


def happened(
    thing: str,
    what: str,
    *,
    mark: str = "",
    language: str = "",
    note: str = "",
    detail: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> bool:
    """Write it down in the caller's transaction; whether nobody had before.

    `thing` is the key of a search document, `mark` makes it one whatever tells of it twice: the
    number of a correction, a language, the day of figures. `note` is public as the thing is. Two
    queries.
    """
    return bool(
        happened_all([(thing, mark)], what, language=language, note=note, detail=detail, at=at),
    )


def happened_all(
    things: list[tuple[str, str]],
    what: str,
    *,
    language: str = "",
    note: str = "",
    detail: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> int:
    """The same for several, as pairs of thing and mark; how many are new."""
    moment = at or timezone.now()
    wanted = {(thing, mark[:_LONGEST_MARK]): None for thing, mark in things}
    known = Happening.objects.filter(what=what, thing__in={thing for thing, _mark in wanted})
    for pair in known.values_list("thing", "mark"):
        wanted.pop(pair, None)
    # Nobody hears of what is taken away: it is kept for whoever lists it.
    done = moment if what == What.WITHDRAWN else None
    Happening.objects.bulk_create(
        (
            Happening(
                thing=thing,
                what=what,
                mark=mark,
                language=language,
                note=note,
                detail=detail or {},
                at=moment,
                matched_at=done,
            )
            for thing, mark in wanted
        ),
        ignore_conflicts=True,
        batch_size=500,
    )
    return len(wanted)


def set_aside(rows: "QuerySet[Happening]") -> None:
    """What happened to outputs, or languages of them, that nobody may see (any more), and that
    nobody was told of."""
    here = rows.filter(thing__startswith="output:", told_in=None).exclude(what=What.WITHDRAWN)
    pks = list(here.values_list("pk", flat=True))
    Match.objects.filter(happening__in=pks).delete()
    Happening.objects.filter(pk__in=pks).update(matched_at=timezone.now(), untold=Untold.ASIDE)


def hid_from(rows: "QuerySet[Happening]") -> None:
    """Somebody who follows these was due to be told, while nobody could see the thing."""
    rows.exclude(untold=Untold.ASIDE).update(untold=Untold.HIDDEN)


def opened(thing: str = "") -> None:
    """Something was opened: what was set aside (of one thing or of all, few in any case) is matched
    anew, and happens now; what was hidden from somebody is looked at again. What is hidden still is
    set aside again."""
    rows = Happening.objects.filter(thing=thing) if thing else Happening.objects.all()
    rows.filter(untold=Untold.HIDDEN).update(untold=Untold.OPENED)
    happen_now(rows)


def happen_now(rows: "QuerySet[Happening]") -> None:
    """What of these was set aside is matched anew: it is seen, or may be."""
    # A correction of last year is none any more.
    is_told = Q(what__in=(What.NEW, What.TRANSLATED)) | Q(at__gte=timezone.now() - RECENT)
    aside = rows.filter(is_told, untold=Untold.ASIDE)
    aside.update(matched_at=None, at=timezone.now(), untold="")


def is_recent(day: date | None, *, is_one_of_many: bool = False) -> bool:
    """Whether something dated so counts as new. What is to come does; what has no day does where
    somebody publishes it by itself."""
    if day is None:
        return not is_one_of_many
    return day >= timezone.localdate() - (RECENT if is_one_of_many else RECENT_BY_HAND)
