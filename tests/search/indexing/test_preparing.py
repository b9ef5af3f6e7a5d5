"""What an engine is given: words by language, concepts by weight, facets, and what is shown."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from small_glossary import three

from contactpoint.search.documents import Document, FilePage, Version
from contactpoint.search.indexing.mentions import READ_OF_FILES
from contactpoint.search.indexing.preparing import FILLER, SHORTEST_ABOUT, STORED, prepare
from contactpoint.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    """Asylum, below it reception, below that housing (or accommodation)."""
    return Vocabulary([three()])


def document(*versions: Version, **fields: Any) -> Document:
    return Document("output:1", fields.pop("kind", "news-item"), versions, **fields)


def english(title: str = "", **fields: Any) -> Version:
    return Version("en", title, "/en/news/one/", **fields)


def test_each_language_has_fields_of_its_own_and_all_share_the_surface(words: Vocabulary) -> None:
    found = prepare(
        document(
            english("Reuniting families", teaser="A study.", text="They came."),
            Version("nl", "Landen", "/nl/nieuws/een/", text="Zij kwamen."),
            names={"fi": ["Perheet"], "xx": ["Ûnknown"]},
        ),
        words,
    )
    assert found.texts["title_en"] == "reunit famili"
    assert found.texts["text_en"] == "a studi they came"
    assert found.texts["title_nl"] == "land"
    assert "title_fi" in found.texts
    assert not any(name.endswith("_xx") for name in found.texts)
    assert found.texts["surface_title"] == "reuniting families\nlanden\nperheet\nunknown"
    assert set(found.texts["surface"].split()) == {
        "reuniting", "families", "landen", "perheet", "unknown", "a", "study", "they", "came",
        "zij", "kwamen",
    }  # fmt: skip
    assert "families landen" not in found.texts["surface"]
    assert found.languages == ["en", "nl"]


def test_keywords_and_names_of_institutions_are_searched_like_the_text(words: Vocabulary) -> None:
    found = prepare(
        document(english("Title"), keywords=["Tirana"], named={"en": ["Fedasil"], "fr": ["Fed"]}),
        words,
    )
    assert found.texts["text_en"].split() == ["tirana", "fedasil"]
    assert found.texts["text_fr"] == "fed"
    assert {"tirana", "fedasil", "fed"} <= set(found.texts["surface"].split())


@pytest.mark.parametrize(
    ("version", "weight"),
    [
        (english("About housing"), 3),
        (english("x", teaser="About housing."), 2),
        (english("x", text="About housing."), 1),
        (english("x", text="Housing, housing."), 2),
        (english("x", text="Housing, housing, housing, accommodation."), 3),
        (english("Housing", teaser="Housing", text="Housing"), 6),
        (english("x", files=[FilePage("f", "/f", 1, 1, "Housing, housing.")]), 1),
        (english("x", files=[FilePage("f", "/f", 1, 1, "x " * READ_OF_FILES + "housing")]), 0),
    ],
)
def test_a_mention_weighs_by_its_place_and_its_number(
    words: Vocabulary, version: Version, weight: int
) -> None:
    found = prepare(document(version), words)
    assert Counter(found.texts.get("about", "").split())["housing"] == weight
    assert found.stored["about"].get("housing", 0) == weight


def test_what_editors_say_weighs_most_and_nothing_weighs_without_end(words: Vocabulary) -> None:
    given = prepare(document(english("x"), concepts=["housing"]), words)
    both = prepare(document(english("Housing", text="housing"), concepts=["housing"]), words)
    own = prepare(document(english("x"), concepts=["housing"], kind="concept"), words)
    assert [one.stored["about"]["housing"] for one in (given, both, own)] == [6, 8, 8]


def test_languages_do_not_add_up(words: Vocabulary) -> None:
    found = prepare(
        document(english("Asylum", text="Asylum."), Version("fr", "Asile", "/fr/"), names={}), words
    )
    assert found.stored["about"] == {"asylum": 4}


def test_under_has_once_all_that_is_broader(words: Vocabulary) -> None:
    found = prepare(document(english("x"), concepts=["housing"]), words)
    under = Counter(found.texts["under"].split())
    del under[FILLER]
    assert under == {"housing": 6, "reception": 1, "asylum": 1}
    assert set(found.texts["about"].split()) == {"housing", FILLER}


def test_a_short_list_of_concepts_is_as_long_as_others(words: Vocabulary) -> None:
    short = prepare(document(english("x"), concepts=["housing"]), words).texts["about"].split()
    assert len(short) == SHORTEST_ABOUT
    assert "about" not in prepare(document(english("x")), words).texts
    many = prepare(document(english("x"), concepts=["housing", *map(str, range(9))]), words).texts[
        "about"
    ]
    assert FILLER not in many


def test_facets_hold_what_is_above(words: Vocabulary) -> None:
    found = prepare(
        document(
            english("x"),
            type="study",
            day=date(2019, 6, 20),
            themes=["family"],
            parents=["society"],
            concepts=["housing"],
            institutions=["myria"],
            countries=["BE"],
        ),
        words,
    )
    assert found.facets == {
        "kind": ["news-item"],
        "type": ["study"],
        "theme": ["family", "society"],
        "concept": ["housing", "reception", "asylum"],
        "institution": ["myria"],
        "country": ["BE"],
        "language": ["en"],
        "year": ["2019"],
    }
    assert found.day == date(2019, 6, 20).toordinal()
    assert found.stored["themes"] == ["family"]
    assert found.stored["concepts"] == ["housing"]


def test_a_mere_mention_is_no_facet(words: Vocabulary) -> None:
    assert "concept" not in prepare(document(english("Housing")), words).facets


def test_a_concept_that_nobody_knows_is_kept_as_it_is(words: Vocabulary) -> None:
    found = prepare(document(english("x"), concepts=["unheard-of"]), words)
    assert found.facets["concept"] == ["unheard-of"]
    kept = [word for word in found.texts["under"].split() if word != FILLER]
    assert kept == ["unheard-of"] * 6


def test_the_first_expiry_of_a_version_hides_the_whole(words: Vocabulary) -> None:
    moment = datetime(2026, 1, 1, 12, 0, 59, tzinfo=UTC)
    found = prepare(
        document(english("x"), Version("fr", "y", "/fr/", expires_at=moment), names={}), words
    )
    minute = int(datetime(2026, 1, 1, 12, 0, tzinfo=UTC).timestamp()) // 60
    assert found.until == minute
    assert found.stored["versions"]["fr"]["expires"] == minute
    assert found.stored["versions"]["en"]["expires"] is None


def test_what_is_shown_is_bounded_and_files_are_only_named(words: Vocabulary) -> None:
    pages = [FilePage("Report", "/documents/7/r.pdf", 7, number, "secret") for number in (1, 2)]
    text = "word " * 10_000
    found = prepare(document(english("x", teaser="T", text=text, pk=9, files=pages)), words)
    shown = found.stored["versions"]["en"]
    assert shown == {
        "title": "x",
        "url": "/en/news/one/",
        "teaser": "T",
        "text": text[:STORED],
        "pk": 9,
        "spoken": ["", ""],
        "expires": None,
        "files": [["Report", "/documents/7/r.pdf", 7, 2]],
    }
    assert found.texts["text_en"].count("word") == 10_000
    assert found.texts["files_en"] == "secret secret"
    assert found.texts["surface"].endswith("secret\nsecret")


def test_a_ring_of_broader_concepts_ends() -> None:
    ring = Vocabulary([three(asylum={"broader": ("housing",)})])
    found = prepare(document(english("x"), concepts=["housing"]), ring)
    told = set(found.texts["under"].split()) - {"·"}  # short lists are made as long as others
    assert sorted(told) == ["asylum", "housing", "reception"]
