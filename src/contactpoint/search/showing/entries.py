"""Results as the entries of feeds: what is an output stands there as in every other feed."""

import uuid
from collections.abc import Iterable, Mapping

from contactpoint.outputs.entries import KIND_LABELS, Entry
from contactpoint.outputs.querysets import entries, readable
from contactpoint.search.asking.results import Result
from contactpoint.search.showing.naming import Names


def as_entries(
    results: Iterable[Result], names: Names, known_roots: Mapping[str, str]
) -> list[Entry]:
    """Entries in the order of the results; two queries where outputs are among them."""
    shown = list(results)
    pks = [one.pk for one in shown if one.kind in KIND_LABELS]
    outputs: dict[int, Entry] = {}
    if pks:
        rows = readable().filter(pk__in=pks)
        outputs = {entry.pk: entry for entry in entries(rows, names.language, known_roots)}
    return [outputs.get(one.pk) or _entry(one, names) for one in shown]


def _entry(result: Result, names: Names) -> Entry:
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
        updated_at=None,
        themes=[theme for theme in themes if theme],
        alternates=dict(result.alternates),
    )
