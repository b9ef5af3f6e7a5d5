"""What a question means, in plain Python over a list of documents: engines must agree with it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.queries import (
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


def _lines(document: Prepared, field: str) -> list[list[str]]:
    return [line.split(" ") for line in document.texts.get(field, "").split("\n") if line]


def score(query: Query, document: Prepared) -> float | None:
    """None where the document does not answer; words count one each, which no engine's do."""
    match query:
        case Term(field, token, boost):
            return boost if any(token in line for line in _lines(document, field)) else None
        case Phrase(field, tokens, boost):
            size, wanted = len(tokens), list(tokens)
            stands = any(
                line[start : start + size] == wanted
                for line in _lines(document, field)
                for start in range(len(line))
            )
            return boost if stands else None
        case Prefix(field, start, boost):
            words = (word for line in _lines(document, field) for word in line)
            return boost if any(word.startswith(start) for word in words) else None
        case Facet(name, value, boost):
            return boost if value in document.facets.get(name, ()) else None
        case Key(wanted_keys, boost):
            return boost if document.key in wanted_keys else None
        case AnyOf(queries, least):
            scores = _scores(queries, document)
            return sum(scores) if len(scores) >= least else None
        case Best(queries, tie):
            scores = _scores(queries, document)
            return max(scores) + tie * (sum(scores) - max(scores)) if scores else None
        case AllOf(queries, excluded):
            scores = _scores(queries, document)
            if len(scores) < len(queries) or _scores(excluded, document):
                return None
            return sum(scores)
        case Everything():
            return 0.0
        case Nothing():
            return None


def _scores(queries: Iterable[Query], document: Prepared) -> list[float]:
    scores = (score(query, document) for query in queries)
    return [one for one in scores if one is not None]


def is_flat(query: Query) -> bool:
    """Whether the scores of a query do not hang on how often words stand where."""
    match query:
        case Term() | Phrase():
            return False
        case AnyOf(queries) | Best(queries) | AllOf(queries):
            return all(map(is_flat, queries))
    return True


def _holds(narrowing: Narrowing, values: Sequence[str], with_any: bool) -> bool:
    return (
        all(value in values for value in narrowing.all)
        and not any(value in values for value in narrowing.none)
        and (not with_any or not narrowing.any or any(value in values for value in narrowing.any))
    )


def _answers(
    request: Request, documents: Iterable[Prepared], open_facet: str = ""
) -> list[Prepared]:
    low, high = request.days

    def in_time(document: Prepared) -> bool:
        if document.until is not None and document.until <= request.now:
            return False
        if low is None and high is None:
            return True
        return document.day is not None and (
            (low is None or low <= document.day) and (high is None or document.day <= high)
        )

    return [
        document
        for document in documents
        if in_time(document)
        and score(request.query, document) is not None
        and all(
            _holds(narrowing, document.facets.get(name, ()), with_any=name != open_facet)
            for name, narrowing in request.narrowings.items()
        )
    ]


def answering(request: Request, documents: Sequence[Prepared]) -> list[Prepared]:
    """What answers; in the order of the contract, but for "fit" where a query is not flat."""

    def by_fit(document: Prepared) -> tuple[float, int, str]:
        fit = score(request.query, document) or 0.0
        return (-fit, -(document.day or 0), document.key)

    far = 10**9
    orders: dict[str, Callable[[Prepared], object]] = {
        "fit": by_fit,
        "newest": lambda document: (-(document.day or 0), document.key),
        "oldest": lambda document: (document.day or far, document.key),
    }
    return sorted(_answers(request, documents), key=orders[request.sort])  # type: ignore[arg-type]


def counts(request: Request, documents: Sequence[Prepared]) -> dict[str, dict[str, int]]:
    """Each facet as if its own `any` were not chosen."""
    return {
        name: dict(
            Counter(
                value
                for document in _answers(request, documents, open_facet=name)
                for value in set(document.facets.get(name, ()))
            )
        )
        for name in request.counted
    }
