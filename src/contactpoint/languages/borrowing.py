"""Which words of a translation nobody has translated: written down for all who show its title.

The page itself tells its readers from its standing. Lists, feeds, the search, the sitemap and the
language switcher stand below this app, or must not read a whole standing for each line.
"""

from collections.abc import Iterable
from typing import Any, Final

from contactpoint.kit.models import BorrowedWords
from contactpoint.languages.differences import UNTRANSLATED, is_translated
from contactpoint.languages.models import Standing

NOTED: Final = ("title", "teaser")


def borrowed(standing: Standing, language: str) -> dict[str, str]:
    """The columns of `BorrowedWords`; `language` is that of the original. Empty where all is
    translated that anybody else shows."""
    paths = {one["path"] for one in standing.differences if one["kind"] == UNTRANSLATED}
    noted = {name: language for name in NOTED if name in paths}
    if paths and is_whole(standing.basis):
        noted["whole"] = language
    return noted


def is_whole(basis: Iterable[Any]) -> bool:
    """Whether not one paragraph is translated."""
    return not any(is_translated(noted) for _path, digests in basis for noted in digests)


def note_borrowed(standings: Iterable[Standing], language: str) -> None:
    """Write down what these translations borrow of an original in `language`; what is as it was
    is not written, so that nobody is told of it."""
    found = {standing.pk: borrowed(standing, language) for standing in standings}
    known = {row.pk: row for row in BorrowedWords.objects.filter(page__in=found)}
    for pk, noted in found.items():
        row = known.get(pk)
        if noted:
            made = BorrowedWords(page_id=pk, **noted)
            if row is None or _columns(row) != _columns(made):
                made.save()
        elif row is not None:
            row.delete()


def _columns(row: BorrowedWords) -> tuple[str, str, str]:
    return row.title, row.teaser, row.whole
