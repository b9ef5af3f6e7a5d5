"""Everything that is in an index, for tests that compare."""

from typing import Any

from contactpoint.search.engines.base import Engine, Request
from contactpoint.search.engines.queries import Everything


def contents(engine: Engine, *, now: int = 0) -> dict[str, dict[str, Any]]:
    """What is stored with each document that is found, by key."""
    answer = engine.search(Request(Everything(), now=now, limit=100_000))
    stored = engine.stored(answer.hits)
    found = {hit.key: shown for hit, shown in zip(answer.hits, stored, strict=True)}
    assert len(found) == answer.total
    return found
