"""Our questions in the cluster's own language."""

import zlib
from collections.abc import Sequence
from typing import Any

from contactpoint.search.engines.base import EngineError, Request, Sort
from contactpoint.search.engines.opensearch.client import encode
from contactpoint.search.engines.opensearch.mapping import DEEPEST, cut, facet, text_field
from contactpoint.search.engines.queries import (
    PHRASED,
    AllOf,
    AnyOf,
    Best,
    Everything,
    Facet,
    Key,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Term,
)

Clause = dict[str, Any]
EVERYTHING: Clause = {"match_all": {"boost": 0}}
NOTHING: Clause = {"match_none": {}}


def clause(query: Query) -> Clause:  # noqa: PLR0911 — one line for each kind of query
    """The query, with the scores that it promises."""
    match query:
        case Term(field, token, boost):
            return {"term": {_text(field): {"value": cut(token), "boost": boost}}}
        case Phrase(field, tokens, boost):
            return _phrase(field, tokens, boost)
        case Prefix(field, start, boost):
            return _always({"prefix": {_text(field): {"value": cut(start)}}}, boost)
        case Facet(name, value, boost):
            return _always(has(name, value), boost)
        case Key(keys, boost):
            return _always({"ids": {"values": list(keys)}}, boost)
        case AnyOf(queries, least):
            return _any_of([clause(each) for each in queries], least)
        case Best(queries, tie):
            return _best([clause(each) for each in queries], tie)
        case AllOf(queries, excluded):
            must = [clause(each) for each in queries] or [EVERYTHING]
            return {"bool": {"must": must, "must_not": [clause(each) for each in excluded]}}
        case Everything():
            return EVERYTHING
        case Nothing():
            return NOTHING


def _text(field: str) -> str:
    return f"texts.{text_field(field)}"


def _phrase(field: str, tokens: Sequence[str], boost: float) -> Clause:
    if field not in PHRASED:
        raise EngineError(f"Phrases are asked of {' and '.join(PHRASED)} only, not of {field}.")
    text = " ".join(cut(token) for token in tokens)
    return {
        "match_phrase": {_text(field): {"query": text, "analyzer": "whitespace", "boost": boost}}
    }


def _always(wanted: Clause, boost: float) -> Clause:
    return {"constant_score": {"filter": wanted, "boost": boost}}


def _any_of(clauses: list[Clause], least: int) -> Clause:
    if len(clauses) < least:
        return NOTHING
    if least <= 0:
        return {"bool": {"must": [EVERYTHING], "should": clauses}}
    return {"bool": {"should": clauses, "minimum_should_match": least}}


def _best(clauses: list[Clause], tie: float) -> Clause:
    return {"dis_max": {"queries": clauses, "tie_breaker": tie}} if clauses else NOTHING


def has(name: str, value: str) -> Clause:
    """Has this value of a facet."""
    return {"term": {_facet(name): value}}


def _facet(name: str) -> str:
    return f"facets.{facet(name)}"


def expired(minute: int) -> Clause:
    """Must not be found any more."""
    return {"range": {"until": {"lte": minute}}}


def body(request: Request) -> Clause:
    """The whole request, answered in one go.

    What was chosen of a counted facet filters the hits after counting, and each other facet's
    counts: so a facet is counted as if nothing were chosen of it.
    """
    chosen: dict[str, Clause] = {
        name: {"terms": {_facet(name): list(narrowing.any)}}
        for name, narrowing in request.narrowings.items()
        if narrowing.any
    }
    later = {name: chosen[name] for name in request.counted if name in chosen}
    filters = [wanted for name, wanted in chosen.items() if name not in later]
    excluded: list[Clause] = [expired(request.now)]
    for name, narrowing in request.narrowings.items():
        filters += [has(name, value) for value in narrowing.all]
        excluded += [has(name, value) for value in narrowing.none]
    since, until = request.days
    bounds = {"gte": since, "lte": until}
    bounded: Clause = {end: day for end, day in bounds.items() if day is not None}
    if bounded:
        filters.append({"range": {"day": bounded}})
    asked: Clause = {
        "query": {
            "bool": {"must": [clause(request.query)], "filter": filters, "must_not": excluded}
        },
        "from": min(request.offset, DEEPEST),
        "size": max(0, min(request.limit, DEEPEST - request.offset)),
        "sort": _order(request.sort),
        "track_total_hits": True,
        "stored_fields": "_none_",
        "docvalue_fields": ["key", "day", "languages"],
    }
    if later:
        asked["post_filter"] = {"bool": {"filter": list(later.values())}}
    if request.counted and request.most_values > 0:
        asked["aggs"] = {name: _count(name, request.most_values, later) for name in request.counted}
    return asked


def _count(name: str, most: int, later: dict[str, Clause]) -> Clause:
    """Always a filter with the values inside, so that answers have one shape."""
    others = [wanted for other, wanted in later.items() if other != name]
    values = {"terms": {"field": _facet(name), "size": most}}
    wanted = {"bool": {"filter": others}} if others else {"match_all": {}}
    return {"filter": wanted, "aggs": {"values": values}}


def _order(sort: Sort) -> list[Clause]:
    day = {"order": "asc" if sort == "oldest" else "desc", "missing": "_last"}
    by_fit: list[Clause] = [{"_score": {"order": "desc"}}] if sort == "fit" else []
    return [*by_fit, {"day": day}, {"key": {"order": "asc"}}]


def copy(query: Query) -> str:
    """A word by which the same question goes to the same copy of the index, page after page.

    Copies score a little differently, as each forgets what was deleted in its own time. One of 64
    words, so it says nothing of what was asked.
    """
    return f"copy{zlib.crc32(encode(clause(query))) % 64}"
