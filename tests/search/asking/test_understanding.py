"""What a question means: words, concepts in any language, and what can be left out."""

import pytest
from factories import MadeSite, make_concept

from contactpoint.search.asking.results import Selection
from contactpoint.search.asking.understanding import Question, understand


@pytest.fixture(autouse=True)
def concepts(site: MadeSite) -> None:
    make_concept("migration", en="migration", nl="migratie", fr="migration")
    make_concept("asylum", broader=["migration"], en="asylum", nl="asiel", fr="asile", de="Asyl")
    make_concept(
        "family-reunification",
        broader=["migration"],
        en="family reunification",
        nl="gezinshereniging",
        fr="regroupement familial",
        de="Familienzusammenführung",
        ar="لم شمل الأسرة",
    )


def units(question: Question) -> list[list[tuple[str, tuple[str, ...]]]]:
    return [
        [(question.said(unit), tuple(meant.slug for meant in unit.concepts)) for unit in group]
        for group in question.groups
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("gezinshereniging", "nl"),
        ("gezinshereniging", "en"),
        ("Familienzusammenführung", "de"),
        ("regroupement familial", "fr"),
        ("family reunification", "en"),
        ("لم شمل الأسرة", "en"),
    ],
)
def test_a_concept_is_recognised_in_any_language_as_one_thing(text: str, language: str) -> None:
    question = understand(text, language)
    assert units(question) == [[(text, ("family-reunification",))]]
    (chip,) = question.chips
    assert (chip.token, chip.text, chip.on) == ("family-reunification", text, True)


def test_words_around_a_concept_are_answered_by_themselves() -> None:
    question = understand("recent family reunification figures", "en")
    assert units(question) == [
        [("recent", ())],
        [("family reunification", ("family-reunification",))],
        [("figures", ())],
    ]


def test_a_concept_that_is_switched_off_is_only_words() -> None:
    off = Selection(off=frozenset(["family-reunification"]))
    question = understand("family reunification", "en", off)
    assert units(question) == [[("family", ())], [("reunification", ())]]
    assert [chip.on for chip in question.chips] == [False]


def test_a_place_and_an_institution_are_told_and_can_be_switched_off() -> None:
    text = "asylum Deutschland Fedasil"
    chips = understand(text, "en").chips
    assert [(chip.token, chip.label, chip.url) for chip in chips[1:]] == [
        ("places/de", "Germany", ""),
        ("institutions/fedasil", "Federal Agency for the Reception of Asylum Seekers", ""),
    ]
    question = understand(text, "en", Selection(off=frozenset(["places/de"])))
    assert [chip.on for chip in question.chips] == [True, False, True]
    assert ("Deutschland", ()) in [one for group in units(question) for one in group]


def test_a_chip_speaks_the_readers_language_and_counts_what_is_narrower() -> None:
    (chip,) = understand("migratie", "fr").chips
    assert (chip.label, chip.text, chip.narrower) == ("migration", "migratie", 2)
    assert chip.url == "/fr/glossary/migration/"


def test_phrases_beginnings_and_what_is_excluded_are_taken_as_written() -> None:
    question = understand('"family reunification" asyl* -asylum', "en")
    assert units(question) == [[("family reunification", ())], [("asyl*", ())]]
    assert [item.text for item in question.excluded] == ["asylum"]
    assert question.chips == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("law -asiel", [("asiel", ["asylum"], "law", 'law -"asiel"')]),
        ("-asiel law", [("asiel", ["asylum"], "law", '-"asiel" law')]),
        ("law NOT asiel x", [("asiel", ["asylum"], "law x", 'law -"asiel" x')]),
        ("law NOT -asiel", [("asiel", ["asylum"], "law", 'law -"asiel"')]),
        ('law -"asiel"', [("asiel", [], "law", "")]),
        ("law -« safe country » x", [("safe country", [], "law x", "")]),
        ("law -asiel/visas x", [("asiel/visas", ["asylum"], "law x", 'law -"asiel/visas" x')]),
        (
            "law -dublin -asyl*",
            [("dublin", [], "law -asyl*", ""), ("asyl*", [], "law -dublin", "")],
        ),
    ],
)
def test_what_is_excluded_is_told_with_questions_that_exclude_less(
    text: str, left: list[tuple[str, list[str], str, str]]
) -> None:
    found = understand(text, "en").left_out
    assert [(one.text, one.labels, one.without, one.literally) for one in found] == left


def test_alternatives_keep_their_own_concepts() -> None:
    question = understand("asiel OR gezinshereniging wet", "nl")
    assert units(question) == [
        [("asiel", ("asylum",)), ("gezinshereniging", ("family-reunification",))],
        [("wet", ("law",))],
    ]


def test_small_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert units(understand("the law of the land", "en")) == [[("law", ("law",))], [("land", ())]]
    assert units(understand("of the", "en")) == [[("of", ())], [("the", ())]]
    assert units(understand("كيف في القانون", "ar")) == [[("القانون", ("law",))]]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("definition of asylum", "en"),
        ("what is asylum", "en"),
        ("c'est quoi asile", "fr"),
        ("asile définition", "fr"),
        ("was ist Asyl", "de"),
        ("wat is asiel", "nl"),
    ],
)
def test_a_question_what_something_is_asks_for_its_own_page(text: str, language: str) -> None:
    question = understand(text, language)
    assert question.defines
    assert question.meant == {"asylum"}
    assert len(question.units) == 1


@pytest.mark.parametrize("text", ["definition of figures", "what is new", "asylum", "definition"])
def test_other_questions_ask_for_no_definition(text: str) -> None:
    assert not understand(text, "en").defines
