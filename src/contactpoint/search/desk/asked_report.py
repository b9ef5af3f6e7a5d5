"""What was asked in a period, by question and language, from the counts of its days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, F, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.search.models import AskedQuestion

PERIODS: Final = (7, 30, 90, 365)
FEW: Final = 5
"""Of so many askings with results, one with an opened result is few."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a period; `empty` are askings that found nothing."""

    folded: str
    language: str
    words: str
    days: int
    times: int
    empty: int
    opened: int
    last: date


def counted(days: int, language: str = "") -> "QuerySet[AskedQuestion]":
    """The days' rows that may be read, of a period that ends today."""
    since = timezone.localdate() - timedelta(days=days - 1)
    rows = AskedQuestion.objects.filter(day__gte=since).exclude(words="").order_by()
    return rows.filter(language=language) if language else rows


def questions(days: int, language: str = "", show: str = "all") -> "QuerySet[Any, Any]":
    """Rows for `as_asked`; `show` is all, "nothing" (found) or "few" (opened)."""
    rows: QuerySet[Any, Any] = (
        counted(days, language)
        .values_list("folded", "language")
        .annotate(
            text=Max("words"),
            on=Count("day"),
            often=Sum("times"),
            nothing=Sum("empty"),
            clicks=Sum("opened"),
            last=Max("day"),
        )
    )
    if show == "nothing":
        return rows.filter(nothing__gt=0).order_by("-nothing", "-often", "folded", "language")
    if show == "few":
        found = F("often") - F("nothing")
        rows = rows.filter(often__gt=F("nothing"), clicks__lt=found / FEW)
    return rows.order_by("-often", "folded", "language")


def as_asked(rows: Sequence[tuple[Any, ...]]) -> list[Asked]:
    """Rows of `questions` by name."""
    return [Asked(*row) for row in rows]


def as_table(rows: "QuerySet[Any, Any]") -> Iterator[list[Any]]:
    """The same for a spreadsheet, with a heading."""
    yield [
        _("Question"), _("Language"), _("Days"), _("Asked"), _("Found nothing"), _("Opened"),
        _("Last asked"),
    ]  # fmt: skip
    for one in as_asked(list(rows)):
        yield [
            one.words, one.language, one.days, one.times, one.empty, one.opened,
            one.last.isoformat(),
        ]  # fmt: skip
