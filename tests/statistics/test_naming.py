"""Codes have the names that readers know, in each language of the portal."""

import pytest

from contactpoint.figures import FiguresError
from contactpoint.figures.datasets import indicators
from contactpoint.figures.telling import LANGUAGES
from contactpoint.statistics.configured import read_data, sources
from contactpoint.statistics.naming import names


@pytest.mark.parametrize(
    ("language", "greece", "kingdom", "union"),
    [
        ("en", "Greece", "United Kingdom", "EU-27 (from 2020)"),
        ("fr", "Grèce", "Royaume-Uni", "UE-27 (depuis 2020)"),
        ("nl", "Griekenland", "Verenigd Koninkrijk", "EU-27 (vanaf 2020)"),
        ("de", "Griechenland", "Vereinigtes Königreich", "EU-27 (ab 2020)"),
    ],
)
def test_places_have_their_names_in_each_language(
    language: str, greece: str, kingdom: str, union: str
) -> None:
    said = names(language)
    assert [said.place(code) for code in ("EL", "GR", "UK", "EU27_2020")] == [
        greece, greece, kingdom, union,
    ]  # fmt: skip


def test_a_group_of_countries_says_in_full_which_it_is() -> None:
    said = names("en")
    assert said.code("geo", "EU28") == "European Union, 28 countries (2013–2020)"
    assert said.code("citizen", "EU27_2020") == "European Union, 27 countries (from 2020)"
    assert len({said.code("geo", one) for one in ("EU", "EU28", "EU27_2020", "EU27_2007")}) == 4


def test_a_code_is_named_by_us_then_by_its_source_then_by_itself() -> None:
    stored = {"citizen": {"SY": "Syrian Arab Republic", "XX9": "Somewhere"}}
    said = names("fr")
    assert said.code("citizen", "SY", stored) == "Syrie"
    assert said.code("citizen", "XX9", stored) == "Somewhere"
    assert said.code("citizen", "XX8", stored) == "XX8"
    assert said.code("citizen", "STLS") == "Apatrides"
    assert said.code("sex", "F") == "Femmes et filles"
    assert said.code("unit", "PER") == "Personnes"


@pytest.mark.parametrize(
    ("code", "english", "dutch"),
    [
        ("Y_LT18", "Under 18 years", "Jonger dan 18 jaar"),
        ("Y18-34", "18 to 34 years", "18 tot en met 34 jaar"),
        ("Y_GE65", "65 years or over", "65 jaar of ouder"),
        ("Y17", "17 years", "17 jaar"),
        ("TOTAL", "All ages", "Alle leeftijden"),
        ("between", "between", "between"),
    ],
)
def test_ages_are_told_whatever_their_limits(code: str, english: str, dutch: str) -> None:
    assert (names("en").code("age", code), names("nl").code("age", code)) == (english, dutch)


def test_countries_stand_in_the_order_of_their_names_after_the_eu() -> None:
    codes = ["SE", "EU28", "ES", "AT", "EL", "EU27_2020", "CZ", "EFTA"]
    assert names("en").in_order(codes) == [
        "EU27_2020", "EU28", "EFTA", "AT", "CZ", "EL", "ES", "SE",
    ]  # fmt: skip
    # Österreich stands with O, not behind Z.
    assert names("de").in_order(codes)[3:] == ["EL", "AT", "SE", "ES", "CZ"]


def test_every_code_that_is_fetched_or_shown_has_a_name_in_every_language() -> None:
    asked = {(name, code) for one in indicators().values() for name, code in one.codes.items()}
    for source in sources().values():
        asked |= {(name, code) for name, codes in source.filters.items() for code in codes}
        asked |= {("geo", code) for code in source.places}
    assert len(asked) > 40
    for language in LANGUAGES:
        nameless = [one for one in sorted(asked) if names(language).code(*one) == one[1]]
        assert not nameless, language
        assert all(names(language).dimension(name) != name for name, _code in asked), language


def test_our_own_names_are_there_in_all_languages() -> None:
    for dimension, codes in read_data("codes").items():
        for code, said in codes.items():
            assert set(said) == set(LANGUAGES), (dimension, code)
            assert all(said.values()), (dimension, code)


def test_there_are_no_names_in_a_language_that_figures_are_not_told_in() -> None:
    with pytest.raises(FiguresError):
        names("fi")
