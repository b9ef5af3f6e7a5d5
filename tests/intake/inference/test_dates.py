"""Dates in words are found, and what is no date is not."""

import datetime

import pytest

from contactpoint.intake.inference.dates import is_yearly, mentions, parse


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("17 March 2021", "en"),
        ("17th of March 2021", "en"),
        ("March 17, 2021", "en"),
        ("17 mars 2021", "fr"),
        ("17 maart 2021", "nl"),
        ("17. März 2021", "de"),
        ("17 March 2021", "de"),
        ("2021-03-17", "en"),
        ("17/03/2021", "nl"),
        ("17.03.2021", "de"),
    ],
)
def test_a_day_is_read_in_the_languages_of_the_listings(text: str, language: str) -> None:
    assert parse(text, language) == datetime.date(2021, 3, 17)


def test_the_first_of_a_month_is_read_in_french() -> None:
    assert parse("1er mai 2020", "fr") == datetime.date(2020, 5, 1)


@pytest.mark.parametrize("text", ["31 February 2021", "2021", "17 March", "on 17 March 2021", "x"])
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert parse(text, "en") is None


def test_mentions_say_how_exact_they_are() -> None:
    found = mentions("On 15 December and in March 2021, after 20th June; 4% of 2018.", "en")
    assert [(one.text, one.day, one.month, one.year) for one in found] == [
        ("15 December", 15, 12, None),
        ("March 2021", None, 3, 2021),
        ("20th June", 20, 6, None),
    ]


def test_a_mention_agrees_with_every_day_that_it_may_mean() -> None:
    [month] = mentions("in March 2021", "en")
    assert month.agrees(datetime.date(2021, 3, 17))
    assert not month.agrees(datetime.date(2020, 3, 17))
    [day] = mentions("on 15 December", "en")
    assert day.agrees(datetime.date(2020, 12, 15))
    assert not day.agrees(datetime.date(2020, 12, 16))


def test_the_english_verb_may_is_no_month() -> None:
    assert mentions("27 may join, 3 May 2020 came", "en")[0].text == "3 May 2020"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "World Refugee Day is held every year on 20th June.", True),
        ("en", "The day falls on 20 June each year.", True),
        ("fr", "La journée a lieu chaque année le 20 juin.", True),
        ("nl", "De dag valt elk jaar op 20 juni.", True),
        ("de", "Der Tag ist jedes Jahr am 20. Juni.", True),
        ("en", "The workshop takes place on 20 June.", False),
        ("en", "The survey is held every year; this one began on 20 June 2021.", False),
    ],
)
def test_a_day_that_comes_round_each_year_is_told_from_one_of_this_year(
    language: str, text: str, expected: bool
) -> None:
    assert is_yearly(text, mentions(text, language)[0], language) is expected
