"""How a question is taken apart: words, phrases, -not, OR, beginnings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contactpoint.search.asking.syntax import LONGEST, MOST_ITEMS, read

SHORT = {"word": "w", "phrase": "p", "prefix": "x"}


def shape(text: str, language: str = "en") -> tuple[list[list[tuple[str, ...]]], list[str]]:
    written = read(text, language)
    groups = [[(SHORT[item.kind], *item.words) for item in group] for group in written.groups]
    return groups, [" ".join(item.words) for item in written.excluded]


@pytest.mark.parametrize(
    ("text", "groups", "excluded"),
    [
        ("asylum report", [[("w", "asylum")], [("w", "report")]], []),
        ('"family reunification"', [[("p", "family", "reunification")]], []),
        ("„Sichere Länder“ Liste", [[("p", "sichere", "lander")], [("w", "liste")]], []),
        ("« pays sûrs »", [[("p", "pays", "surs")]], []),
        ("asylum -dublin", [[("w", "asylum")]], ["dublin"]),
        ('asylum -"safe country"', [[("w", "asylum")]], ["safe country"]),
        ("visa OR asylum law", [[("w", "visa"), ("w", "asylum")], [("w", "law")]], []),
        ("visa | asylum", [[("w", "visa"), ("w", "asylum")]], []),
        ("huisv*", [[("x", "huisv")]], []),
        ("ad-hoc query", [[("w", "ad", "hoc")], [("w", "query")]], []),
        ("l'asile", [[("w", "l")], [("w", "asile")]], []),
        ("2013/33/EU", [[("w", "2013")], [("w", "33")], [("w", "eu")]], []),
        ("لم شمل الأسرة", [[("w", "لم")], [("w", "شمل")], [("w", "الاسره")]], []),
        ("asylum −reception", [[("w", "asylum")]], ["reception"]),
    ],
)
def test_a_question_is_read(
    text: str, groups: list[list[tuple[str, ...]]], excluded: list[str]
) -> None:
    assert shape(text) == (groups, excluded)


@pytest.mark.parametrize(("language", "word"), [("fr", "OU"), ("nl", "OF"), ("de", "ODER")])
def test_the_askers_own_word_for_or_counts_as_well(language: str, word: str) -> None:
    expected = [[("w", "visa"), ("w", "asyl")]]
    assert shape(f"visa {word} asyl", language)[0] == expected
    assert shape("visa OR asyl", language)[0] == expected
    assert len(shape(f"visa {word} asyl", "en")[0]) == 3


def test_a_question_in_capitals_has_no_foreign_or() -> None:
    assert len(shape("RECHT OF PLICHT", "nl")[0]) == 3


@pytest.mark.parametrize("text", ["", "   ", '"', '""', "-", "*", "OR", "| |", "a*", "--", "\x00"])
def test_signs_alone_ask_for_nothing_much(text: str) -> None:
    groups, excluded = shape(text)
    assert sum(map(len, groups)) <= 1
    assert not excluded


def test_what_is_not_asked_for_is_hidden_from_the_glossary_at_the_same_length() -> None:
    written = read('asylum -visa "safe country" OR bord* law')
    assert len(written.marked) == len(written.text)
    assert written.marked.startswith("asylum |||||")
    assert "country" not in written.marked
    assert "bord" not in written.marked
    assert written.marked.endswith("law")


@given(st.text(max_size=300))
def test_anything_can_be_read(text: str) -> None:
    written = read(text, "fr")
    assert len(written.text) <= LONGEST
    assert len(written.groups) <= MOST_ITEMS
    for item in [item for group in written.groups for item in group] + written.excluded:
        assert item.words
        assert all(item.words)
        assert 0 <= item.start <= item.end <= len(written.text)


def test_a_number_with_spaces_in_it_is_one_word() -> None:
    written = read("visa 580 800 or 2019 400")
    words = [group[0] for group in written.groups]
    assert [one.text for one in words] == ["visa", "580 800", "or", "2019", "400"]
    assert words[1].spellings == [["580", "800"], ["580800"]]
