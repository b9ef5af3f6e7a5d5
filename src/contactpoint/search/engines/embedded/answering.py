"""Finds, orders and counts.

tantivy breaks ties of score by where documents lie, which merges change; the contract orders them
by day and key. So one hit more than asked is fetched: where it ties with the last one, a wider
window is, and what ties is sorted here. Where hundreds tie, they are walked in the contract's
order instead, by the column `newest`, and so is all that scores the same by its nature.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final, NamedTuple

import tantivy

from contactpoint.search.documents import FACETS
from contactpoint.search.engines.base import Answer, EngineError, Hit, Request
from contactpoint.search.engines.embedded.querying import (
    flat_score,
    narrowed,
    translated,
    with_keys,
)
from contactpoint.search.engines.embedded.reading import View, total
from contactpoint.search.engines.embedded.schema import (
    days_at,
    key_in_order,
    keys_at,
    languages_at,
)

WIDENED: Final = (1, 640)
"""So many hits beyond the page are fetched to see the end of a tie; a longer one is walked."""

_ALL_PARTS: Final = 1_000_000
"""Values that each part of an index reports: all of them, or counts would be estimates."""

_Place = tantivy.DocAddress


class _Found(NamedTuple):
    score: float
    key: str
    place: _Place


def answer(view: View, request: Request) -> Answer:
    """The answer of the index at that commit."""
    query = translated(request.query)
    expired = view.expired(request.now)
    narrow = narrowed(query, request, expired)
    number, found = _hits(view.searcher, narrow, request)
    places = [one.place for one in found]
    days = days_at(view.searcher, places)
    languages = languages_at(view.searcher, places)
    hits = [
        Hit(one.key, one.score, day, spoken, (view, one.place))
        for one, day, spoken in zip(found, days, languages, strict=True)
    ]
    return Answer(number, hits, _facets(view.searcher, query, narrow, request, expired))


# --- orders ---


def _hits(
    searcher: tantivy.Searcher, query: tantivy.Query, request: Request
) -> tuple[int, list[_Found]]:
    # Room for what is asked is taken beforehand, so a page far beyond the end must not be asked.
    limit = min(request.limit, searcher.num_docs - request.offset)
    if limit < 1:
        return total(searcher.search(query, limit=1)), []
    flat = flat_score(request.query)
    if request.sort == "fit" and flat is None:
        return _by_fit(searcher, query, request.offset, limit)
    result = searcher.search(
        query,
        limit=limit,
        offset=request.offset,
        order_by_field="oldest" if request.sort == "oldest" else "newest",
        order=tantivy.Order.Asc,
    )
    score = flat if request.sort == "fit" and flat is not None else 0.0
    found = [_Found(score, key_in_order(order), place) for order, place in result.hits]
    return total(result), found


def _by_fit(
    searcher: tantivy.Searcher, query: tantivy.Query, offset: int, limit: int
) -> tuple[int, list[_Found]]:
    end = offset + limit
    for more in WIDENED:
        result = searcher.search(query, limit=end + more)
        hits = result.hits
        if len(hits) < end + more or hits[-1][0] != hits[end - 1][0]:
            break
    else:
        return total(result), _walked(searcher, query, hits, offset, limit)
    score_at_end = hits[min(end, len(hits)) - 1][0] if hits else 0.0
    reached = [hit for hit in hits if hit[0] >= score_at_end]
    return total(result), _sorted(searcher, reached, offset)[:limit]


def _sorted(
    searcher: tantivy.Searcher, hits: Sequence[tuple[float, _Place]], offset: int
) -> list[_Found]:
    """From `offset` on; what stands in the order of its score before the tie there is not read."""
    if offset >= len(hits):
        return []
    score = hits[offset][0]
    start = next(place for place, hit in enumerate(hits) if hit[0] == score)
    places = [place for _score, place in hits[start:]]
    days = days_at(searcher, places)
    keys = keys_at(searcher, places)
    found = [_Found(hit[0], key, hit[1]) for hit, key in zip(hits[start:], keys, strict=True)]
    ranks = sorted(
        range(len(found)), key=lambda one: (-found[one].score, -(days[one] or 0), found[one].key)
    )
    return [found[one] for one in ranks][offset - start :]


def _walked(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    hits: Sequence[tuple[float, _Place]],
    offset: int,
    limit: int,
) -> list[_Found]:
    """A page whose end lies in a tie that is longer than `hits`."""
    score = hits[-1][0]
    above = [hit for hit in hits if hit[0] > score]
    before = _sorted(searcher, above, offset)
    skipped = max(0, offset - len(above))
    return before + list(
        islice(_tied(searcher, query, score, 2 * limit), skipped, skipped + limit - len(before))
    )


def _tied(
    searcher: tantivy.Searcher, query: tantivy.Query, score: float, size: int
) -> Iterable[_Found]:
    """All that has exactly this score, by day and key; `size` are looked at first, then more."""
    offset = 0
    while True:
        ordered = searcher.search(
            query,
            limit=size,
            offset=offset,
            order_by_field="newest",
            order=tantivy.Order.Asc,
            count=False,
        ).hits
        keys = [key_in_order(order) for order, _place in ordered]
        if not keys:
            return
        these = tantivy.Query.const_score_query(with_keys(keys), 0.0)
        both = [(tantivy.Occur.Must, query), (tantivy.Occur.Must, these)]
        scored = searcher.search(tantivy.Query.boolean_query(both), limit=size, count=False).hits
        tied = {(place.segment_ord, place.doc) for its, place in scored if its == score}
        for key, (_order, place) in zip(keys, ordered, strict=True):
            if (place.segment_ord, place.doc) in tied:
                yield _Found(score, key, place)
        offset, size = offset + size, size * 4


# --- counts ---


def _facets(
    searcher: tantivy.Searcher,
    query: tantivy.Query,
    narrow: tantivy.Query,
    request: Request,
    expired: tantivy.Query | None,
) -> dict[str, dict[str, int]]:
    """One pass for all that is not chosen from, one for each that is."""
    for name in request.counted:
        if name not in FACETS:
            raise EngineError(f"There is no facet {name!r}.")
    chosen = [
        name
        for name in request.counted
        if name in request.narrowings and request.narrowings[name].any
    ]
    counts = _counts(
        searcher, narrow, [name for name in request.counted if name not in chosen], request
    )
    for name in chosen:
        counts |= _counts(searcher, narrowed(query, request, expired, name), [name], request)
    return {name: counts[name] for name in request.counted}


def _counts(
    searcher: tantivy.Searcher, query: tantivy.Query, names: Sequence[str], request: Request
) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    asked: dict[str, Any] = {
        name: {"terms": {"field": name, "size": request.most_values, "segment_size": _ALL_PARTS}}
        for name in names
    }
    told = searcher.aggregate(query, asked)
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in told[name]["buckets"]}
        for name in names
    }
