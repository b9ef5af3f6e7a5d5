"""What is asked of figures stands in the address, and comes out of it again."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from contactpoint.figures import period
from contactpoint.statistics.choice import (
    Choice,
    ChoiceError,
    UnknownIndicatorError,
    frequencies,
    known_places,
)
from contactpoint.statistics.configured import shown
from contactpoint.statistics.reading import EU

APPLICANTS = "first-time-applicants"
ADDRESS = "by=month&since=2017-01&until=2019-06&place=be&place=el&known=2019-07-01&eu=EU28"


def read(said: str, name: str = APPLICANTS) -> Choice:
    return Choice.read(name, QueryDict(said))


def test_all_that_can_be_asked_is_read_and_written_again() -> None:
    choice = read(ADDRESS)
    assert (choice.frequency, choice.places, choice.eu) == ("M", ("BE", "EL"), "EU28")
    assert (choice.since, choice.until) == (period("2017-01"), period("2019-06"))
    assert choice.known == date(2019, 7, 1)
    assert choice.query() == ADDRESS
    assert choice.address(language="fr") == f"/fr/statistics/{APPLICANTS}/?{ADDRESS}"
    assert choice.address("csv", "nl") == f"/nl/statistics/{APPLICANTS}.csv?{ADDRESS}"
    assert read("").address(language="en") == f"/en/statistics/{APPLICANTS}/"


def test_a_period_of_another_kind_is_taken_to_its_edges() -> None:
    by_month = read("by=month&since=2017&until=2019-Q2")
    assert by_month.query() == "by=month&since=2017-01&until=2019-06"
    assert read("by=year&since=2017-06&until=2019Q2").query() == "by=year&since=2017&until=2019"
    assert read("since=2018-02&until=2018M02").query() == "since=2018-Q1&until=2018-Q1"


def test_quarters_are_shown_where_there_are_any() -> None:
    kinds = {one.name: (frequencies(one), read("", one.name).frequency) for one in shown().values()}
    assert kinds[APPLICANTS] == (("M", "Q", "A"), "Q")
    assert kinds["first-instance-decisions"] == (("Q",), "Q")
    assert kinds["pending"] == (("M",), "M")
    assert kinds["first-permits"] == (("A",), "A")


def test_other_codes_of_the_same_country_are_understood() -> None:
    assert read("place=gr&place=GB&place=EL").places == ("EL", "UK")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("by=week", "It isn't counted by “week”. There is: month, quarter, year."),
        ("since=soon", "“soon” is no period. Write one as 2018, 2018-Q4 or 2018-12."),
        ("since=2019&until=2018", "2019 is later than 2018."),
        ("place=xx", "No country has the code “xx”. Write it as Eurostat does: be, de, el."),
        ("known=yesterday", "“yesterday” is no day. Write it as 2019-06-17."),
        ("known=9998-01-01", "What will be known on 9998-01-01 can't be told yet."),
        ("eu=EU12", "“EU12” is no group of countries. There are: EU27_2020, EU28, EU27_2007, EU."),
    ],
)
def test_what_there_is_not_is_refused_or_left_out_and_said(said: str, message: str) -> None:
    with pytest.raises(ChoiceError) as refused:
        read(said)
    assert str(refused.value) == message
    choice, problems = Choice.mended(APPLICANTS, QueryDict(f"{said}&place=be"))
    assert (choice.query(), problems) == ("place=be", (message,))


def test_an_indicator_that_there_is_not_is_told_apart() -> None:
    with pytest.raises(UnknownIndicatorError, match="There are: first-time-applicants"):
        read("", "second-time-applicants")


def test_all_places_can_be_asked_for_and_each_only_once() -> None:
    everywhere = "&".join(f"place={code}" for code in [*sorted(known_places()), "be", ""])
    assert set(read(everywhere).places) == known_places()
    assert read("place=be&place=de&place=BE").places == ("BE", "DE")


SAID = st.text(st.sampled_from("0129-QMESbeuglyr&%é\0 "), max_size=9)
NAMES = st.sampled_from(["by", "since", "until", "place", "known", "eu", "other"])


@given(st.dictionaries(NAMES, SAID))
def test_whatever_is_asked_the_answer_has_an_address_that_says_the_same(
    said: dict[str, str],
) -> None:
    query = QueryDict(mutable=True)
    query.update(said)
    choice, _problems = Choice.mended(APPLICANTS, query)
    assert read(choice.query()) == choice
    assert set(choice.eu.split()) <= set(EU)
