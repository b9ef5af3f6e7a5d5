"""Outputs as items of feeds: what they are about, their other languages, their files."""

import mimetypes
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from contactpoint.kit.feeds import MOST_ITEMS, NEVER, Category, Enclosure, Feed, Item
from contactpoint.kit.labels import labelled
from contactpoint.outputs.entries import KIND_LABELS, Entry
from contactpoint.outputs.feed_texts import texts_of
from contactpoint.outputs.files import Attached, files_of
from contactpoint.outputs.models import Video

MAX_AGE: Final = 300
KEEPING: Final = f"public, max-age={MAX_AGE}"
"""Feeds of the site's own lists are the same for everybody."""
_FILMS_KNOWN: Final = 4096


def feed(
    title: str,
    language: str,
    *,
    page_url: str,
    under: str,
    shown: Sequence[Entry],
    query: str = "",
    description: str = "",
    page: int = 1,
    has_next: bool = False,
) -> Feed:
    """A feed of entries; one query for the files of what has any, one more where films are."""
    return Feed(
        title=title,
        language=language,
        page_url=page_url,
        under=under,
        query=query,
        description=description,
        items=items(shown[:MOST_ITEMS], language),
        page=page,
        has_next=has_next,
    )


def items(shown: Sequence[Entry], language: str) -> list[Item]:
    """Entries as items, with the files that any reader may have."""
    outputs = [entry.pk for entry in shown if entry.kind in KIND_LABELS and entry.pk]
    files = files_of(outputs) if outputs else {}
    lengths = _lengths(entry for entry in shown if entry.film)
    texts = texts_of(outputs)
    return [
        replace(
            item(entry, language, files.get(entry.pk, ()), lengths),
            content=texts.get(entry.pk, ""),
        )
        for entry in shown
    ]


def item(
    entry: Entry,
    language: str,
    files: Iterable[Attached] = (),
    lengths: Mapping[int, int] | None = None,
) -> Item:
    """An entry as the item of a feed in `language`; asks nothing."""
    base = settings.BASE_URL
    published = _moment(entry.published_on)
    own = entry.borrowed_whole or entry.language
    return Item(
        key=entry.translation_key,
        title=labelled(entry.mark, entry.title) if entry.mark else entry.title,
        url=base + entry.url,
        summary=" · ".join([*entry.notes, entry.teaser] if entry.teaser else entry.notes),
        title_language=_unless(language, entry.borrowed_title or entry.language),
        summary_language=_unless(language, entry.borrowed_teaser or entry.language),
        language=_unless(language, own),
        published=published,
        updated=entry.updated_at or published or NEVER,
        categories=_categories(entry),
        alternates={
            code: base + url
            for code, url in sorted(entry.alternates.items())
            if code != entry.language
        },
        enclosures=[*_film(entry, lengths or {}), *map(_file, files)],
    )


def _unless(language: str, own: str) -> str:
    return "" if own == language else own


def _film(entry: Entry, lengths: Mapping[int, int]) -> list[Enclosure]:
    """The file of a film of ours, for programs that fetch what a feed offers."""
    if not entry.film:
        return []
    kind = _media_type(entry.film)
    url = settings.BASE_URL + entry.film if entry.film.startswith("/") else entry.film
    return [Enclosure(url, kind, lengths.get(entry.pk, 0), "", entry.seconds)]


def _file(file: Attached) -> Enclosure:
    url = settings.BASE_URL + file.url if file.url.startswith("/") else file.url
    kind = _media_type(f"_.{file.extension.lower()}")
    return Enclosure(url, kind, file.size, file.title, language=file.language)


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _lengths(shown: Iterable[Entry]) -> dict[int, int]:
    """How many bytes the films of entries have; a query where there are any."""
    pks = [entry.pk for entry in shown]
    if not pks:
        return {}
    rows = Video.objects.filter(pk__in=pks).values_list("pk", "recording__file")
    return {pk: _length(name) for pk, name in rows if name}


def _length(name: str) -> int:
    """0 where it is gone, or can't be asked for now."""
    try:
        return _stored_length(name)
    except OSError:
        return 0


@lru_cache(maxsize=_FILMS_KNOWN)
def _stored_length(name: str) -> int:
    """Of a file in the storage, which gives another file another name."""
    return default_storage.size(name)


def _categories(entry: Entry) -> list[Category]:
    base = settings.BASE_URL
    themes = [Category(f"{base}/#theme", one.slug, one.label) for one in entry.themes]
    concepts = [Category(f"{base}/id/concept/", one.slug, one.label) for one in entry.concepts]
    return [Category(f"{base}/#kind", entry.kind, _kind_label(entry)), *themes, *concepts]


def _kind_label(entry: Entry) -> str:
    return entry.kind_label if entry.kind in KIND_LABELS else ""


def _moment(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
