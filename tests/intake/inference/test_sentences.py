"""Sentences, teasers and shortened texts never break a word."""

from hypothesis import given
from hypothesis import strategies as st

from contactpoint.intake.inference.cleaning import clean
from contactpoint.intake.inference.sentences import sentences, shorten, teaser

WORDS = st.lists(
    st.text("abcdéñ.,()\"”-'ABC1", min_size=1, max_size=14), min_size=1, max_size=80
).map(" ".join)


def test_an_abbreviation_ends_no_sentence() -> None:
    found = sentences("It cites art. 3, i.e. Dr. Novak's text. Then it ends.", "en")
    assert [one.text for one in found] == [
        "It cites art. 3, i.e. Dr. Novak's text.",
        "Then it ends.",
    ]


def test_a_torn_sentence_ends_at_its_hole() -> None:
    found = sentences("The office launched This site helps.", "en")
    assert [(one.text, one.torn) for one in found] == [
        ("The office launched", True),
        ("This site helps.", False),
    ]


@given(WORDS)
def test_sentences_keep_every_word(text: str) -> None:
    cleaned = clean(text)
    joined = "".join(one.text for one in sentences(cleaned, "en"))
    kept = "".join(sign for sign in joined if sign.isalnum())
    assert kept == "".join(sign for sign in cleaned if sign.isalnum())


@given(WORDS)
def test_a_teaser_is_short_and_never_ends_inside_a_word(text: str) -> None:
    cleaned = clean(text)
    found = teaser(cleaned, "en")
    assert len(found) <= 300
    kept = found.removesuffix("…")
    assert cleaned.startswith(kept)
    assert not cleaned[len(kept) : len(kept) + 1].isalnum()


@given(WORDS, st.integers(20, 200))
def test_shortening_keeps_whole_words(text: str, limit: int) -> None:
    found = shorten(text, limit)
    assert len(found) <= limit
    if found != text:
        kept = found.removesuffix("…")
        assert text.startswith(kept)
        assert text[len(kept) : len(kept) + 1] in (" ", ",", ";", ":", "–", "—", "-", ".")


def test_cleaning_leaves_one_kind_of_space_and_nothing_invisible() -> None:
    assert clean("a\u00a0\u00a0b\u00ad\u200bc \n d\u202f") == "a bc d"
