"""The pieces of a translation beside those of its original, and what a translator does to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from contactpoint.languages.desk.terms import Part, with_terms
from contactpoint.languages.desk.wording import html_of, words_of
from contactpoint.languages.differences import CHANGED, UNTRANSLATED, Difference
from contactpoint.languages.models import Standing
from contactpoint.languages.passages import NOT_READ, by_path, digest_of, passages_of, plain
from contactpoint.languages.worddiff import Piece, word_diff

LONGEST: Final = 20_000
MANUAL: Final = StringTranslation.TRANSLATION_TYPE_MANUAL


@dataclass(slots=True)
class Segment:
    """One piece: `html` is the original's, `earlier` what is public, `text` the translation's: as
    its plain words where the original's has no markup.
    """

    pk: int
    path: str
    html: str
    text: str = ""
    error: str = ""
    by_machine: bool = False
    earlier: str = ""
    changed: list[Piece] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def value(self) -> str:
        """What the field starts from: the translation, else that of the earlier original."""
        return self.text or self.earlier

    @property
    def is_done(self) -> bool:
        """Whether readers get it in their language; what may not be published is not."""
        return bool(self.text and not self.error)

    @property
    def is_short(self) -> bool:
        """Whether one line will do."""
        return len(self.html) < 90


def segments_of(translation: Translation, page: Page, standing: Standing | None) -> list[Segment]:
    """All pieces in order; words of the original with what changed since the translation."""
    known = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(
            locale_id=translation.target_locale_id, context__object_id=page.translation_key
        ).select_related("translation_of")
    }
    shown = by_path(passages_of(page))
    told = [Difference(**each) for each in standing.differences] if standing else []
    before = {(one.path, one.after): one for one in told if one.kind == CHANGED}
    foreign = {(one.path, one.index) for one in told if one.kind == UNTRANSLATED}
    language = translation.source.locale.language_code
    target = translation.target_locale.language_code
    found, places = [], dict[str, int]()
    rows = StringSegment.objects.filter(source_id=translation.source_id)
    for row in rows.select_related("string", "context").order_by("order"):
        path = row.context.path
        place = places.get(path, -1) + 1
        places[path] = place
        if path in NOT_READ:
            continue
        segment = Segment(row.pk, path, row.string.data)
        words = plain(segment.html)
        segment.parts = with_terms(words, language, target)
        theirs = known.get((row.string_id, row.context_id))
        if theirs is not None:
            segment.text = words_of(theirs.data, segment.html)
            segment.error = theirs.get_error() or ""
            segment.by_machine = theirs.translation_type != MANUAL
        was = before.get((path, digest_of(words)))
        if was is not None:
            segment.changed = word_diff(was.was, words)
            there = shown.get(was.at, [])
            is_foreign = (was.path, was.index) in foreign
            if not segment.text and not is_foreign and 0 <= was.place < len(there):
                segment.earlier = there[was.place].text
        found.append(segment)
    return found


@transaction.atomic
def take(translation: Translation, segments: list[Segment], data: Mapping[str, Any]) -> int:
    """Keep what was typed and what was found right; returns how many pieces changed.

    A field that still holds the earlier translation is kept only if its box says that it is right.
    """
    rows = {row.pk: row for row in StringSegment.objects.filter(source_id=translation.source_id)}
    changed = 0
    for segment in segments:
        name = f"text-{segment.pk}"
        if name not in data or segment.pk not in rows:
            continue
        typed = str(data[name])[:LONGEST].replace("\r\n", "\n").strip()
        is_right = f"right-{segment.pk}" in data
        if typed == segment.value and not (is_right and (segment.by_machine or segment.earlier)):
            continue
        row, changed = rows[segment.pk], changed + 1
        key = {
            "translation_of_id": row.string_id,
            "locale_id": translation.target_locale_id,
            "context_id": row.context_id,
        }
        if not typed:
            for theirs in StringTranslation.objects.filter(**key):
                theirs.delete()
            continue
        text = html_of(typed, segment.html)
        kept = {"data": text, "translation_type": MANUAL, "tool_name": ""}
        kept |= {"last_translated_by": data.get("user"), "has_error": False, "field_error": ""}
        StringTranslation.objects.update_or_create(**key, defaults=kept)
    return changed
