"""Forms of one word find each other in every language; words that mean something else do not."""

import tomllib
from itertools import permutations
from pathlib import Path

import pytest

from contactpoint.search.analysis import LANGUAGES, forms, indexed
from contactpoint.vocabulary import Vocabulary, fold

TABLE = tomllib.loads((Path(__file__).parent / "word_forms.toml").read_text(encoding="utf-8"))
MEETING = [(language, line) for language, table in TABLE.items() for line in table["meet"]]
APART = [(language, line) for language, table in TABLE.items() for line in table["apart"]]
CONTENT_LANGUAGES = ("en", "fr", "nl", "de")
# Derived from one another and told apart by the concept, not by the word.
SAME_FAMILY = frozenset(
    frozenset(pair)
    for pair in (
        ("emigration", "migrant"),
        ("immigration", "migrant"),
        ("research", "researcher"),
        ("stateless-person", "statelessness"),
        ("non-refoulement", "refusal-of-entry"),
        ("actors-of-persecution-or-serious-harm", "persecution"),
        ("applicant-for-international-protection", "lodging-of-application"),
        ("intercultural-mediation", "interpreting"),
    )
)


def answers(asked: str, written: str, language: str) -> bool:
    """Whether a question of one word finds a text of one word."""
    return not set(forms(asked, language)).isdisjoint(indexed(written, language).stems)


def is_unaccented_writing(word: str, others: list[str]) -> bool:
    """Whether the word stands for how a reader types another one, as no text has it."""
    return any(other != word and fold(other) == word for other in others)


def test_every_language_has_words_that_meet_and_words_that_do_not() -> None:
    assert set(TABLE) == set(LANGUAGES)
    assert all(len(table["meet"]) >= 8 and len(table["apart"]) >= 8 for table in TABLE.values())


@pytest.mark.parametrize(("language", "line"), MEETING)
def test_any_form_finds_any_other(language: str, line: str) -> None:
    words = line.split()
    texts = [word for word in words if not is_unaccented_writing(word, words)]
    assert [
        (asked, written)
        for written in texts
        for asked in words
        if not answers(asked, written, language)
    ] == []


@pytest.mark.parametrize(("language", "line"), APART)
def test_a_word_with_the_same_beginning_is_not_found(language: str, line: str) -> None:
    assert [pair for pair in permutations(line.split(), 2) if answers(*pair, language)] == []


@pytest.mark.parametrize(
    ("language", "asked", "written"),
    [
        ("de", "ungultig", "ungültige"),
        ("de", "Fluechtlinge", "Flüchtling"),
        ("fr", "refugie", "réfugiées"),
        ("fr", "frontieres", "frontière"),
        ("fr", "securite", "sécurité"),
        ("da", "aegteskab", "ægteskabet"),
        ("tr", "siginmaci", "sığınmacılar"),
        ("pl", "uchodzcow", "uchodźcy"),
        ("ro", "refugiatilor", "refugiaților"),
    ],
)
def test_a_reader_without_the_accents_finds_the_word(
    language: str, asked: str, written: str
) -> None:
    assert answers(asked, written, language)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("integration", "integrity"),
        ("minor", "minority"),
        ("author", "authorities"),
        ("access", "accession"),
        ("universe", "university"),
        ("custom", "customs"),
        ("import", "important"),
        ("organisation", "organ"),
    ],
)
def test_what_a_stemmer_would_join_stays_apart(asked: str, written: str) -> None:
    assert not answers(asked, written, "en")


@pytest.mark.parametrize(
    ("asked", "written"),
    [("organization", "organisations"), ("labor", "labour"), ("analyzed", "analyse")],
)
def test_english_is_found_by_either_spelling(asked: str, written: str) -> None:
    assert answers(asked, written, "en")
    assert answers(written, asked, "en")


@pytest.mark.parametrize("language", CONTENT_LANGUAGES)
def test_no_two_concepts_have_labels_with_one_stem_by_chance(
    glossary: Vocabulary, language: str
) -> None:
    labels = [
        (concept.id, label.text)
        for concept in glossary.schemes["glossary"].concepts.values()
        for label in concept.labels
        if label.language == language and label.text.isalpha()
    ]
    concepts: dict[str, set[str]] = {}
    for concept, text in labels:
        concepts.setdefault(fold(text), set()).add(concept)
    by_stem: dict[str, set[str]] = {}
    for _concept, text in labels:
        for stem in forms(text, language):
            by_stem.setdefault(stem, set()).add(fold(text))
    joined = {
        (one, other)
        for words in by_stem.values()
        for one in words
        for other in words
        if one < other and concepts[one].isdisjoint(concepts[other])
    }
    assert [
        pair
        for pair in sorted(joined)
        if not any(
            frozenset((first, second)) in SAME_FAMILY
            for first in concepts[pair[0]]
            for second in concepts[pair[1]]
        )
    ] == []
