"""Words stand in the order of their language's dictionaries, under the letters that it has."""

import random
import tomllib
from itertools import groupby
from pathlib import Path

import pytest

from contactpoint.glossary.collation import (
    DIGITS,
    OTHER_SCRIPTS,
    alphabet,
    initial,
    sort_key,
)

GOLDEN = Path(__file__).parents[1] / "data" / "collation.toml"
ORDERS: dict[str, dict[str, list[str]]] = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", sorted(ORDERS))
def test_words_stand_in_the_order_and_under_the_letters_of_their_language(language: str) -> None:
    order = ORDERS[language]
    words = [word for group in order.values() for word in group]
    shuffled = random.Random(language).sample(words, len(words))
    shuffled.sort(key=lambda word: sort_key(word, language))
    grouped = {
        letter: list(group)
        for letter, group in groupby(shuffled, key=lambda word: initial(word, language))
    }
    assert grouped == order
    assert list(grouped) == list(order)


def test_more_than_thirty_languages_have_a_golden_order() -> None:
    assert len(ORDERS) >= 27


@pytest.mark.parametrize(
    ("language", "letters"),
    [
        ("fr", "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z"),
        ("tr", "A B C Ç D E F G Ğ H I İ J K L M N O Ö P R S Ş T U Ü V Y Z"),
        ("mt", "A B Ċ D E F Ġ G Għ H Ħ I Ie J K L M N O P Q R S T U V W X Ż Z"),
        ("ga", "A B C D E F G H I L M N O P R S T U"),
        ("ka", "ა ბ გ დ ე ვ ზ თ ი კ ლ მ ნ ო პ ჟ რ ს ტ უ ფ ქ ღ ყ შ ჩ ც ძ წ ჭ ხ ჯ ჰ"),
    ],
)
def test_an_alphabet_shows_its_own_letters_and_no_rare_ones(language: str, letters: str) -> None:
    known = alphabet(language)
    assert [one for one in known.letters if one not in known.rare] == letters.split()


def test_the_letters_of_every_alphabet_stand_in_its_own_order() -> None:
    for language in ORDERS:
        letters = alphabet(language).letters
        assert sorted(letters, key=lambda letter: sort_key(letter, language)) == list(letters)
        assert [initial(letter, language) for letter in letters] == list(letters)


def test_a_rare_letter_is_a_heading_only_for_a_word_that_needs_it() -> None:
    assert initial("website", "lv") == "W"
    assert "W" in alphabet("lv").rare


def test_letters_come_first_then_accents_then_capitals() -> None:
    words = ["côté", "Cote", "cote", "coté", "Côte", "côte", "cotes"]
    assert sorted(words, key=lambda word: sort_key(word, "fr")) == [
        *("cote", "Cote", "coté", "côte", "Côte", "côté", "cotes"),
    ]


def test_a_letter_is_the_same_written_as_one_sign_or_as_two() -> None:
    assert sort_key("n\u0303o", "es") == sort_key("ño", "es")
    assert initial("a\u030akrock", "sv") == "Å"


def test_a_language_without_an_alphabet_of_ours_takes_the_26_letters() -> None:
    assert alphabet("so") is alphabet("nl") is alphabet("en-GB")


@pytest.mark.parametrize("odd", ["", " ", "“”", "\x00\x1b", "漢字", "😀", "\u200f"])
def test_a_name_without_a_letter_stands_with_the_others(odd: str) -> None:
    for language in ("en", "cs", "ar"):
        assert initial(odd, language) == OTHER_SCRIPTS
        assert isinstance(sort_key(odd, language), tuple)


def test_signs_before_the_first_letter_do_not_count() -> None:
    assert initial("“Dublin” procedure", "en") == "D"
    assert initial("(1951)", "en") == DIGITS
