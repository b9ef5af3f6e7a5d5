"""Words are compared by form, stem and parts, and point to where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contactpoint.vocabulary.learning.words import WordKeys, words_of


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "policies", "policy"),
        ("sv", "skolorna", "skola"),
        ("fi", "taloissa", "talo"),
    ],
)
def test_an_inflected_word_shares_a_key_with_its_form(language: str, one: str, other: str) -> None:
    keys = WordKeys(language)
    assert set(keys.keys(one)) & set(keys.keys(other))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "managing", "management"), ("sv", "utbilda", "utbildning"), ("nl", "vluchtig", "uil")],
)
def test_derived_words_share_a_stem_and_strangers_do_not(
    language: str, one: str, other: str
) -> None:
    keys = WordKeys(language)
    assert (keys.stem(one) == keys.stem(other)) is (language != "nl")
    assert keys.form(one) != keys.form(other)


def test_a_compound_has_keys_for_the_parts_that_are_known() -> None:
    keys = WordKeys.with_parts("sv", ["tjänster", "isbrytare", "isbrytning", "språk"])
    assert keys.stems("språk")[0] in keys.stems("språkkunskaper")
    assert keys.stems("tjänster")[0] not in keys.stems("språkkunskaper")
    assert len(WordKeys.with_parts("en", ["book"]).keys("bookshops")) == 2


def test_words_without_meaning_are_left_out() -> None:
    assert [word.plain for word in words_of("The housing of the applicants", "en")] == [
        "housing",
        "applicants",
    ]


@given(st.text(max_size=200), st.sampled_from(["en", "sv", "ar", "xx"]))
def test_every_word_stands_where_it_says(text: str, language: str) -> None:
    words = words_of(text, language)
    assert [word.start for word in words] == sorted(word.start for word in words)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.sentence for word in words] == sorted(word.sentence for word in words)
    keys = WordKeys(language)
    assert all(len(keys.keys(word.plain)) >= 2 for word in words)
