"""Which outputs look like one that is being written, or was."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, Value, When

from contactpoint.desk.likeness.keys import Known, keys, known, likeness
from contactpoint.desk.models import Likeness, PageKey
from contactpoint.desk.models.likeness import By
from contactpoint.outputs.models import Output
from contactpoint.outputs.models.words import plain

_MOST_COMPARED: Final = 40
_AT_ONCE: Final = 5_000
COMMON: Final = {By.SOURCE: 3, By.TITLE: 15, By.TEXT: 15}
"""A number that more items have says nothing of them: a title like “Newsletter”, a data set that
many texts are drawn from."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An output that looks like another."""

    page: Output
    by: By
    percent: int


def known_of(page: Any) -> Known:
    """What an output in memory is compared by."""
    text = f"{page.teaser} {plain(page.body)}"
    return known(page.title, text, page.source_url, teaser=page.teaser)


def alike(of: Known, language: str, *, but: UUID | None = None) -> list[Alike]:
    """The outputs, drafts among them, that look like it, the most alike first; three queries.

    Each item once, in the same language where it has that.
    `but` is the translation key of the item itself: its own languages are no duplicates.
    """
    numbers = [value for _by, value in keys(of, language)]
    if not numbers:
        return []
    rows = PageKey.objects.filter(value__in=numbers)
    items = Count("page__translation_key", distinct=True)
    counts = rows.values_list("by", "value").annotate(items=items)
    common = [value for by, value, number in counts if number > COMMON[By(by)]]
    rows = rows.exclude(value__in=common)
    if but is not None:
        rows = rows.exclude(page__translation_key=but)
    most = rows.values("page").annotate(times=Count("pk")).order_by("-times", "-page")
    pages = Output.objects.filter(pk__in=[row["page"] for row in most[:_MOST_COMPARED]])
    found: dict[UUID, Alike] = {}
    own_language_first = pages.select_related("locale").order_by(
        Case(When(locale__language_code=language, then=Value(0)), default=Value(1)), "pk"
    )
    for page in own_language_first:
        same = likeness(of, known_of(page))
        if same is not None:
            found.setdefault(page.translation_key, Alike(page, *same))
    return sorted(found.values(), key=lambda one: (-one.percent, one.page.pk))


def sharing(numbers: Collection[int], language: str) -> dict[int, set[int]]:
    """The keys of the pages in a language that have each of many numbers; one query for
    thousands. Numbers that too many have are in it as well."""
    found: dict[int, set[int]] = {}
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        rows = PageKey.objects.filter(
            value__in=ordered[start : start + _AT_ONCE], page__locale__language_code=language
        )
        for value, page in rows.values_list("value", "page"):
            found.setdefault(value, set()).add(page)
    return found


@transaction.atomic
def remember(page: Output) -> None:
    """Write an output's numbers, and what it looks like; what an editor dismissed stays so."""
    of, language = known_of(page), page.locale.language_code
    PageKey.objects.filter(page=page.pk).delete()
    PageKey.objects.bulk_create(
        PageKey(page_id=page.pk, by=by, value=value) for by, value in keys(of, language)
    )
    found = alike(of, language, but=page.translation_key)
    if not page.is_original():  # two items that share a source are one pair, not one a language
        found = [one for one in found if one.page.locale_id == page.locale_id]
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
