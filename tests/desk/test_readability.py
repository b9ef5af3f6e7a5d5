"""LIX, counted as it is defined, on sentences as people write them."""

import pytest

from contactpoint.desk.readability import is_hard, score, sentences


def test_lix_is_words_in_a_sentence_and_the_share_of_long_words() -> None:
    text = "Children arrive alone. " * 20
    found = score(text)
    assert found is not None
    assert (found.words, found.sentences) == (60, 20)
    assert found.lix == round(3 + 100 / 3)  # “Children” has more than six letters


def test_a_short_text_has_no_score() -> None:
    assert score("A short text has no score. " * 9) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("See art. 5 and no. 3 of the law. It holds.", 2),
        ("Dr. Peeters spricht. Danach, z. B. um zwölf Uhr, sprechen andere.", 2),
        ("“It holds,” she said. “Does it?” He nodded!", 3),
        ("Selon l'avis de M. Dupont, c'est vrai. Étrange…", 2),
        ("It is hard in one's own language, let alone in someone else's. The office knows.", 2),
        ("A heading\nA sentence. Another", 3),
        ("", 0),
    ],
)
def test_a_sentence_ends_where_a_reader_would_pause(text: str, number: int) -> None:
    assert len(sentences(text)) == number


def test_what_is_hard_differs_by_language_and_names_its_longest_sentence() -> None:
    long = "Administrative harmonisation requires interinstitutional consultation procedures"
    found = score(f"{'It is so. ' * 20}{long}. {long} and {long}.")
    assert found is not None
    assert found.longest == f"{long} and {long}."
    assert found.longest_words == 13
    assert is_hard(found, "en") == (found.lix > 50)
    hard = score(f"{long}. " * 10)
    assert hard is not None
    assert all(is_hard(hard, language) for language in ("en", "fr", "nl", "de", "xx"))
