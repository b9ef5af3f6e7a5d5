"""What words stand in an index: how often, which begin so, which are nearly the same."""

from search.engines.indexes import document, fill

from contactpoint.search.engines.base import Engine


class Words:
    """For "did you mean" and for what is shown while a reader types."""

    def test_frequencies_count_documents(self, engine: Engine) -> None:
        fill(
            engine,
            document("a", "visa visa asylum", title_en="visa"),
            document("b", "visa"),
            document("c", "other"),
            commits=2,
        )
        asked = [
            ("surface", "visa"),
            ("surface", "none"),
            ("title_en", "visa"),
            ("surface", "asylum"),
            ("text_en", "visa"),
        ]
        assert engine.frequencies(asked) == [2, 0, 1, 1, 0]
        assert engine.frequencies([]) == []

    def test_beginnings_stand_the_most_frequent_first(self, engine: Engine) -> None:
        fill(
            engine,
            document("a", "migrant migration visa"),
            document("b", "migration migrants"),
            document("c", "migration migrants mi"),
            document("d", "migrants migration"),
            document("e", "מיגרציה миграция", surface_title="migrate"),
            commits=3,
        )
        assert engine.beginning("surface", "migra") == [
            ("migration", 4),
            ("migrants", 3),
            ("migrant", 1),
        ]
        assert engine.beginning("surface", "migra", 1) == [("migration", 4)]
        assert engine.beginning("surface", "ми") == [("миграция", 1)]
        assert engine.beginning("surface_title", "migr") == [("migrate", 1)]
        assert engine.beginning("surface", "xyz") == []
        assert engine.beginning("surface", "m.*") == []

    def test_similar_words_are_at_most_two_slips_away(self, engine: Engine) -> None:
        fill(
            engine,
            document("a", "residence residents resident incident visa vise"),
            document("b", "residence asylum убежище pass"),
            document("c", "residence resident"),
        )
        assert engine.similar("surface", "residense")[0] == ("residence", 3)
        assert engine.similar("surface", "resdence") == [("residence", 3)]
        assert engine.similar("surface", "reisdence") == [("residence", 3)]  # two letters swapped
        assert engine.similar("surface", "residennt") == [
            ("resident", 2),
            ("residence", 3),
            ("residents", 1),
        ]
        assert engine.similar("surface", "убижищо") == [("убежище", 1)]
        assert engine.similar("surface", "qqqqqqq") == []

    def test_a_slip_in_the_first_letter_is_forgiven(self, engine: Engine) -> None:
        fill(engine, document("a", "residence asylum убежище"))
        for typed, meant in (
            ("tesidence", "residence"),
            ("esidence", "residence"),
            ("rresidence", "residence"),
            ("ersidence", "residence"),
            ("sylum", "asylum"),
            ("ыбежище", "убежище"),
        ):
            assert engine.similar("surface", typed) == [(meant, 1)], typed

    def test_short_words_may_have_one_slip(self, engine: Engine) -> None:
        fill(engine, document("a", "visa vise pass"))
        assert engine.similar("surface", "viza") == [("visa", 1)]
        assert engine.similar("surface", "vizo") == []

    def test_a_word_is_not_similar_to_itself(self, engine: Engine) -> None:
        fill(engine, document("a", "asylum asylums"))
        assert engine.similar("surface", "asylum") == [("asylums", 1)]

    def test_words_of_what_is_gone_or_expired_are_not_told(self, engine: Engine) -> None:
        fill(
            engine,
            document("a", "migration"),
            document("gone", "migrationsecret migraton"),
            document("expired", "migrationexpired migratiom", until=1),
        )
        with engine.writer("first") as writer:
            writer.delete("gone")
            writer.commit()
        assert engine.beginning("surface", "migra") == [("migration", 1)]
        assert engine.similar("surface", "migratiin") == [("migration", 1)]
