"""Whatever the text: nothing raises, places are right, and a word is found by itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contactpoint.search.analysis import (
    LANGUAGES,
    analysed,
    forms,
    indexed,
    joined,
    plain_words,
    surfaces,
)
from contactpoint.search.analysis.cutting import LONGEST

LETTERS = (
    "abcdeginorstzABCÉÈäöüßøåæłżşıİőķģčšž'’ʼ-‑– .,/0123\n"
    "ابتدهوييىةأإآؤئكگپچلا\u064b\u0640\u200c٠١٢۳۴абвгїєійьъяѓќასილუმიናይብዝስደተኛαάςσώ"
)
TEXTS = st.one_of(st.text(), st.text(alphabet=LETTERS))
ANY_LANGUAGE = st.sampled_from(LANGUAGES)


@given(TEXTS, ANY_LANGUAGE)
@settings(max_examples=300, deadline=None)
def test_places_are_in_bounds_and_in_order(text: str, language: str) -> None:
    reached = 0
    for word in analysed(text, language):
        assert reached <= word.start < word.end <= len(text)
        assert word.surface
        reached = word.end


@given(TEXTS, ANY_LANGUAGE)
@settings(max_examples=300, deadline=None)
def test_tokens_are_words_without_spaces_of_a_length_that_engines_take(
    text: str, language: str
) -> None:
    found = indexed(text, language)
    for token in (*found.surfaces, *found.stems):
        assert token.split() == [token]
        assert len(token) <= 2 * LONGEST


@given(TEXTS, ANY_LANGUAGE)
@settings(max_examples=300, deadline=None)
def test_a_text_is_indexed_as_its_words_are_analysed(text: str, language: str) -> None:
    words, found = analysed(text, language), indexed(text, language)
    assert found.surfaces == surfaces(text) == [word.surface for word in words]
    assert len(plain_words(text)) == len(words)
    assert sorted(found.stems) == sorted(token for word in words for token in word.stems)


@given(TEXTS, ANY_LANGUAGE)
@settings(max_examples=300, deadline=None)
def test_a_word_is_found_by_itself_with_and_without_its_accents(text: str, language: str) -> None:
    found = set(indexed(text, language).stems)
    for plain, surface in zip(plain_words(text), surfaces(text), strict=True):
        assert found & set(forms(plain, language))
        assert found & set(forms(surface, language))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_what_hyphens_join_stands_where_it_says(text: str) -> None:
    count = len(surfaces(text))
    for one in joined(text):
        assert 0 <= one.first < one.last < count
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_text_gives_the_same_tokens_again(language: str) -> None:
    text = "L’asile des réfugiées, Häuser, утікачів, وللاجئين, 2013/33/EU"
    assert indexed(text, language) == indexed(text, language)
