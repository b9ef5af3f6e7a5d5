"""One thing in memory answers a question just as an index does that has it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from search.engines import at_random
from search.engines.answering import Answering
from search.engines.indexes import NOW, document, fill

from contactpoint.dissemination.matching.conditions import Every, asked, condition, listed
from contactpoint.dissemination.matching.needs import needs
from contactpoint.dissemination.matching.sheets import Sheet
from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import Request
from contactpoint.search.engines.embedded import EmbeddedEngine
from contactpoint.search.engines.queries import Facet, Phrase, Query, Term

CASES = Answering.test_a_query_finds_what_it_says.pytestmark[0].args[1]  # type: ignore[attr-defined]
FOUR = [
    document("a", "asylum seekers", title_en="asylum", facets={"kind": ["news"], "theme": []}),
    document(
        "b",
        "asylum of a house",
        about="asylum asylum",
        facets={"kind": ["news"], "theme": ["return", "asylum"]},
    ),
    document("c", "the asylum seekers", facets={"kind": ["page"], "theme": ["return"]}),
    document("d", "seeker لجوء", facets={"kind": ["page"]}),
]
"""Those of the contract."""


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(tmp_path / "index")


@pytest.mark.parametrize(("query", "answers"), CASES)
def test_each_case_of_the_contract_has_the_engines_verdict(
    engine: EmbeddedEngine, query: Query, answers: str
) -> None:
    fill(engine, *FOUR)
    found = {hit.key for hit in engine.search(Request(query, NOW)).hits}
    assert {one.key for one in FOUR if condition(query).holds(Sheet(one))} == found == {*answers}


def test_questions_at_random_have_the_engines_verdict(engine: EmbeddedEngine) -> None:
    things = [one for one in at_random.BEFORE if one.until is None or one.until > NOW]
    fill(engine, *things, commits=3)
    sheets = [Sheet(one) for one in things]

    @settings(
        max_examples=400,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(at_random.requests)
    def agrees(request: Request) -> None:
        whole = Request(
            request.query, request.now, request.narrowings, request.days, offset=0, limit=1000
        )
        found = {hit.key for hit in engine.search(whole).hits}
        assert {one.document.key for one in sheets if listed(request, one)} == found
        # Whatever meets it has something of each need, or no rule would ever be found.
        for sheet in sheets:
            if asked(request).holds(sheet):
                assert not any(sheet.lookups.isdisjoint(need) for need in needs(asked(request)))

    agrees()


def test_a_word_that_is_too_long_is_cut_as_engines_cut_it(engine: EmbeddedEngine) -> None:
    long = "w" * 500
    thing = document("a", f"one {long}")
    fill(engine, thing)
    for query in (Term("surface", f"{long}x"), Phrase("surface", ("one", f"{long}y"))):
        assert engine.search(Request(query, NOW)).total == 1
        assert condition(query).holds(Sheet(thing))


def test_a_value_of_a_facet_may_have_spaces() -> None:
    thing: Prepared = document("a", facets={"theme": ["x y"]})
    assert condition(Facet("theme", "x y")).holds(Sheet(thing))
    assert needs(condition(Facet("theme", "x y"))) == [frozenset({"theme:x y"})]
    assert "theme:x y" in Sheet(thing).lookups


def test_what_is_asked_of_everything_needs_nothing() -> None:
    assert needs(Every()) == []
