"""Our queries as tantivy's.

What only narrows is wrapped so that it scores nothing, also where tantivy would count 1.
"""

from collections.abc import Iterable, Mapping

import tantivy

from contactpoint.search.documents import FACETS
from contactpoint.search.engines.base import EngineError, Request
from contactpoint.search.engines.embedded.schema import SCHEMA
from contactpoint.search.engines.queries import (
    LONGEST,
    PHRASED,
    TEXTS,
    AllOf,
    AnyOf,
    Best,
    Everything,
    Facet,
    Key,
    Narrowing,
    Nothing,
    Phrase,
    Prefix,
    Query,
    Term,
)

_FIELDS = frozenset(TEXTS)
_MUST, _SHOULD, _NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_Clauses = list[tuple[tantivy.Occur, tantivy.Query]]


def translated(query: Query) -> tantivy.Query:  # noqa: PLR0911 — one a kind of query
    """The query for tantivy; `EngineError` for a field that does not exist."""
    match query:
        case Term(field, token, boost):
            return _boosted(_term(text_field(field), token), boost)
        case AnyOf(queries, least):
            return _any_of([translated(one) for one in queries], least)
        case Best(queries, tie):
            if not queries:
                return tantivy.Query.empty_query()
            return tantivy.Query.disjunction_max_query(
                [translated(one) for one in queries], tie_breaker=tie
            )
        case AllOf(queries, excluded):
            clauses = [(_MUST, translated(one)) for one in queries or (Everything(),)]
            clauses += [(_NOT, translated(one)) for one in excluded]
            return clauses[0][1] if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)
        case Phrase():
            return _phrase(query)
        case Prefix(field, start, boost):
            begins = tantivy.Query.fuzzy_term_query(
                SCHEMA, text_field(field), start[:LONGEST], distance=0, prefix=True
            )
            return tantivy.Query.const_score_query(begins, boost)
        case Facet(name, value, boost):
            return tantivy.Query.const_score_query(has_any(name, (value,)), boost)
        case Key(keys, boost):
            return tantivy.Query.const_score_query(with_keys(keys), boost)
        case Everything():
            return tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)
        case Nothing():
            return tantivy.Query.empty_query()


def text_field(field: str) -> str:
    """The field, if there is one of that name; else `EngineError`."""
    if field not in _FIELDS:
        raise EngineError(f"There is no text field {field!r}.")
    return field


def _term(field: str, token: str) -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, field, token[:LONGEST], index_option="freq")


def _boosted(query: tantivy.Query, boost: float) -> tantivy.Query:
    return query if boost == 1 else tantivy.Query.boost_query(query, boost)


def _phrase(phrase: Phrase) -> tantivy.Query:
    if phrase.field not in PHRASED:
        raise EngineError(f"{phrase.field!r} keeps no places of words, so it has no phrases.")
    tokens: list[str | tuple[int, str]] = [token[:LONGEST] for token in phrase.tokens]
    if len(tokens) == 1:
        return _boosted(_term(phrase.field, phrase.tokens[0]), phrase.boost)
    return _boosted(tantivy.Query.phrase_query(SCHEMA, phrase.field, tokens), phrase.boost)


def _any_of(queries: list[tantivy.Query], least: int) -> tantivy.Query:
    if len(queries) < max(least, 1):
        return tantivy.Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query(
        [(_SHOULD, query) for query in queries],
        minimum_number_should_match=least if least > 1 else None,
    )


def has_any(name: str, values: Iterable[str]) -> tantivy.Query:
    """Documents with one of these values of a facet."""
    if name not in FACETS:
        raise EngineError(f"There is no facet {name!r}.")
    return _any_value(name, list(values))


def with_keys(keys: Iterable[str]) -> tantivy.Query:
    """Documents with one of these keys."""
    return _any_value("key", list(keys))


def _any_value(field: str, values: list[str]) -> tantivy.Query:
    if len(values) == 1:
        return tantivy.Query.term_query(SCHEMA, field, values[0], index_option="basic")
    return tantivy.Query.term_set_query(SCHEMA, field, values)


def narrowed(
    query: tantivy.Query,
    request: Request,
    expired: tantivy.Query | None,
    open_facet: str = "",
) -> tantivy.Query:
    """The query with all that narrows it, but for the `any` of `open_facet`."""
    clauses: _Clauses = [*_chosen(request.narrowings, open_facet), *_in_days(request.days)]
    if expired is not None:
        clauses.append((_NOT, expired))
    return tantivy.Query.boolean_query([(_MUST, query), *clauses]) if clauses else query


def _chosen(narrowings: Mapping[str, Narrowing], open_facet: str) -> Iterable[tuple]:
    for name, narrowing in narrowings.items():
        if narrowing.any and name != open_facet:
            yield _silent(has_any(name, narrowing.any))
        for value in narrowing.all:
            yield _silent(has_any(name, (value,)))
        if narrowing.none:
            yield _NOT, has_any(name, narrowing.none)


def _in_days(days: tuple[int | None, int | None]) -> Iterable[tuple]:
    low, high = days
    if low is not None and high is not None and low > high:
        yield _MUST, tantivy.Query.empty_query()
    elif low is not None or high is not None:
        yield _silent(
            tantivy.Query.range_query(
                SCHEMA, "day", tantivy.FieldType.Integer, lower_bound=low, upper_bound=high
            )
        )


def _silent(query: tantivy.Query) -> tuple[tantivy.Occur, tantivy.Query]:
    return _MUST, tantivy.Query.const_score_query(query, 0.0)


def flat_score(query: Query) -> float | None:
    """The score that every answer to it has, where that can be told beforehand."""
    match query:
        case Everything() | Nothing():
            return 0.0
        case Facet() | Key() | Prefix():
            return query.boost
        case AllOf(queries):
            scores = [flat_score(one) for one in queries]
            known = [score for score in scores if score is not None]
            return sum(known) if len(known) == len(scores) else None
        case AnyOf(queries) | Best(queries):
            scores = [flat_score(one) for one in queries]
            if len(scores) == 1:
                return scores[0]
            return 0.0 if all(score == 0 for score in scores) else None
    return None
