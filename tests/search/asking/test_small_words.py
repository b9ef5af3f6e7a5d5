"""Words that hold sentences together: small in one language, the matter itself in another."""

from collections.abc import Callable

import pytest
from factories import MadeSite, make_concept, make_output

from contactpoint.search.asking import ask
from contactpoint.search.asking.small_words import EMPTY, small_forms, telling_forms
from contactpoint.search.asking.understanding import understand
from contactpoint.vocabulary import fold

Fill = Callable[[], None]


def left(text: str, language: str) -> list[str]:
    question = understand(text, language)
    return [question.said(unit) for unit in question.units]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("refugees of the war", "en", ["refugees", "war"]),
        ("unaccompanied men", "en", ["unaccompanied", "men"]),
        ("un rapport pour les femmes", "fr", ["rapport", "femmes"]),
        ("was das Gesetz war", "de", ["Gesetz"]),
        # On an English page, a question that is plainly French.
        ("où trouver un avocat pour les réfugiés", "en", ["avocat", "réfugiés"]),
    ],
)
def test_small_words_are_left_out_in_the_languages_of_the_question_only(
    site: MadeSite, text: str, language: str, words: list[str]
) -> None:
    make_concept("lawyer", en="lawyer", fr="avocat")
    make_concept("unaccompanied-minor", en="unaccompanied minor")
    make_concept("refugee", en="refugee", fr="réfugié")
    assert left(text, language) == words


@pytest.mark.parametrize(("word", "other"), [("son", "fr"), ("war", "nl"), ("die", "de")])
def test_a_word_finds_no_small_word_of_another_language(
    site: MadeSite, fill: Fill, word: str, other: str
) -> None:
    small = {
        "son": "La loi et son effet",
        "war": "Waar men woont",
        "die": "Die Regeln und die Zeit",
    }
    make_output(site, language=other, title=small[word])
    named = make_output(site, title=f"A {word} in the title")
    fill()
    shown = ask(word, "en")
    assert [one.key for one in shown.results] == [f"output:{named.translation_key}"]
    assert not shown.partial


def test_a_question_of_small_words_only_is_asked_in_the_askers_language(
    site: MadeSite, fill: Fill
) -> None:
    page = make_output(site, language="fr", title="Un guide pour tous")
    fill()
    assert not ask("pour", "en").results
    assert [one.key for one in ask("pour", "fr").results] == [f"output:{page.translation_key}"]


def test_each_list_is_folded_and_names_its_language() -> None:
    assert set(EMPTY) == {"en", "fr", "nl", "de", "ar"}
    assert not [word for words in EMPTY.values() for word in words if fold(word) != word]


def test_a_word_keeps_the_forms_that_say_something() -> None:
    assert telling_forms("war", "nl", ["en"]) == ()
    assert set(telling_forms("war", "en", ["en"])).isdisjoint(small_forms("en"))
    assert telling_forms("waar", "nl", ["nl"])


def test_capitals_tell_a_place_from_a_small_word(site: MadeSite, fill: Fill) -> None:
    make_output(site, title="Let us speak of asylum")
    placed = make_output(site, title="Asylum in the United States")
    fill()
    found = ask("US asylum", "en")
    assert "places/us" in [chip.token for chip in found.chips]
    assert [one.key for one in found.results] == [f"output:{placed.translation_key}"]
    assert not found.unheard
    assert "places/us" not in [chip.token for chip in ask("tell us of asylum", "en").chips]


def test_a_word_in_capitals_is_never_left_out_in_silence(site: MadeSite) -> None:
    assert understand("WHO on asylum", "en").unheard == ["WHO"]
    assert left("WHO on asylum", "en") == ["asylum"]
    for text in ("who on asylum", "WHO ON ASYLUM", "asylum AND migration", "WHO"):
        assert understand(text, "en").unheard == []
