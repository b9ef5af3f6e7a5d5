"""Changes of an original that make a translation no older: cosmetic ones, and those it follows.

What a translation by segments was made from is read from its pieces, which stay those of the older
original until a translator takes the newer ones. So what was settled is repeated on them each
time, and the translator's words are kept for the newer words of the original as well.
"""

from collections.abc import Collection, Iterable
from typing import Any, Final

from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from contactpoint.languages.differences import (
    CHANGED,
    GONE,
    NEW,
    Difference,
    instead,
    version_of,
)
from contactpoint.languages.passages import digest_of, plain

Step = list[Any]
"""`[path, kind, index, before, after]`"""
_LINK: Final = "<a "
_LIKE: Final = ("data", "translation_type", "tool_name", "last_translated_by")
"""What the translation of the newer words has of that of the older."""


def steps_of(settled: Collection[Difference]) -> list[Step]:
    """In the order in which they are repeated: from the end, so that no place moves before."""
    return [[one.path, one.kind, one.index, one.before, one.after] for one in reversed([*settled])]


def repeated(path: str, digests: list[str], steps: Iterable[Step]) -> list[str]:
    """What a path was made from, if these changes count no more; the same if they are in it."""
    made = list(digests)
    for where, kind, index, before, after in steps:
        if where != path:
            continue
        versions = [version_of(noted) for noted in made]
        if kind == NEW:
            if after not in versions:
                made.insert(index, after)
            continue
        if before not in versions:
            continue
        place = index if versions[index : index + 1] == [before] else versions.index(before)
        made[place : place + 1] = [instead(made[place], after)] if kind == CHANGED else []
    return made


def still_needed(steps: Iterable[Step], pieces: dict[str, set[str]]) -> list[Step]:
    """Those that the pieces stem from before; `pieces` are digests of their originals by path."""
    kept: list[Step] = []
    known = {path: set(digests) for path, digests in pieces.items()}
    for step in steps:
        path, kind, _index, before, after = step
        there = known.get(path, set())
        if (kind == NEW and path in pieces and after not in there) or (
            kind in (CHANGED, GONE) and before in there
        ):
            kept.append(step)
            there.add(after)
    return kept


def carry_over(source: Page, locale_id: int, settled: Iterable[Difference]) -> None:
    """Keep the translation of older words for those that changed no meaning.

    Whoever takes the changes of the original then finds these paragraphs translated. Words with a
    link more or less than the newer ones are left to the translator.
    """
    changed = [one for one in settled if one.kind == CHANGED]
    if not changed:
        return
    now = {
        (segment.path, digest_of(plain(segment.string.data))): segment.string
        for segment in extract_segments(source)
        if isinstance(segment, StringSegmentValue)
    }
    rows = StringTranslation.objects.filter(
        locale_id=locale_id,
        context__object_id=source.translation_key,
        context__path__in={one.path for one in changed},
        has_error=False,
    )
    theirs = {
        (row.context.path, digest_of(plain(row.translation_of.data))): row
        for row in rows.select_related("context", "translation_of")
    }
    for one in changed:
        row, words = theirs.get((one.path, one.before)), now.get((one.path, one.after))
        if row is None or words is None or row.data.count(_LINK) != words.data.count(_LINK):
            continue
        StringTranslation.objects.get_or_create(
            translation_of=String.from_value(source.locale, words),
            locale_id=locale_id,
            context_id=row.context_id,
            defaults={name: getattr(row, name) for name in _LIKE},
        )
