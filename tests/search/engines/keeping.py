"""Indexes are made, written, switched and removed; what was stored comes back."""

import threading

import pytest
from search.engines.indexes import ask, document, fill, found, keys, write

from contactpoint.search.engines.base import Engine, EngineError, LockedError, UnavailableError
from contactpoint.search.engines.queries import Everything, Phrase, Term


class Keeping:
    """Nothing is lost, nothing is half there."""

    def test_without_an_index_search_is_unavailable(self, engine: Engine) -> None:
        status = engine.status()
        assert (status.name, status.documents, list(status.names)) == (None, 0, [])
        with pytest.raises(UnavailableError, match="contactpoint index rebuild"):
            ask(engine, Everything())
        with pytest.raises(UnavailableError):
            engine.frequencies([("surface", "a")])
        with pytest.raises(UnavailableError):
            engine.beginning("surface", "a")
        with pytest.raises(UnavailableError):
            engine.similar("surface", "asylum")

    def test_an_index_that_is_not_switched_to_is_not_searched(self, engine: Engine) -> None:
        engine.create("first")
        write(engine, "first", document("a"))
        with pytest.raises(UnavailableError):
            ask(engine, Everything())
        assert list(engine.status().names) == ["first"]

    def test_status_tells_what_is_searched(self, engine: Engine) -> None:
        fill(engine, document("a", "x"), document("b", "y"))
        engine.create("second")
        status = engine.status()
        assert (status.name, status.documents) == ("first", 2)
        assert sorted(status.names) == ["first", "second"]
        assert status.size > 0
        assert status.engine

    def test_creating_what_is_there_keeps_it(self, engine: Engine) -> None:
        fill(engine, document("a", "x"))
        engine.create("first")
        assert found(engine) == ["a"]

    def test_an_empty_index_answers_with_nothing(self, engine: Engine) -> None:
        engine.create("first")
        engine.switch("first")
        answer = ask(engine, Term("surface", "x"), counted=["kind"])
        assert (answer.total, list(answer.hits), answer.facets) == (0, [], {"kind": {}})
        assert ask(engine, sort="newest").total == 0

    def test_what_is_put_again_replaces_what_was(self, engine: Engine) -> None:
        fill(engine, document("a", "old", facets={"kind": ["old"]}), document("b", "old"))
        write(engine, "first", document("a", "new", facets={"kind": ["new"]}))
        assert found(engine, Term("surface", "old")) == ["b"]
        assert found(engine, Term("surface", "new")) == ["a"]
        assert ask(engine, counted=["kind"]).facets == {"kind": {"new": 1}}
        assert engine.status().documents == 2

    def test_of_two_in_one_commit_the_last_one_stays(self, engine: Engine) -> None:
        engine.create("first")
        engine.switch("first")
        write(engine, "first", document("a", "one", number=1), document("a", "two", number=2))
        assert found(engine, Term("surface", "two")) == ["a"]
        assert found(engine) == ["a"]

    def test_putting_and_deleting_stand_in_the_order_in_which_they_were_done(
        self, engine: Engine
    ) -> None:
        fill(engine, document("there", "x"))
        with engine.writer("first") as writer:
            writer.put(document("gone", "x"))
            writer.delete("gone")
            writer.delete("there")
            writer.put(document("there", "y"))
            writer.delete("never was")
            writer.commit()
        assert found(engine) == ["there"]
        assert found(engine, Term("surface", "y")) == ["there"]

    def test_what_is_deleted_is_gone_from_results_and_counts(self, engine: Engine) -> None:
        fill(engine, document("a", "x", facets={"kind": ["k"]}), document("b", "x"))
        with engine.writer("first") as writer:
            writer.delete("a")
            writer.commit()
        answer = ask(engine, Term("surface", "x"), counted=["kind"])
        assert (keys(answer), answer.total, answer.facets) == (["b"], 1, {"kind": {}})

    def test_nothing_is_seen_before_the_commit(self, engine: Engine) -> None:
        fill(engine, document("a", "x"))
        with engine.writer("first") as writer:
            writer.put(document("b", "x"))
            writer.delete("a")
            assert found(engine) == ["a"]
            writer.commit()
            assert found(engine) == ["b"]
            writer.put(document("c", "x"))
            writer.commit()
            assert found(engine) == ["b", "c"]

    def test_leaving_without_a_commit_forgets_what_was_put(self, engine: Engine) -> None:
        fill(engine, document("a", "x"))
        with engine.writer("first") as writer:
            writer.put(document("b", "x"))
            writer.delete("a")
        assert found(engine) == ["a"]

    def test_a_failure_while_writing_keeps_the_last_commit(self, engine: Engine) -> None:
        fill(engine, document("a", "x"))

        def write_and_fail() -> None:
            with engine.writer("first") as writer:
                writer.put(document("b", "x"))
                writer.commit()
                writer.put(document("c", "x"))
                writer.delete("a")
                raise RuntimeError("stop")

        with pytest.raises(RuntimeError, match="stop"):
            write_and_fail()
        assert found(engine) == ["a", "b"]
        write(engine, "first", document("d", "x"))
        assert found(engine) == ["a", "b", "d"]

    def test_one_writes_at_a_time(self, engine: Engine) -> None:
        engine.create("first")
        engine.create("second")
        with engine.writer("first") as writer:
            with pytest.raises(LockedError), engine.writer("first"):
                pass
            with engine.writer("second") as other:  # each index has a writer of its own
                other.put(document("b"))
                other.commit()
            writer.put(document("a"))
            writer.commit()
        engine.switch("first")
        assert found(engine) == ["a"]
        write(engine, "first", document("c"))

    def test_an_index_that_is_not_there_cannot_be_written_or_searched(self, engine: Engine) -> None:
        with pytest.raises(EngineError), engine.writer("none"):
            pass
        with pytest.raises(EngineError):
            engine.switch("none")
        assert list(engine.status().names) == []

    @pytest.mark.parametrize("name", ["", "..", "a/b", "/tmp", "current", "A b", "*", "x" * 200])
    def test_a_name_that_is_no_name_is_refused(self, engine: Engine, name: str) -> None:
        with pytest.raises(ValueError, match="name"):
            engine.create(name)

    def test_a_switch_is_seen_at_once_and_the_old_one_can_go(self, engine: Engine) -> None:
        fill(engine, document("old", "x"))
        before = ask(engine)
        engine.create("second")
        write(engine, "second", document("new", "x"))
        assert found(engine) == ["old"]
        engine.switch("second")
        assert found(engine) == ["new"]
        assert [one["key"] for one in engine.stored(before.hits)] == ["old"]
        engine.remove("first")
        assert list(engine.status().names) == ["second"]
        assert found(engine) == ["new"]
        engine.remove("first")

    def test_the_index_that_is_searched_is_not_removed(self, engine: Engine) -> None:
        fill(engine, document("a", "x"))
        with pytest.raises(EngineError):
            engine.remove("first")
        assert found(engine) == ["a"]

    def test_readers_never_meet_a_gap_while_indexes_are_switched(self, engine: Engine) -> None:
        fill(engine, document("a", "x"), document("b", "x"))
        problems: list[object] = []
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                try:
                    answer = ask(engine, Term("surface", "x"), counted=["kind"])
                    seen = (answer.total, len(engine.stored(answer.hits)))
                except EngineError as problem:
                    problems.append(problem)
                else:
                    if seen != (2, 2):
                        problems.append(seen)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        old = "first"
        for number in range(4):
            name = f"next{number}"
            engine.create(name)
            write(engine, name, document("a", "x"), document("b", "x"))
            engine.switch(name)
            engine.remove(old)
            old = name
        done.set()
        for reader in readers:
            reader.join()
        assert problems == []

    def test_what_was_stored_comes_back_as_it_was(self, engine: Engine) -> None:
        stored = {
            "kind": "news",
            "day": None,
            "about": {"asylum": 1.5, "تأشيرة": 2},
            "versions": {"ar": {"title": "لجوء", "files": [["a", "/b", 3, 12]]}},
            "deep": [[1, [2, {"x": True}]]],
            "quote": "\"'\\\n\u2028😀\x00",
        }
        fill(engine, document("a", "x", stored=stored), document("b", "x x", stored={}))
        answer = ask(engine, Term("surface", "x"))
        assert dict(zip(keys(answer), engine.stored(answer.hits), strict=True)) == {
            "a": stored,
            "b": {},
        }
        assert engine.stored([]) == []
        reverse = list(reversed(answer.hits))
        assert engine.stored(reverse) == list(reversed(engine.stored(answer.hits)))

    def test_a_field_that_does_not_exist_is_an_error_that_names_it(self, engine: Engine) -> None:
        fill(engine, document("a", "x"))
        with pytest.raises(EngineError, match="title_xx"):
            ask(engine, Term("title_xx", "a"))
        with pytest.raises(EngineError, match="colour"):
            ask(engine, counted=["colour"])
        with pytest.raises(EngineError, match="title_xx"):
            write(engine, "first", document("b", title_xx="a"))
        with pytest.raises(EngineError, match="title_en"):
            ask(engine, Phrase("title_en", ("a", "b")))
        assert found(engine) == ["a"]
