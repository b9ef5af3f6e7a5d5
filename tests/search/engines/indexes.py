"""Small documents and indexes for the contract's tests."""

from collections.abc import Mapping, Sequence
from typing import Any

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import Answer, Engine, Request
from contactpoint.search.engines.queries import Everything, Query

NOW = 30_000_000
"""The minute at which the tests ask."""


def document(
    key: str,
    surface: str = "",
    *,
    facets: Mapping[str, Sequence[str]] | None = None,
    languages: Sequence[str] = ("en",),
    day: int | None = None,
    until: int | None = None,
    stored: Mapping[str, Any] | None = None,
    number: int = 0,
    **texts: str,
) -> Prepared:
    """A document with few words; those without a field's name stand in `surface`."""
    if surface:
        texts["surface"] = surface
    return Prepared(
        key=key,
        texts=texts,
        facets=facets or {},
        languages=languages,
        day=day,
        until=until,
        stored={"key": key} if stored is None else stored,
        number=number,
    )


def write(engine: Engine, name: str, *documents: Prepared) -> None:
    """One commit."""
    with engine.writer(name) as writer:
        for each in documents:
            writer.put(each)
        writer.commit()


def fill(engine: Engine, *documents: Prepared, commits: int = 1) -> None:
    """A fresh index that is searched, written in so many commits."""
    engine.create("first")
    for start in range(commits):
        write(engine, "first", *documents[start::commits])
    engine.switch("first")


def ask(engine: Engine, query: Query | None = None, **request: Any) -> Answer:
    """The answer at `NOW`, of at most a thousand hits."""
    request = {"now": NOW, "limit": 1000, **request}
    return engine.search(Request(Everything() if query is None else query, **request))


def keys(answer: Answer) -> list[str]:
    """What was found, in order."""
    return [hit.key for hit in answer.hits]


def found(engine: Engine, query: Query | None = None, **request: Any) -> list[str]:
    """What answers, sorted by key; the total must be as many."""
    answer = ask(engine, query, **request)
    assert answer.total == len(answer.hits)
    return sorted(keys(answer))
