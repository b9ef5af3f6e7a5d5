"""From a composed query and a reader's choices to the one request that an engine is asked.

Whoever has to know whether a search lists a thing, without asking an index, makes the same request
here and holds the thing against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from contactpoint.search.asking import weights
from contactpoint.search.asking.results import Selection
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.queries import AnyOf, Key, Narrowing, Nothing, Query


def requested(
    query: Query, selection: Selection, minute: int, *, counted: Sequence[str] = ()
) -> Request:
    """What the engine is asked at a minute since 1970, with all that narrows it."""
    return Request(
        query=query,
        now=minute,
        narrowings=_narrowings(selection),
        days=(_ordinal(selection.since), _ordinal(selection.until)),
        counted=counted,
        sort=selection.sort,
    )


def with_pinned(query: Query, pinned: Sequence[str]) -> Query:
    """The query, answered by those keys too, which stand first."""
    keys = tuple(
        Key((key,), weights.PIN * (len(pinned) - place)) for place, key in enumerate(pinned)
    )
    return AnyOf(keys if isinstance(query, Nothing) else (query, *keys))


def _narrowings(selection: Selection) -> Mapping[str, Narrowing]:
    if not selection.languages:
        return selection.narrowings
    chosen = selection.narrowings.get("language", Narrowing())
    wanted = tuple(dict.fromkeys((*chosen.any, *selection.languages)))
    return {**selection.narrowings, "language": replace(chosen, any=wanted)}


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None
