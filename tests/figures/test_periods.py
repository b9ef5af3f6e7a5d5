"""Periods in every spelling, and which comes before which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contactpoint.figures.errors import FiguresError
from contactpoint.figures.periods import IN_A_YEAR, Period, is_period, period

PERIODS = st.builds(
    lambda year, frequency, number: Period(year, 1, frequency).shifted(number),
    st.integers(1900, 2100),
    st.sampled_from(sorted(IN_A_YEAR)),
    st.integers(0, 11),
)


@pytest.mark.parametrize(
    ("spellings", "code"),
    [
        (["2018-Q4", "2018Q4", "2018-q4", "2018K4", " 2018Q4 "], "2018-Q4"),
        (["2018-12", "2018M12", "2018-M12"], "2018-12"),
        (["2018-01", "2018M1", "2018M01"], "2018-01"),
        (["2018-S2", "2018S2", "2018-H2", "2018H2"], "2018-S2"),
        (["2018"], "2018"),
    ],
)
def test_every_spelling_means_the_same_period(spellings: list[str], code: str) -> None:
    assert {period(one).code for one in spellings} == {code}


@pytest.mark.parametrize(
    "code", ["", "2018-Q5", "2018Q0", "2018-13", "2018M13", "2018-S3", "18", "2018-12-31", "٢٠١٨"]
)
def test_what_is_no_period_is_refused(code: str) -> None:
    assert not is_period(code)
    with pytest.raises(FiguresError, match=r"is no period\. Write a year \(2018\)"):
        period(code)


@given(PERIODS)
def test_a_period_comes_back_from_its_code(one: Period) -> None:
    assert period(one.code) == one


@given(PERIODS)
def test_so_many_periods_make_a_year(one: Period) -> None:
    assert one.shifted(-IN_A_YEAR[one.frequency]) == one.year_before
    assert one.previous.shifted(1) == one
    assert one.year_before < one.previous or one.frequency == "A"
    assert one.previous < one


def test_a_period_knows_which_of_its_kind_it_is() -> None:
    codes = ("2018", "2018-S2", "2018-Q3", "2018-08")
    assert [(period(code).number, period(code).months) for code in codes] == [
        (1, 12), (2, 6), (3, 3), (8, 1),
    ]  # fmt: skip


def test_a_quarter_holds_its_months() -> None:
    quarter = period("2018-Q4")
    assert [when for when in ("2018-09", "2018-10", "2018-12", "2019-01") if
            quarter.holds(period(when))] == ["2018-10", "2018-12"]  # fmt: skip
    assert quarter.last_month == period("2018-12")
    assert not quarter.holds(period("2018"))
