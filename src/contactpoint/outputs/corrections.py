"""Corrections as readers meet them: only of what they may see, or of what an editor withdrew.

A correction of something that readers may not see (any more) is told nowhere: its words would tell
of it. That something was withdrawn is told in the words that were written for it, with its title
only where the editor lets it be told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contactpoint.kit.composing.document import Paragraph, Run
from contactpoint.kit.composing.marking import marked
from contactpoint.kit.feeds import Category, Feed, Item
from contactpoint.kit.labels import labelled, picked
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.models import Correction
from contactpoint.outputs.querysets import entries, readable

FOLDER: Final = "corrections"


@dataclass(frozen=True, slots=True)
class Told:
    """A correction in words of one language; those of other languages say which they are."""

    pk: int
    key: UUID
    day: date
    updated_at: datetime
    is_withdrawn: bool
    title: str
    title_language: str
    url: str
    change: str
    change_language: str
    reason: str
    reason_language: str
    entry: Entry | None

    @property
    def mark(self) -> str:
        """What became of the item."""
        kind = Correction.Kind.WITHDRAWN if self.is_withdrawn else Correction.Kind.CORRECTED
        return str(kind.label)


def public() -> "QuerySet[Correction]":
    """Those that anybody may know of, the newest first."""
    seen = Exists(readable().filter(translation_key=OuterRef("item")))
    known = Q(kind=Correction.Kind.WITHDRAWN) | Q(seen)
    return Correction.objects.filter(known, corrected_on__lte=timezone.localdate())


def told(
    rows: Iterable[Correction], language: str, known_roots: Mapping[str, str] | None = None
) -> list[Told]:
    """Corrections with the items that readers may see; two queries more."""
    found = list(rows)
    pages = readable().filter(translation_key__in={row.item for row in found})
    by_key: dict[UUID, Entry] = {}
    for entry in entries(pages, language, known_roots) if found else []:
        if entry.translation_key not in by_key or entry.language == language:
            by_key[entry.translation_key] = entry
    return [_told(row, by_key.get(row.item), language) for row in found]


def _told(row: Correction, entry: Entry | None, language: str) -> Told:
    title, title_language = picked(row.titles, language)
    if entry is not None:
        own = entry.borrowed_title or entry.language
        title, title_language = entry.title, "" if own == language else own
    change, change_language = picked(row.changes, language)
    reason, reason_language = picked(row.reasons, language)
    return Told(
        pk=row.pk,
        key=row.key,
        day=row.corrected_on,
        updated_at=row.updated_at,
        is_withdrawn=row.kind == Correction.Kind.WITHDRAWN,
        title=title or _("An item that is no longer here"),
        title_language=title_language,
        url=entry.url if entry else "",
        change=change,
        change_language=change_language,
        reason=reason,
        reason_language=reason_language,
        entry=entry,
    )


def of_item(item: UUID, language: str) -> list[Told]:
    """What was corrected of an item that the reader is looking at; one query."""
    today = timezone.localdate()
    rows = Correction.objects.filter(item=item, corrected_on__lte=today)
    return [_told(row, None, language) for row in rows]


def corrections_feed(shown: Iterable[Told], language: str, under: str) -> Feed:
    """Corrections as a feed; an item is a correction, and leads to what was corrected."""
    return Feed(
        title=_("Corrections"),
        language=language,
        page_url=under,
        under=under,
        description=_("What was changed after publication, and why."),
        items=[_item(one, under) for one in shown],
    )


def _item(one: Told, under: str) -> Item:
    base = settings.BASE_URL
    day = timezone.make_aware(datetime.combine(one.day, time()))
    entry = one.entry
    # A summary is in one language; the whole says which each of its parts is in.
    reason = one.reason if one.reason_language == one.change_language else ""
    categories = [Category(f"{base}/#correction", _kind(one), one.mark)]
    if entry is not None:
        categories += [Category(f"{base}/#theme", t.slug, t.label) for t in entry.themes]
        categories += [Category(f"{base}/id/concept/", c.slug, c.label) for c in entry.concepts]
    return Item(
        key=one.key,
        title=labelled(one.mark, one.title),
        url=base + (one.url or f"{under}#correction-{one.pk}"),
        summary=" · ".join(filter(None, [one.change, reason])),
        content=marked(
            [
                Paragraph([Run(text, language=spoken)])
                for text, spoken in (
                    (one.change, one.change_language),
                    (one.reason, one.reason_language),
                )
                if text
            ]
        )[0],
        title_language=one.title_language,
        summary_language=one.change_language,
        published=day,
        updated=max(day, one.updated_at),
        categories=categories,
    )


def _kind(one: Told) -> str:
    return str((Correction.Kind.WITHDRAWN if one.is_withdrawn else Correction.Kind.CORRECTED).value)
