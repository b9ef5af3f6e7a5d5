"""How plain a text is."""

import pytest

from contactpoint.guidance.texts.blocks import Block
from contactpoint.guidance.texts.measuring import measured


def test_lix_is_words_a_sentence_and_long_words_in_a_hundred() -> None:
    measure = measured([Block("a", text="You tell your story. The interview is important.")], "en")
    assert (measure.words, measure.sentences, measure.long_words) == (8, 2, 2)
    assert measure.per_sentence == 4
    assert measure.lix == 4 + 25
    assert measure.is_plain


def test_each_line_of_a_list_is_a_sentence_and_headings_are_none() -> None:
    blocks = [Block("h", "heading", "Before"), Block("a", "list", "Come on time\nTell the truth")]
    assert measured(blocks, "en").sentences == 2
    assert measured([Block("w", "word", "officer: Who listens.")], "en").words == 2


def test_a_long_sentence_is_named_with_its_block() -> None:
    (long,) = measured([Block("a", text="go " * 21 + ". Stop.")], "en").too_long
    assert (long.block, long.words) == ("a", 21)


@pytest.mark.parametrize(
    ("language", "text"), [("ar", "تروي قصتك. هل فهمت؟ نعم."), ("ti", "ሓደ ክልተ። ሰለስተ። ኣርባዕተ።")]
)
def test_scripts_of_their_own_have_sentences_and_no_lix(language: str, text: str) -> None:
    measure = measured([Block("a", text=text)], language)
    assert measure.sentences == 3
    assert measure.lix is None


@pytest.mark.parametrize("language", ["tr", "so"])
def test_where_a_word_holds_what_others_say_in_four_there_is_no_lix(language: str) -> None:
    measure = measured([Block("a", text="Konuşabileceksiniz. Gel.")], language)
    assert measure.lix is None
    assert measure.is_plain


def test_joiners_and_vowel_signs_part_no_word() -> None:
    assert measured([Block("a", text="می‌خواهم بروم.")], "fa").words == 2
    assert measured([Block("a", text="كَتَبَ")], "ar").words == 1


def test_nothing_has_no_measure() -> None:
    assert measured([], "en").lix is None
    assert measured([], "en").per_sentence == 0
