"""A title is a clause that stands on its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contactpoint.intake.inference.title import LONGEST, title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Today the office opened its doors.", "The office opened its doors"),
        ("On 3 May 2020, the office opened its doors.", "The office opened its doors"),
        (
            "The office opened its doors in the north on 3 May 2020.",
            "The office opened its doors in the north",
        ),
        ("Can an office be open all night? It can.", "Can an office be open all night?"),
        (
            "By comparing what offices do, the handbook helps offices to learn.",
            "The handbook helps offices to learn",
        ),
        (
            'The EMN wrote a study on "Offices of the night and the day”. It is long.',
            "Offices of the night and the day",
        ),
        (
            "Since it opened in 2010, it has been busy. The office now has three doors.",
            "The office now has three doors",
        ),
        ("The office launched This new site explains its doors.", "New site explains its doors"),
        (
            "The office launched the new site It explains its doors.",
            "The office launched the new site",
        ),
        (
            "On the occasion of the day, which is held each year, the office opened its doors.",
            "The office opened its doors",
        ),
        ("Myria, the federal centre, is recruiting an adviser.", "Myria is recruiting an adviser"),
    ],
)
def test_a_title_leaves_out_what_a_list_can_do_without(text: str, expected: str) -> None:
    assert title(text, "en") == expected


def test_a_long_name_is_called_by_its_acronym_where_the_text_gives_it() -> None:
    text = "The Association of Towns (AT) published its figures."
    assert title(text, "en", {"Association of Towns": "AT"}) == "AT published its figures"


def test_a_long_title_ends_at_a_joint() -> None:
    text = (
        "The ministers of all the countries of the network presented what they will do for people "
        "on the move and for those who work with them in offices, courts and centres."
    )
    found = title(text, "en")
    assert len(found) <= LONGEST
    assert found.endswith("people on the move")


def test_an_inverted_dutch_sentence_keeps_its_date() -> None:
    text = "Op 10 december 2019 organiseerde het EMN een evenement over asiel."
    assert title(text, "nl") == text.rstrip(".")


@given(st.text(min_size=1, max_size=400), st.sampled_from(["en", "fr", "nl", "de", "es"]))
def test_any_text_gets_a_title_of_bearable_length(text: str, language: str) -> None:
    assert len(title(" ".join(text.split()) or "x", language)) <= 160
