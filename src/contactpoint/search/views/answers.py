"""The answer to an address, the same for the page and for all lists to take along."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from contactpoint.search.asking import ask
from contactpoint.search.asking.results import Results
from contactpoint.search.documents import FACETS
from contactpoint.search.pins import pinned
from contactpoint.search.showing.addresses import Asked


def answer(
    asked: Asked, language: str, *, offset: int = 0, limit: int, counted: Sequence[str] = FACETS
) -> Results:
    """What answers, what editors put first for the question among it; without a question what the
    filters leave, the newest first."""
    return ask(
        asked.text,
        language,
        asked.selection(),
        offset=offset,
        limit=limit,
        counted=counted,
        pinned=pinned(asked.text, language) if asked.text else (),
    )


def newest(asked: Asked, language: str, *, limit: int) -> Results:
    """The same by day, the newest first: what editors put first stands among it at its day."""
    keys = pinned(asked.text, language) if asked.text else []
    results = ask(
        asked.text,
        language,
        asked.sorted("newest").selection(),
        limit=limit,
        counted=(),
    )
    if not keys:
        return results
    fit = ask(
        asked.text,
        language,
        replace(asked, sort="fit").selection(),
        limit=len(keys),
        counted=(),
        pinned=keys,
    )
    known = {one.key for one in results.results}
    added = [one for one in fit.results if one.pinned and one.key not in known]
    both = [*results.results, *added]
    both.sort(key=lambda one: one.day or date.min, reverse=True)
    results.results = both[:limit]
    return results
