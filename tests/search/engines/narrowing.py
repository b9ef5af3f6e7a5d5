"""Narrowing by facets and days, exact counts, and what nobody may see any more."""

import pytest
from search.engines.indexes import NOW, ask, document, fill, found

from contactpoint.search.engines.base import Engine
from contactpoint.search.engines.queries import Everything, Key, Narrowing, Term


class Narrowings:
    """What is chosen holds for hits, totals and counts alike."""

    @pytest.mark.parametrize(
        ("chosen", "answers"),
        [
            ({"theme": Narrowing(any=["asylum"])}, "ab"),
            ({"theme": Narrowing(any=["asylum", "return"])}, "abc"),
            ({"theme": Narrowing(all=["asylum", "return"])}, "b"),
            ({"theme": Narrowing(none=["asylum"])}, "cd"),
            ({"theme": Narrowing(any=["return"], none=["asylum"])}, "c"),
            ({"theme": Narrowing(any=["asylum"]), "country": Narrowing(any=["be"])}, "a"),
            ({"theme": Narrowing(none=["asylum"]), "country": Narrowing(none=["be"])}, "d"),
            ({"theme": Narrowing(any=["nothing of ours"])}, ""),
            ({"theme": Narrowing()}, "abcd"),
        ],
    )
    def test_any_all_and_none(
        self, engine: Engine, chosen: dict[str, Narrowing], answers: str
    ) -> None:
        fill(
            engine,
            document("a", facets={"theme": ["asylum"], "country": ["be"]}),
            document("b", facets={"theme": ["asylum", "return"], "country": ["nl"]}),
            document("c", facets={"theme": ["return"], "country": ["be"]}),
            document("d"),
        )
        assert found(engine, narrowings=chosen) == sorted(answers)

    def test_a_facet_is_counted_as_if_its_own_any_were_not_chosen(self, engine: Engine) -> None:
        fill(
            engine,
            document("a", "x", facets={"theme": ["asylum"], "country": ["be"]}),
            document("b", "x", facets={"theme": ["asylum", "return"], "country": ["nl"]}),
            document("c", "x", facets={"theme": ["return"], "country": ["be"]}),
            document("d", "x", facets={"theme": ["visa"], "country": ["be", "nl"]}),
            document("e", "y", facets={"theme": ["visa"], "country": ["fr"]}),
        )
        answer = ask(
            engine,
            Term("surface", "x"),
            narrowings={
                "theme": Narrowing(any=["asylum"], none=["visa"]),
                "country": Narrowing(any=["be"]),
            },
            counted=["theme", "country", "kind"],
            limit=1,
        )
        assert answer.total == 1
        assert answer.facets == {
            "theme": {"asylum": 1, "return": 1},
            "country": {"be": 1, "nl": 1},
            "kind": {},
        }

    def test_counts_are_of_all_that_answers_not_of_the_page(self, engine: Engine) -> None:
        fill(
            engine,
            *(document(f"{n}", "x", facets={"year": [str(2000 + n % 3)]}) for n in range(30)),
            commits=4,
        )
        answer = ask(engine, counted=["year"], limit=2)
        assert (answer.total, len(answer.hits)) == (30, 2)
        assert answer.facets == {"year": {"2000": 10, "2001": 10, "2002": 10}}
        assert ask(engine, limit=0, counted=["year"]).facets == answer.facets

    def test_more_than_a_thousand_values_are_counted_exactly(self, engine: Engine) -> None:
        # The rarest in one commit are the commonest in the next: no part may leave out its tail.
        values = [f"v{number:04}" for number in range(1300)]
        documents = [
            document(f"one{n}", facets={"concept": values[n:]}) for n in range(0, 1300, 130)
        ]
        documents += [
            document(f"two{n}", facets={"concept": values[: n + 1]}) for n in range(0, 1300, 130)
        ]
        fill(engine, *documents, commits=5)
        expected = {
            value: sum(value in one.facets["concept"] for one in documents) for value in values
        }
        assert ask(engine, counted=["concept"], most_values=2000).facets["concept"] == expected
        few = ask(engine, counted=["concept"], most_values=10).facets["concept"]
        assert len(few) == 10
        assert sorted(few.values()) == sorted(expected.values())[-10:]
        assert all(expected[value] == count for value, count in few.items())

    def test_a_value_given_twice_counts_once(self, engine: Engine) -> None:
        fill(engine, document("a", facets={"theme": ["visa", "visa"]}))
        assert ask(engine, counted=["theme"]).facets == {"theme": {"visa": 1}}

    @pytest.mark.parametrize("value", ['q"uote', "a/b", "a b", "ünï", "*", "A", "a", "\\", "{}"])
    def test_a_value_may_be_odd(self, engine: Engine, value: str) -> None:
        fill(engine, document("a", facets={"type": [value]}), document("b"))
        assert found(engine, narrowings={"type": Narrowing(any=[value])}) == ["a"]
        assert ask(engine, counted=["type"]).facets == {"type": {value: 1}}

    @pytest.mark.parametrize(
        ("days", "answers"),
        [
            ((None, None), "abcd"),
            ((200, None), "bc"),
            ((None, 200), "ab"),
            ((200, 200), "b"),
            ((201, 299), ""),
            ((300, 100), ""),
        ],
    )
    def test_days_are_bounds_with_both_ends_included(
        self, engine: Engine, days: tuple[int | None, int | None], answers: str
    ) -> None:
        fill(
            engine,
            document("a", day=100, facets={"kind": ["k"]}),
            document("b", day=200, facets={"kind": ["k"]}),
            document("c", day=300, facets={"kind": ["k"]}),
            document("d", facets={"kind": ["k"]}),
        )
        assert found(engine, days=days) == sorted(answers)
        counted = ask(engine, days=days, counted=["kind"]).facets["kind"].get("k", 0)
        assert counted == len(answers)

    def test_what_has_expired_is_not_told_of_in_any_way(self, engine: Engine) -> None:
        fill(
            engine,
            document("gone", "x secret", facets={"kind": ["old"]}, until=NOW - 1),
            document("just", "x", facets={"kind": ["old"]}, until=NOW),
            document("last minute", "x", facets={"kind": ["now"]}, until=NOW + 1),
            document("for good", "x", facets={"kind": ["now"]}),
            commits=2,
        )
        assert found(engine, Term("surface", "x")) == ["for good", "last minute"]
        assert found(engine, Everything()) == ["for good", "last minute"]
        assert found(engine, Key(("gone", "just"))) == []
        for sort in ("newest", "oldest"):
            assert found(engine, sort=sort) == ["for good", "last minute"]
        assert ask(engine, counted=["kind"]).facets == {"kind": {"now": 2}}
        chosen = {"kind": Narrowing(any=["old"])}
        assert ask(engine, counted=["kind"], narrowings=chosen).facets == {"kind": {"now": 2}}
        assert found(engine, Term("surface", "x"), now=NOW - 1) == [
            "for good",
            "just",
            "last minute",
        ]
