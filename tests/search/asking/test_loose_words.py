"""Which words of a name say something where the whole name is not there."""

from collections.abc import Callable

import pytest
from factories import MadeSite, make_concept, make_output

from contactpoint.search.asking import ask, composing
from contactpoint.search.asking.loose import LooseWord, are_alike, loose_words

Fill = Callable[[], None]


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("family reunification", "en", ["family", "reunification"]),
        ("COVID-19", "en", []),
        ("lawyer", "en", []),
        ("the lawyer of an act", "en", []),
        ("stateless person", "en", []),
        ("pacte pour des migrations sûres", "fr", ["pacte", "migrations"]),
        ("garde-frontières et garde-côtes", "fr", ["garde", "frontières", "garde", "côtes"]),
    ],
)
def test_only_telling_words_of_a_name_of_several(
    name: str, language: str, expected: list[str]
) -> None:
    names = [(language, name), ("it", "altro nome")]
    assert [one.word for one in loose_words(names, language)] == expected


@pytest.mark.parametrize(
    ("word", "written", "expected"),
    [
        ("refugee", "refugees", True),
        ("côtes", "côtes", True),
        ("côtes", "côté", False),
        ("nationalité", "national", False),
        ("nationalité", "nationalités", True),
        ("asyl", "asylverfahren", False),
    ],
)
def test_a_word_of_the_same_stem_is_another_word(word: str, written: str, expected: bool) -> None:
    assert LooseWord("a name", word, ()).is_written(written) is expected


def test_two_forms_of_a_word_end_otherwise() -> None:
    assert are_alike("visa", "visas")
    assert not are_alike("person", "personnel")
    assert not are_alike("act", "acting")


def partial(text: str, language: str = "en") -> dict[str, list[str]]:
    found = ask(text, language).partial
    return {one.title_text: one.reasons for one in found if one.key.startswith("output:")}


def test_what_says_nothing_brings_nothing(site: MadeSite, fill: Fill) -> None:
    make_concept("covid", en="COVID-19 pandemic measures")
    make_output(site, title="Nineteen, or 19")
    make_output(site, title="The pandemic")
    fill()
    assert partial("COVID-19 pandemic measures") == {
        "The pandemic": ["Only a part of “COVID-19 pandemic measures” is in the title: “pandemic”."]
    }


def test_a_part_of_the_askers_words_is_said_to_be_one_of_them(site: MadeSite, fill: Fill) -> None:
    make_concept("climate", en="environmental migration", alternatives={"en": ["climate refugees"]})
    make_output(site, title="Refugees in figures")
    make_output(site, title="The environmental side")
    fill()
    assert partial("climate refugees") == {
        "Refugees in figures": ["Only a part of “climate refugees” is in the title: “Refugees”."],
        "The environmental side": [
            "Only a part of “environmental migration” is in the title: “environmental”."
        ],
    }


def test_a_word_within_the_askers_is_another(site: MadeSite, fill: Fill) -> None:
    make_concept("gain", en="acquisition of nationality")
    make_output(site, title="A national of another country")
    make_output(site, title="Nationalities")
    fill()
    assert partial("acquisition of nationality").keys() == {"Nationalities"}


def test_a_word_that_most_texts_have_brings_nothing(
    site: MadeSite, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_concept("dublin", en="Dublin procedure", alternatives={"en": ["the Irish way"]})
    for number in range(4):
        make_output(site, title=f"Procedure {number}")
    make_output(site, title="Dublin")
    fill()
    assert len(partial("the Irish way")) == 5
    monkeypatch.setattr(composing, "RARE", 2)
    monkeypatch.setattr(composing, "COMMON", 4)
    assert partial("the Irish way").keys() == {"Dublin"}
