"""What only an engine on a cluster does; the rest is in the contract that all engines pass."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from opensearch_cluster import Cluster

from contactpoint.search.documents import Prepared
from contactpoint.search.engines.base import (
    Answer,
    EngineError,
    LockedError,
    Request,
    UnavailableError,
)
from contactpoint.search.engines.opensearch import OpenSearchEngine, asking, lock, make, writing
from contactpoint.search.engines.opensearch import engine as engine_module
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

pytestmark = pytest.mark.xdist_group("opensearch")
NOW = 1000


def document(key: str, words: str = "", number: int = 0, **more: Any) -> Prepared:
    return Prepared(
        key=key,
        texts={"title_en": words, "surface_title": words, "surface": words},
        facets=more.pop("facets", {}),
        languages=more.pop("languages", ("en",)),
        number=number,
        **more,
    )


def fill(engine: OpenSearchEngine, *documents: Prepared, name: str = "a") -> None:
    engine.create(name)
    with engine.writer(name) as writer:
        for each in documents:
            writer.put(each)
        writer.commit()
    engine.switch(name)


def keys(answer: Answer) -> list[str]:
    return [hit.key for hit in answer.hits]


def found(engine: OpenSearchEngine, query: Query, **more: Any) -> list[str]:
    return keys(engine.search(Request(query, NOW, **more)))


@pytest.fixture
def library(engine: OpenSearchEngine) -> OpenSearchEngine:
    fill(
        engine,
        document("a", "asylum law", day=10, facets={"kind": ["news"], "theme": ["asylum", "law"]}),
        document("b", "asylum asylum seeker", day=30, facets={"kind": ["study"]}),
        document("c", "law of return", day=20, facets={"kind": ["news"], "theme": ["return"]}),
        document("d", "return", facets={"kind": ["event"], "theme": ["return"]}),
        document("e", "asylum", until=NOW, day=40, facets={"kind": ["news"]}),
    )
    return engine


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Term("title_en", "asylum"), ["b", "a"]),
        (Term("text_fi", "asylum"), []),
        (Term("title_fi", "asylum"), []),
        (Term("title_en", "Asylum"), []),
        (Phrase("surface_title", ("asylum", "seeker")), ["b"]),
        (Phrase("surface_title", ("seeker", "asylum")), []),
        (Prefix("surface", "re"), ["c", "d"]),
        (Facet("theme", "return"), ["c", "d"]),
        (Key(("d", "a", "x")), ["a", "d"]),
        (AnyOf((Term("title_en", "law"), Term("title_en", "return"))), ["c", "d", "a"]),
        (AnyOf((Term("title_en", "law"), Term("title_en", "return")), least=2), ["c"]),
        (AnyOf((Term("title_en", "law"),), least=2), []),
        (AnyOf((Facet("kind", "event", boost=1),), least=0), ["d", "b", "c", "a"]),
        (AnyOf(()), []),
        (Best(()), []),
        (Best((Facet("kind", "news", boost=1), Facet("theme", "law", boost=3))), ["a", "c"]),
        (AllOf((Term("title_en", "law"), Facet("theme", "return"))), ["c"]),
        (AllOf((Term("title_en", "asylum"),), excluded=(Term("title_en", "law"),)), ["b"]),
        (AllOf((), excluded=(Facet("kind", "news"),)), ["b", "d"]),
        (Everything(), ["b", "c", "a", "d"]),
        (Nothing(), []),
    ],
)
def test_each_kind_of_query_finds_what_it_says(
    library: OpenSearchEngine, query: Query, expected: Sequence[str]
) -> None:
    assert found(library, query) == list(expected)


def test_constant_scores_are_the_boosts_and_are_added_or_the_best_taken(
    library: OpenSearchEngine,
) -> None:
    two = (Facet("kind", "event", boost=2), Key(("d",), boost=3))
    for query, score in (
        (Prefix("surface", "return", boost=1.5), 1.5),
        (Facet("kind", "event"), 0),
        (AnyOf(two), 5),
        (AllOf(two), 5),
        (Best(two), 3),
        (Best(two, tie=0.5), 4),
        (AllOf(()), 0),
    ):
        hits = library.search(Request(query, NOW)).hits
        assert {hit.key: hit.score for hit in hits}["d"] == score, query


def test_a_chosen_facet_is_counted_as_if_it_were_not_chosen(library: OpenSearchEngine) -> None:
    answer = library.search(
        Request(
            Everything(),
            NOW,
            narrowings={"kind": Narrowing(any=["news"]), "theme": Narrowing(none=["asylum"])},
            counted=["kind", "theme", "country"],
        )
    )
    assert (keys(answer), answer.total) == (["c"], 1)
    assert answer.facets == {
        "kind": {"study": 1, "news": 1, "event": 1},
        "theme": {"return": 1},
        "country": {},
    }


def test_two_chosen_facets_narrow_each_others_counts(library: OpenSearchEngine) -> None:
    answer = library.search(
        Request(
            Everything(),
            NOW,
            narrowings={"kind": Narrowing(any=["news", "event"]), "theme": Narrowing(any=["law"])},
            counted=["kind", "theme"],
        )
    )
    assert keys(answer) == ["a"]
    assert answer.facets == {
        "kind": {"news": 1},
        "theme": {"asylum": 1, "law": 1, "return": 2},
    }


def test_what_is_chosen_of_a_facet_that_is_not_counted_narrows_too(
    library: OpenSearchEngine,
) -> None:
    answer = library.search(
        Request(Everything(), NOW, narrowings={"kind": Narrowing(any=["news"])}, counted=["theme"])
    )
    assert answer.total == 2
    assert answer.facets == {"theme": {"asylum": 1, "law": 1, "return": 1}}


def test_days_bound_and_sort(library: OpenSearchEngine) -> None:
    assert found(library, Everything(), days=(10, 20)) == ["c", "a"]
    assert found(library, Everything(), days=(None, 20), sort="oldest") == ["a", "c"]
    assert found(library, Everything(), sort="oldest") == ["a", "c", "b", "d"]
    assert found(library, Everything(), sort="newest", offset=1, limit=2) == ["c", "a"]


def test_an_expired_document_comes_back_for_those_who_ask_about_earlier(
    library: OpenSearchEngine,
) -> None:
    answer = library.search(Request(Key(("e",)), NOW - 1, counted=["kind"]))
    assert (keys(answer), answer.facets) == (["e"], {"kind": {"news": 1}})


def test_hits_bring_their_day_languages_and_what_was_stored(engine: OpenSearchEngine) -> None:
    kept = {"versions": {"nl": {"title": "Asiel 2020-01-01", "files": [["a", 1]]}}, "day": None}
    fill(
        engine,
        document("a", "x", day=7, languages=("nl", "fr"), stored=kept),
        document("b", "x"),
    )
    hits = engine.search(Request(Term("title_en", "x"), NOW)).hits
    assert [(hit.day, hit.languages) for hit in hits] == [(7, {"nl", "fr"}), (None, {"en"})]
    assert engine.stored(list(reversed(hits))) == [{}, kept]
    with engine.writer("a") as writer:
        writer.delete("a")
        writer.commit()
    assert engine.stored(hits) == [{}, {}]


def test_what_another_copy_does_not_show_yet_is_stored_all_the_same(
    engine: OpenSearchEngine, cluster: Cluster, address: str
) -> None:
    fill(engine, document("a", "x", stored={"a": 1}))
    hit = engine.search(Request(Everything(), NOW)).hits[0]
    prefix = address.rpartition("/")[2]
    # Written and not yet shown by any copy: as a search of one copy sees it from the other.
    body = {"key": "b", "stored": {"b": 1}}
    cluster.ask(f"/{prefix}-a/_doc/b", method="PUT", body=body)
    assert engine.stored([hit, replace(hit, key="b")]) == [{"a": 1}, {"b": 1}]


def test_a_surrogate_and_a_date_in_a_text_are_no_trouble(engine: OpenSearchEngine) -> None:
    fill(
        engine, document("a", "2020-01-01"), document("b", "half\ud800 \x00null long" + "g" * 9000)
    )
    assert found(engine, Term("title_en", "2020-01-01")) == ["a"]
    assert found(engine, Term("title_en", "half?")) == ["b"]


def test_a_document_that_the_cluster_would_refuse_does_not_hold_up_the_others(
    engine: OpenSearchEngine,
) -> None:
    engine.create("a")
    engine.switch("a")
    with engine.writer("a") as writer:
        writer.put(document("a", "x"))
        with pytest.raises(EngineError, match="512 bytes"):
            writer.put(document("ü" * 300, "x"))
        writer.commit()
    assert found(engine, Everything()) == ["a"]


def test_pages_end_with_a_sentence_where_the_cluster_ends(
    library: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(library, Everything(), offset=9_990) == []
    assert found(library, Everything(), offset=1_000_000_000_000) == []
    monkeypatch.setattr(asking, "DEEPEST", 3)
    monkeypatch.setattr(engine_module, "DEEPEST", 3)
    assert found(library, Everything(), offset=1, limit=2) == ["c", "a"]
    with pytest.raises(EngineError, match="first 3 results"):
        library.search(Request(Everything(), NOW, offset=2, limit=2))


def test_a_question_with_too_many_parts_is_refused_with_the_setting_that_says_so(
    library: OpenSearchEngine,
) -> None:
    many = AnyOf(tuple(Term("title_en", f"w{number}") for number in range(2000)))
    with pytest.raises(EngineError, match="max_clause_count"):
        library.search(Request(many, NOW))
    elsewhere = AnyOf(
        tuple(Term(f"title_{name}", f"w{number}") for name in ("fi", "sv") for number in range(900))
    )
    assert found(library, elsewhere) == []


def test_words_are_counted_begun_and_compared(library: OpenSearchEngine) -> None:
    assert library.frequencies(
        [("title_en", "asylum"), ("title_fi", "x"), ("title_en", "asylum"), ("surface", "law")]
    ) == [3, 0, 3, 2]
    assert library.beginning("surface_title", "as") == [("asylum", 2)]
    assert library.beginning("surface", "") == [
        ("asylum", 2), ("law", 2), ("return", 2), ("of", 1), ("seeker", 1),
    ]  # fmt: skip
    assert library.beginning("surface", "", limit=1) == [("asylum", 2)]
    assert library.beginning("surface", ".*") == []
    assert library.beginning("surface", "a" * 5000) == []
    assert library.similar("surface", "asilum") == [("asylum", 2)]
    assert library.similar("surface", "asylum") == []
    assert library.similar("surface", "lwa") == [("law", 2)]
    assert library.similar("surface", "retunr") == [("return", 2)]
    assert library.similar("surface", "xyz") == []


def test_without_an_index_status_says_so_and_searching_is_unavailable(
    engine: OpenSearchEngine,
) -> None:
    assert engine.status().name is None
    for ask in (
        lambda: engine.search(Request(Everything(), NOW)),
        lambda: engine.frequencies([("surface", "x")]),
        lambda: engine.beginning("surface", "x"),
        lambda: engine.similar("surface", "x"),
    ):
        with pytest.raises(UnavailableError, match="index rebuild"):
            ask()
    with pytest.raises(EngineError, match="no index called a"), engine.writer("a"):
        pass
    with pytest.raises(EngineError, match="no index called a"):
        engine.switch("a")


def test_a_new_index_is_filled_beside_the_old_one_and_switched_to(
    library: OpenSearchEngine, address: str
) -> None:
    library.create("b")
    library.create("b")
    with library.writer("b") as writer:
        writer.put(document("z", "asylum"))
        writer.commit()
    assert found(library, Term("title_en", "asylum")) == ["b", "a"]
    library.switch("b")
    library.switch("b")
    assert found(make(address), Term("title_en", "asylum")) == ["z"]
    status = library.status()
    assert (status.name, status.documents, status.names) == ("b", 1, ["a", "b"])
    assert status.size > 0
    with pytest.raises(EngineError, match="is being searched"):
        library.remove("b")
    library.remove("a")
    library.remove("a")
    assert library.status().names == ["b"]


def test_an_index_of_another_portal_with_a_longer_prefix_is_not_ours(
    library: OpenSearchEngine, address: str
) -> None:
    neighbour = make(f"{address}-b")
    neighbour.create("c")
    neighbour.switch("c")
    assert library.status().names == ["a"]
    assert neighbour.status().names == ["c"]
    library.switch("a")
    assert neighbour.status().name == "c"


def test_what_is_not_committed_is_forgotten(library: OpenSearchEngine) -> None:
    with library.writer("a") as writer:
        writer.put(document("f", "asylum"))
        writer.delete("a")
    with library.writer("a") as writer:
        writer.commit()
    assert found(library, Term("title_en", "asylum")) == ["b", "a"]


def test_more_than_memory_and_a_piece_hold_is_written_whole_and_in_order(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "IN_MEMORY", 1000)
    monkeypatch.setattr(writing, "PIECE", 3000)
    engine.create("a")
    with engine.writer("a") as writer:
        for number in range(200):
            writer.put(document(f"k{number % 100}", f"turn{number // 100}"))
        writer.delete("k0")
        writer.commit()
    engine.switch("a")
    assert engine.search(Request(Term("title_en", "turn1"), NOW)).total == 99
    assert engine.search(Request(Term("title_en", "turn0"), NOW)).total == 0


def test_an_older_change_that_comes_late_does_not_win(engine: OpenSearchEngine) -> None:
    fill(engine, document("a", "new", number=5), document("b", "there", number=5))
    with engine.writer("a") as writer:
        writer.put(document("a", "old", number=4))
        writer.delete("b", number=9)
        writer.commit()
        writer.put(document("b", "late", number=8))
        writer.commit()
    assert found(engine, Everything()) == ["a"]
    assert found(engine, Term("title_en", "new")) == ["a"]
    with engine.writer("a") as writer:
        writer.put(document("b", "again", number=10))
        writer.commit()
    assert found(engine, Term("title_en", "again")) == ["b"]


def test_without_numbers_the_last_change_wins(engine: OpenSearchEngine) -> None:
    fill(engine, document("a", "one"))
    with engine.writer("a") as writer:
        writer.delete("a")
        writer.delete("nothing")
        writer.commit()
        writer.put(document("a", "two"))
        writer.commit()
    assert found(engine, Term("title_en", "two")) == ["a"]


def test_a_late_write_does_not_bring_a_removed_index_back(library: OpenSearchEngine) -> None:
    library.create("b")
    with library.writer("b") as writer:
        library.remove("b")
        writer.put(document("x", "x"))
        with pytest.raises(EngineError):
            writer.commit()
    assert library.status().names == ["a"]


def test_one_writes_at_a_time(library: OpenSearchEngine, address: str) -> None:
    other = make(address)
    with library.writer("a") as writer:
        with pytest.raises(LockedError, match=r"Process \d+ on .* is writing"), other.writer("a"):
            pass
        library.create("b")
        with other.writer("b"):
            writer.commit()
    with other.writer("a"):
        pass


def test_an_open_lock_is_renewed_and_one_that_is_not_ends(
    library: OpenSearchEngine, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "LEASE", 3.0)
    monkeypatch.setattr(lock, "_place", lambda: "")
    other = make(address)
    with library.writer("a"):
        threading.Event().wait(5)
        with pytest.raises(LockedError), other.writer("a"):
            pass
    monkeypatch.setattr(lock.Lock, "_beat", lambda self: None)
    with library.writer("a") as writer:
        writer.put(document("f", "asylum"))
        threading.Event().wait(4)
        with other.writer("a"), pytest.raises(LockedError, match="Another process"):
            writer.commit()
    assert found(library, Key(("f",))) == []


def test_a_writer_that_died_on_this_machine_is_followed_at_once(
    library: OpenSearchEngine, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = lock.Lock(library._client, "a")
    monkeypatch.setattr(lock, "_started", lambda process: "long ago")
    monkeypatch.setattr(lock.Lock, "_beat", lambda self: None)
    left.__enter__()
    monkeypatch.undo()
    with make(address).writer("a") as writer:
        writer.commit()


def test_indexes_and_locks_have_a_copy_on_another_node(
    library: OpenSearchEngine, cluster: Cluster, address: str
) -> None:
    with library.writer("a"):
        pass
    prefix = address.rpartition("/")[2]
    for index in (f"{prefix}-a", f"{prefix}.writers"):
        cluster.wait()
        rows = cluster.ask(f"/_cat/shards/{index}?format=json&h=prirep,node,state")
        assert sorted(row["prirep"] for row in rows) == ["p", "r"]
        assert len({row["node"] for row in rows}) == 2
