"""Results as the entries of feeds: what is an output stands there as in every other feed."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time

from django.db.models.functions import Coalesce
from wagtail.models import Page

from contactpoint.glossary.models import SchemeVersion
from contactpoint.outputs.entries import KIND_LABELS, Entry
from contactpoint.outputs.querysets import entries, readable
from contactpoint.search.asking.results import Result
from contactpoint.search.showing.naming import Names


def as_entries(
    results: Iterable[Result], names: Names, known_roots: Mapping[str, str]
) -> list[Entry]:
    """Entries in the order of the results; two queries where outputs are among them, and one more
    each for what else has a page and for terms and themes."""
    shown = list(results)
    pks = [one.pk for one in shown if one.kind in KIND_LABELS]
    outputs: dict[int, Entry] = {}
    if pks:
        rows = readable().filter(pk__in=pks)
        outputs = {entry.pk: entry for entry in entries(rows, names.language, known_roots)}
    others = [one for one in shown if one.pk not in outputs]
    changes = _changes([one.pk for one in others if one.pk])
    of_glossary = _of_glossary() if any(one.pk not in changes for one in others) else None
    return [
        outputs.get(one.pk) or _entry(one, names, changes.get(one.pk, of_glossary)) for one in shown
    ]


def _changes(pks: list[int]) -> dict[int, datetime]:
    if not pks:
        return {}
    rows = Page.objects.order_by().filter(pk__in=pks)
    moments = rows.values_list("pk", Coalesce("last_published_at", "latest_revision_created_at"))
    return {pk: moment for pk, moment in moments if moment}


def _of_glossary() -> datetime | None:
    """The day of the newest version of the glossary: terms and themes change with it."""
    day = SchemeVersion.objects.values_list("published_on", flat=True).first()
    return datetime.combine(day, time(), UTC) if day else None


def _entry(result: Result, names: Names, updated_at: datetime | None) -> Entry:
    """What is no output: its key makes an identity that stays the same."""
    themes = [names.theme(slug) for slug in result.themes]
    return Entry(
        pk=result.pk,
        title=result.title_text,
        teaser=result.teaser,
        url=result.url,
        kind=result.kind,
        publication_type=result.type,
        language=result.language,
        published_on=result.day,
        starts_at=None,
        ends_at=None,
        effective_on=None,
        translation_key=uuid.uuid5(uuid.NAMESPACE_URL, result.key),
        updated_at=updated_at,
        themes=[theme for theme in themes if theme],
        alternates=dict(result.alternates),
        borrowed_title=result.title_language,
        borrowed_teaser=result.teaser_language,
    )
