"""Questions at random, over documents at random, answered as plain Python answers them."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from search.engines import plainly
from search.engines.indexes import NOW, document, write

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import Engine, Hit, Request
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

WORDS = ("asylum", "asyl", "visa", "visum", "لجوء", "ασυλο", "r&d", "a", "b")
FIELDS = ("surface", "surface_title", "title_en", "text_fr", "about")
VALUES = {
    "kind": ("news", "page"),
    "theme": ("visa", "return", "asylum", "x y"),
    "country": ("be", "nl"),
    "year": ("2019", "2020"),
}


def _documents(seed: int) -> list[Prepared]:
    """Eighty documents, most of them with few words, so that many score the same."""
    dice = random.Random(seed)

    def text() -> str:
        words = dice.choices(WORDS, k=dice.choice((0, 1, 2, 2, 5)))
        return "".join(word + dice.choice("   \n") for word in words).strip()

    return [
        document(
            f"{dice.choice(('outputs', 'glossary'))}:{number}",
            facets={
                name: dice.sample(values, dice.randint(0, len(values)))
                for name, values in VALUES.items()
            },
            day=dice.choice((None, 700_000, 700_001, 700_100)),
            until=dice.choice((None, None, None, NOW, NOW + 100)),
            **{field: text() for field in FIELDS},
        )
        for number in range(80)
    ]


BEFORE, AFTER = _documents(1), [replace(one, number=1) for one in _documents(2)]
KEYS = sorted({one.key for one in (*BEFORE, *AFTER)})

boosts = st.sampled_from((0.5, 1.0, 2.0))
tokens = st.sampled_from(WORDS)
leaves: st.SearchStrategy[Query] = st.one_of(
    st.builds(Term, st.sampled_from(FIELDS), tokens, boosts),
    st.builds(
        Phrase,
        st.sampled_from(("surface", "surface_title")),
        st.lists(tokens, min_size=2, max_size=3).map(tuple),
        boosts,
    ),
    st.builds(
        Prefix, st.sampled_from(FIELDS[:2]), st.sampled_from(("a", "as", "vis", "ل")), boosts
    ),
    st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]).flatmap(
        lambda facet: st.builds(Facet, st.just(facet[0]), st.just(facet[1]), boosts)
    ),
    st.builds(Key, st.lists(st.sampled_from(KEYS), max_size=5).map(tuple), boosts),
    st.just(Everything()),
    st.just(Nothing()),
)


def _joined(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(parts, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AnyOf, several, st.integers(1, 2)),
        st.builds(Best, several, st.sampled_from((0.0, 0.5))),
        st.builds(AllOf, several, st.lists(parts, max_size=2).map(tuple)),
    )


queries = st.recursive(leaves, _joined, max_leaves=8)
narrowings = st.fixed_dictionaries(
    {},
    optional={
        name: st.builds(Narrowing, *[st.lists(st.sampled_from(values), max_size=2)] * 3)
        for name, values in VALUES.items()
    },
)
days = st.one_of(st.none(), st.sampled_from((699_999, 700_000, 700_001, 700_050, 700_100)))
requests = st.builds(
    Request,
    query=queries,
    now=st.sampled_from((NOW, NOW - 1, NOW + 100)),
    narrowings=narrowings,
    days=st.tuples(days, days),
    counted=st.lists(st.sampled_from(list(VALUES)), unique=True),
    sort=st.sampled_from(("fit", "newest", "oldest")),
    offset=st.integers(0, 30),
    limit=st.integers(0, 20),
)


def _place(hit: Hit) -> tuple[float, int, str]:
    return (-hit.score, -(hit.day or 0), hit.key)


class AtRandom:
    """A subclass may set how many questions are asked of an index."""

    examples = 300

    def test_questions_at_random_are_answered_as_plain_python_does(self, engine: Engine) -> None:
        kept = self._written(engine)

        @settings(
            max_examples=self.examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(requests)
        def agrees(request: Request) -> None:
            _compare(engine, request, kept)

        agrees()

    def _written(self, engine: Engine) -> list[Prepared]:
        """Two generations in several commits: half of the second replaces, a tenth is deleted."""
        engine.create("first")
        for start in range(4):
            write(engine, "first", *BEFORE[start::4])
        kept = {one.key: one for one in BEFORE} | {one.key: one for one in AFTER[::2]}
        write(engine, "first", *AFTER[::2])
        with engine.writer("first") as writer:
            for key in sorted(kept)[::10]:
                writer.delete(key)
                del kept[key]
            writer.commit()
        engine.switch("first")
        return list(kept.values())


def _compare(engine: Engine, request: Request, documents: Sequence[Prepared]) -> None:
    expected = plainly.answering(request, documents)
    whole = engine.search(replace(request, offset=0, limit=1000))
    answer = engine.search(request)
    assert {hit.key for hit in whole.hits} == {one.key for one in expected}
    assert answer.total == whole.total == len(expected)
    assert answer.facets == whole.facets == plainly.counts(request, documents)
    order = [hit.key for hit in whole.hits]
    if request.sort != "fit" or plainly.is_flat(request.query):
        assert order == [one.key for one in expected]
    assert request.sort != "fit" or order == [hit.key for hit in sorted(whole.hits, key=_place)]
    page: Any = slice(request.offset, request.offset + request.limit)
    assert [hit.key for hit in answer.hits] == order[page]
    by_key = {one.key: one for one in documents}
    for hit in answer.hits:
        assert (hit.day, hit.languages) == (by_key[hit.key].day, frozenset({"en"}))
