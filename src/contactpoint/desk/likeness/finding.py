"""Which outputs look like one that is being written, or was."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from contactpoint.desk.likeness.keys import Known, keys, known, likeness
from contactpoint.desk.models import Likeness, PageKey
from contactpoint.desk.models.likeness import By
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.words import plain

_MOST_COMPARED: Final = 40
_COMMON: Final = 60
"""A number that more outputs have says nothing of them: a title like “Newsletter”."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An output that looks like another."""

    page: Output
    by: By
    percent: int


def known_of(page: Any) -> Known:
    """What an output in memory is compared by."""
    return known(page.title, f"{page.teaser} {plain(page.body)}", page.source_url)


def alike(of: Known, language: str, *, but: UUID | None = None) -> list[Alike]:
    """The outputs, drafts among them, that look like it, the most alike first; three queries.

    `but` is the translation key of the item itself: its own languages are no duplicates.
    """
    numbers = [value for _by, value in keys(of, language)]
    if not numbers:
        return []
    rows = PageKey.objects.filter(value__in=numbers)
    common = rows.values("value").annotate(times=Count("pk")).filter(times__gt=_COMMON)
    rows = rows.exclude(value__in=list(common.values_list("value", flat=True)))
    if but is not None:
        rows = rows.exclude(page__translation_key=but)
    most = rows.values("page").annotate(times=Count("pk")).order_by("-times", "-page")
    pages = Output.objects.filter(pk__in=[row["page"] for row in most[:_MOST_COMPARED]])
    found = []
    for page in pages.select_related("locale"):
        same = likeness(of, known_of(page))
        if same is not None:
            found.append(Alike(page, *same))
    return sorted(found, key=lambda one: (-one.percent, one.page.pk))


@transaction.atomic
def remember(page: Output) -> None:
    """Write an output's numbers, and what it looks like; what an editor dismissed stays so."""
    of, language = known_of(page), page.locale.language_code
    PageKey.objects.filter(page=page.pk).delete()
    PageKey.objects.bulk_create(
        PageKey(page_id=page.pk, by=by, value=value) for by, value in keys(of, language)
    )
    found = alike(of, language, but=page.translation_key)
    _both(page.pk).filter(dismissed_at=None).delete()
    Likeness.objects.bulk_create(_rows(page.pk, found), ignore_conflicts=True)


def dismissed(page: Output) -> set[int]:
    """The keys of the outputs that somebody said are not the same as this one."""
    rows = _both(page.pk).exclude(dismissed_at=None).values_list("one", "other")
    return {key for row in rows for key in row} - {page.pk}


def _both(pk: int) -> Any:
    """A union of two indexes: one column of two is what each of them knows."""
    ones = Likeness.objects.filter(one=pk).values("pk")
    others = Likeness.objects.filter(other=pk).values("pk")
    return Likeness.objects.filter(pk__in=[row["pk"] for row in ones.union(others)])


def _rows(pk: int, found: Iterable[Alike]) -> list[Likeness]:
    return [
        Likeness(
            one_id=min(pk, each.page.pk),
            other_id=max(pk, each.page.pk),
            by=each.by,
            percent=each.percent,
        )
        for each in found
    ]
