"""What happens to things, written down in the transaction that changes them, each once.

A thing that is not public when its happening is matched was never told of: the row goes. Of a new
output it is set aside, since publishing it again says nothing: it is new when it is opened at last.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from contactpoint.dissemination.models import Happening, Match

What = Happening.What
RECENT: Final = timedelta(days=31)
"""What is dated earlier is old, if many of its kind come at once."""
RECENT_BY_HAND: Final = timedelta(days=366)
"""The same of what somebody publishes by itself: a study of the spring may come in autumn."""
_LONGEST_MARK: Final = 100
_HIDDEN: Final = {"hidden": True}


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
    """Outputs that are new and that nobody may see (any more) and nobody was told of."""
    new = rows.filter(what=What.NEW, thing__startswith="output:", told_in=None)
    pks = list(new.values_list("pk", flat=True))
    Match.objects.filter(happening__in=pks).delete()
    Happening.objects.filter(pk__in=pks).update(matched_at=timezone.now(), detail=_HIDDEN)


def opened(thing: str = "") -> None:
    """Something was opened: what was set aside (of one thing or of all, few in any case) is matched
    anew, and happens now. What is hidden still is set aside again."""
    rows = Happening.objects.filter(what=What.NEW, detail=_HIDDEN)
    rows = rows.filter(thing=thing) if thing else rows
    rows.update(matched_at=None, at=timezone.now(), detail={})


def is_recent(day: date | None, *, is_one_of_many: bool = False) -> bool:
    """Whether something dated so counts as new. What is to come does; what has no day does where
    somebody publishes it by itself."""
    if day is None:
        return not is_one_of_many
    return day >= timezone.localdate() - (RECENT if is_one_of_many else RECENT_BY_HAND)
