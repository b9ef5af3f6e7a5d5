"""Each kind of query, how its answers are scored, ordered and paged."""

import pytest
from search.engines.indexes import ask, document, fill, found, keys

from contactpoint.search.engines.base import Engine
from contactpoint.search.engines.queries import (
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

LONG = "w" * 70_000


class Answering:
    """Queries over four small documents, and orders over many that are alike."""

    @pytest.mark.parametrize(
        ("query", "answers"),
        [
            (Term("surface", "asylum"), "abc"),
            (Term("surface", "asyl"), ""),
            (Term("title_en", "asylum"), "a"),
            (Term("text_fr", "asylum"), ""),
            (Term("about", "asylum"), "b"),
            (Phrase("surface", ("asylum", "seekers")), "ac"),
            (Phrase("surface", ("seekers", "asylum")), ""),
            (Phrase("surface", ("the", "asylum", "seekers")), "c"),
            (Prefix("surface", "seek"), "acd"),
            (Prefix("surface", "s.*"), ""),
            (Prefix("surface", "لج"), "d"),
            (Facet("kind", "news"), "ab"),
            (Facet("theme", "return"), "bc"),
            (Facet("theme", "ret"), ""),
            (Key(("a", "d", "x")), "ad"),
            (Key(()), ""),
            (Everything(), "abcd"),
            (Nothing(), ""),
            (AnyOf((Term("surface", "house"), Term("surface", "seeker"))), "bd"),
            (AnyOf((Facet("kind", "news"), Term("surface", "seekers")), least=2), "a"),
            (AnyOf((Facet("kind", "news"),), least=2), ""),
            (AnyOf(()), ""),
            (Best((Term("surface", "house"), Term("surface", "seeker"))), "bd"),
            (Best(()), ""),
            (AllOf((Facet("kind", "news"), Term("surface", "seekers"))), "a"),
            (AllOf((Term("surface", "asylum"),), (Term("surface", "seekers"),)), "b"),
            (AllOf((), (Term("surface", "asylum"),)), "d"),
            (AllOf((), (Facet("kind", "news"), Key(("c",)))), "d"),
            (AllOf(()), "abcd"),
            (AllOf((Everything(), Nothing())), ""),
            (AllOf((AllOf((), (Facet("kind", "news"),)), Term("surface", "asylum"))), "c"),
            (AnyOf((AllOf((), (Term("surface", "asylum"),)), Key(("a",)))), "ad"),
        ],
    )
    def test_a_query_finds_what_it_says(self, engine: Engine, query: Query, answers: str) -> None:
        fill(
            engine,
            document(
                "a", "asylum seekers", title_en="asylum", facets={"kind": ["news"], "theme": []}
            ),
            document(
                "b",
                "asylum of a house",
                about="asylum asylum",
                facets={"kind": ["news"], "theme": ["return", "asylum"]},
            ),
            document("c", "the asylum seekers", facets={"kind": ["page"], "theme": ["return"]}),
            document("d", "seeker لجوء"),
        )
        assert found(engine, query) == sorted(answers)

    def test_a_phrase_does_not_reach_over_the_end_of_a_line(self, engine: Engine) -> None:
        fill(
            engine,
            document("over", surface_title="x", surface="long asylum\nseekers here"),
            document("within", surface="here\nasylum seekers"),
        )
        assert found(engine, Phrase("surface", ("asylum", "seekers"))) == ["within"]
        assert found(engine, Term("surface", "seekers")) == ["over", "within"]

    @pytest.mark.parametrize(
        "token",
        ["ασυλο", "убежище", "لجوء", "ዑቕባ", "თავშესაფარი", "a+b", 'q"uote', "o'clock", "a:b", "c#",
         "(x", "*", "😀", "ß", "no\u00a0break", "ſ", "AND", "\\"],
    )  # fmt: skip
    def test_a_token_is_taken_as_it_is(self, engine: Engine, token: str) -> None:
        fill(
            engine,
            document("with", f"one {token} two", text_en=token, about=token),
            document("without", "one two", text_en="one"),
        )
        for field in ("surface", "text_en", "about"):
            assert found(engine, Term(field, token)) == ["with"]
        assert found(engine, Phrase("surface", ("one", token, "two"))) == ["with"]
        assert found(engine, Prefix("surface", token)) == ["with"]

    @pytest.mark.parametrize(
        "key",
        ["a b", "a/b", 'a"b', "a'b", "a:1", "ü", "a\\b", "../a", "#", "k" * 300, "a%2Fb", "*"],
    )
    def test_a_key_may_be_odd(self, engine: Engine, key: str) -> None:
        fill(engine, document(key, "old"), document("other", "old"))
        fill(engine, document(key, "new"))
        assert found(engine, Key((key,))) == [key]
        assert found(engine, Term("surface", "old")) == ["other"]
        with engine.writer("first") as writer:
            writer.delete(key)
            writer.commit()
        assert found(engine) == ["other"]

    def test_a_token_of_any_length_breaks_nothing(self, engine: Engine) -> None:
        fill(engine, document("a", f"one {LONG} two", title_en=LONG), document("b", "w"))
        assert found(engine, Term("surface", LONG)) == ["a"]
        assert found(engine, Term("title_en", LONG)) == ["a"]
        assert found(engine, Phrase("surface", ("one", LONG, "two"))) == ["a"]
        assert found(engine, Prefix("surface", LONG[:50])) == ["a"]

    # --- scores ---

    def test_a_rare_word_and_a_repeated_one_score_higher(self, engine: Engine) -> None:
        fill(
            engine,
            document("rare", text_en="moldova x y"),
            document("common", text_en="asylum x y"),
            document("twice", text_en="asylum asylum y"),
            *(document(f"more{number}", text_en="asylum x y") for number in range(5)),
        )
        either = AnyOf((Term("text_en", "moldova"), Term("text_en", "asylum")))
        order = keys(ask(engine, either))
        assert order[:2] == ["rare", "twice"]
        boosted = AnyOf((Term("text_en", "moldova", boost=0.01), Term("text_en", "asylum")))
        assert keys(ask(engine, boosted))[-1] == "rare"

    def test_scores_are_added_up_or_the_best_is_taken(self, engine: Engine) -> None:
        fill(
            engine,
            document("ab", facets={"kind": ["a"], "type": ["b"]}),
            document("a", facets={"kind": ["a"]}),
            document("b", facets={"type": ["b"]}),
        )
        a, b = Facet("kind", "a", boost=2), Facet("type", "b", boost=3)

        def scores(query: Query) -> dict[str, float]:
            return {hit.key: round(hit.score, 4) for hit in ask(engine, query).hits}

        assert scores(AnyOf((a, b))) == {"ab": 5, "b": 3, "a": 2}
        assert scores(AllOf((a, b))) == {"ab": 5}
        assert scores(Best((a, b))) == {"ab": 3, "b": 3, "a": 2}
        assert scores(Best((a, b), tie=0.5)) == {"ab": 4, "b": 3, "a": 2}
        assert scores(AllOf((a,), (b,))) == {"a": 2}
        assert scores(Key(("b",), boost=7)) == {"b": 7}
        assert scores(AllOf((), (b,))) == {"a": 0}
        assert scores(Everything()) == {"ab": 0, "a": 0, "b": 0}
        assert scores(AllOf((a, Everything()))) == {"ab": 2, "a": 2}

    def test_a_beginning_scores_the_same_in_every_document(self, engine: Engine) -> None:
        fill(engine, document("a", "visa visas visum visa"), document("b", "of visitors"))
        hits = ask(engine, Prefix("surface", "vis", boost=1.5)).hits
        assert [(hit.key, hit.score) for hit in hits] == [("a", 1.5), ("b", 1.5)]

    def test_a_phrase_scores_by_its_boost(self, engine: Engine) -> None:
        fill(engine, document("a", "red tape"), document("b", "no red line"))
        low, high = (
            ask(engine, Phrase("surface", ("red", "tape"), boost)).hits[0].score for boost in (1, 4)
        )
        assert high == pytest.approx(low * 4, rel=1e-4)

    # --- orders and pages ---

    def test_equal_scores_stand_by_day_then_by_key(self, engine: Engine) -> None:
        fill(
            engine,
            *(document(key, "word", day=5) for key in ("c", "a:10", "a:9", "b")),
            document("later", "word", day=6),
            document("undated", "word"),
            document("an undated", "word"),
            document("best", "word word", day=1),
            commits=4,
        )
        in_order = ["best", "later", "a:10", "a:9", "b", "c", "an undated", "undated"]
        assert keys(ask(engine, Term("surface", "word"))) == in_order
        assert keys(ask(engine, Prefix("surface", "wor"))) == [
            *in_order[1:6],
            "best",
            *in_order[6:],
        ]

    def test_the_newest_or_oldest_stand_first_and_the_undated_last(self, engine: Engine) -> None:
        fill(
            engine,
            document("b", "x", day=700_000),
            document("a", "x x", day=700_000),
            document("new", "x", day=800_000),
            document("old", "x", day=1),
            document("undated", "x"),
            commits=3,
        )
        word = Term("surface", "x")
        assert keys(ask(engine, word, sort="newest")) == ["new", "a", "b", "old", "undated"]
        assert keys(ask(engine, word, sort="oldest")) == ["old", "a", "b", "new", "undated"]

    @pytest.mark.parametrize("sort", ["fit", "newest", "oldest"])
    @pytest.mark.parametrize(
        "query",
        [
            Everything(),
            Term("surface", "word"),
            AnyOf((Prefix("surface", "wo"), Prefix("surface", "mo", boost=0.5))),
        ],
    )
    def test_pages_follow_without_doubles_or_gaps(
        self, engine: Engine, query: Query, sort: str
    ) -> None:
        fill(
            engine,
            *(
                document(f"d:{number}", "word" + " more" * (number % 3), day=number % 4 or None)
                for number in range(90)
            ),
            commits=5,
        )
        whole = keys(ask(engine, query, sort=sort))
        assert len(whole) == len(set(whole)) == 90
        paged = [
            key
            for offset in range(0, 105, 7)
            for key in keys(ask(engine, query, sort=sort, offset=offset, limit=7))
        ]
        assert paged == whole

    def test_a_page_beyond_the_end_is_empty_and_counted(self, engine: Engine) -> None:
        fill(engine, document("a", "x"))
        for offset, limit in ((1, 5), (10_000, 5), (0, 0), (5, 10_000)):
            for sort in ("fit", "newest"):
                answer = ask(engine, Term("surface", "x"), offset=offset, limit=limit, sort=sort)
                assert (answer.total, list(answer.hits)) == (1, [])

    def test_a_hit_tells_its_day_and_languages(self, engine: Engine) -> None:
        fill(
            engine,
            document("a", "x", day=735_000, languages=("nl", "en", "ti")),
            document("b", "x x", languages=()),
        )
        told = {hit.key: (hit.day, hit.languages) for hit in ask(engine).hits}
        assert told == {"a": (735_000, frozenset({"nl", "en", "ti"})), "b": (None, frozenset())}
