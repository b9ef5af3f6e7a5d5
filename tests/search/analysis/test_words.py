"""Words are cut as the vocabulary cuts them; numbers, references and abbreviations are found."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.search.analysis import LANGUAGES, forms, indexed, joined, surfaces
from contactpoint.vocabulary.normalise import tokenise


@given(st.text(alphabet=st.characters(exclude_categories=["Nd"])))
@settings(max_examples=300, deadline=None)
def test_words_are_those_that_labels_are_matched_by(text: str) -> None:
    expected = ["".join(filter(is_letter, token.folded)) for token in tokenise(text)]
    assert [word[:100] for word in expected if word] == surfaces(text)


def is_letter(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Directive 2013/33/EU", ["directive", "2013", "33", "eu"]),
        ("COVID‑19", ["covid", "19"]),
        ("C-411/10", ["c", "411", "10"]),
        ("LOI's en LOI’s", ["loi", "en", "loi"]),
        ("l’asile d'urgence", ["l", "asile", "d", "urgence"]),
        ("сім’я, сім'я", ["сімя", "сімя"]),
        ("سنة ٢٠١٥ و ۲۰۱۵", ["سنه", "2015", "و", "2015"]),
        ("مُهاجِـــر", ["مهاجر"]),
        ("پناه‌جویان", ["پناهجويان"]),
        ("ﷺ", ["صلياللهعليهوسلم"]),
        ("¼ ⑴ ŉ", ["14", "1", "ʼn"]),
        ("ـ", []),
        ("", []),
    ],
)
def test_a_text_is_cut_and_folded(text: str, words: list[str]) -> None:
    assert surfaces(text) == words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", ["2013/33/EU", "COVID-19", "C-411/10", "A1", "2024/1351"])
def test_a_reference_is_found_as_it_is_written(language: str, written: str) -> None:
    found = set(indexed(written, language).stems)
    for word in surfaces(written):
        assert found & set(forms(word, language))


@pytest.mark.parametrize(
    ("asked", "written"),
    [("Covid19", "COVID-19"), ("COVID19", "Covid‑19"), ("LOI", "LOI’s"), ("2015", "٢٠١٥")],
)
def test_a_reference_is_found_by_its_usual_variants(asked: str, written: str) -> None:
    for language in ("en", "nl", "ar"):
        assert set(forms(asked, language)) & set(indexed(written, language).stems)


def test_an_abbreviation_with_an_ending_is_the_abbreviation() -> None:
    assert forms("LOI's", "nl") == forms("LOI", "nl")
    assert forms("EMN'nin", "tr") == forms("EMN", "tr")


def test_nothing_is_asked_where_no_word_is() -> None:
    assert forms("…", "en") == ()
    assert forms("", "de") == ()


def test_a_word_with_hyphens_is_asked_as_one() -> None:
    assert forms("re-admission", "en") == forms("readmission", "en")


def test_words_that_hyphens_join_are_one_word_with_its_place() -> None:
    text = "An ad-hoc query on re‑admission, 2014-2020 and anti-trafficking-law - no."
    assert [
        (one.first, one.last, one.plain, text[one.start : one.end]) for one in joined(text)
    ] == [
        (1, 2, "adhoc", "ad-hoc"),
        (5, 6, "readmission", "re‑admission"),
        (7, 8, "20142020", "2014-2020"),
        (10, 12, "antitraffickinglaw", "anti-trafficking-law"),
    ]


def test_a_language_that_is_not_indexed_is_cut_without_stems() -> None:
    assert indexed("de wet", "xx").stems == ["de", "wet"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("580,800 people", ["580800"]),
        ("580.800 Menschen", ["580800"]),
        ("580 800 ou 580\u202f800 personnes", ["580800", "580800"]),
        ("٥٨٠٬٨٠٠ شخص", ["580800"]),
        ("12,345.678 and 1 234 567", ["12345", "1234567"]),
        # A list, a year, a decimal, a row of a table.
        ("100, 200", []),
        ("2019 400", []),
        ("0.125 and 12.5", []),
        ("100 200 300 400 500 600", []),
    ],
)
def test_the_thousands_of_a_number_are_one_word(text: str, numbers: list[str]) -> None:
    assert [one.plain for one in joined(text) if one.plain.isdigit()] == numbers


@pytest.mark.parametrize("written", ["580,800", "580.800", "580 800", "580800"])
def test_a_number_is_found_however_its_thousands_are_parted(written: str) -> None:
    for language in ("en", "fr", "ar"):
        assert set(forms("580800", language)) <= set(indexed(written, language).stems)
