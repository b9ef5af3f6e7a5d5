"""What Eurostat printed in its day, held against what the kept figures allow to compute."""

import pytest

from contactpoint.figures.changes import DESPITE, Reason
from contactpoint.figures.errors import UnreadableError
from contactpoint.figures.published import Published, compared, parsed, published

AS_PUBLISHED = {
    ("2017-Q1", "previous"): -20,
    ("2018-Q3", "previous"): 4,
    ("2018-Q4", "previous"): 3,
    ("2019-Q3", "previous"): 12,
    ("2018", "year"): -11,
    ("2019", "year"): 12,
}
WHY_NOT = {
    ("2018-Q1", "previous"): Reason.NO_BASE,
    ("2018-Q4", "year"): Reason.NO_BASE,
    ("2019-Q1", "previous"): Reason.NO_FIGURE,
    ("2019-Q2", "previous"): Reason.NO_BASE,
    ("2019-Q2", "year"): Reason.ANOTHER_VINTAGE,
    ("2019-Q3", "year"): Reason.ANOTHER_VINTAGE,
    ("2019-Q4", "previous"): Reason.ANOTHER_AGGREGATE,
    ("2019-Q4", "year"): Reason.ANOTHER_AGGREGATE,
}
HEAD = "period,geo,measure,value,change_previous,change_year,vintage,source\n"


def row(code: str) -> Published:
    return next(
        one for one in published() if one.figure.period.code == code
        and one.figure.measure == "first-time applicants" and (one.previous or one.year)
    )  # fmt: skip


def test_every_printed_change_is_either_computed_or_explained() -> None:
    printed = {
        (one.figure.period.code, comparison): change
        for one in published()
        for comparison, change in (("previous", one.previous), ("year", one.year))
        if change is not None
    }
    assert set(printed) == set(AS_PUBLISHED) | set(WHY_NOT)
    assert {key: printed[key] for key in AS_PUBLISHED} == AS_PUBLISHED


@pytest.mark.parametrize(("code", "comparison"), AS_PUBLISHED)
def test_a_change_whose_base_is_kept_comes_out_as_published(code: str, comparison: str) -> None:
    change = compared(row(code), comparison, published())
    assert change.reason is None
    assert change.percent == AS_PUBLISHED[code, comparison]


@pytest.mark.parametrize(("code", "comparison"), WHY_NOT)
def test_any_other_change_says_why_it_cannot_be_computed(code: str, comparison: str) -> None:
    change = compared(row(code), comparison, published())
    assert (change.value, change.percent, change.direction) == (None, None, None)
    assert change.reason == WHY_NOT[code, comparison]


def test_a_base_of_the_release_before_is_taken_with_a_word_on_it() -> None:
    assert compared(row("2018-Q4"), "previous", published()).caveats == (Reason.ANOTHER_VINTAGE,)
    assert compared(row("2018-Q3"), "previous", published()).caveats == ()


@pytest.mark.parametrize(("code", "printed", "wrong"), [("2019-Q2", 4, 5), ("2019-Q3", 12, 13)])
def test_why_vintages_matter(code: str, printed: int, wrong: int) -> None:
    """The year before had been revised by the time the change was printed: over the figure that was
    published a year earlier, it comes out otherwise."""
    change = compared(row(code), "year", published(), despite=(Reason.ANOTHER_VINTAGE,))
    assert row(code).year == printed
    assert change.percent == wrong
    assert change.caveats == (Reason.ANOTHER_VINTAGE,)


def test_the_eu_of_28_and_that_of_27_are_not_one_series() -> None:
    change = compared(row("2019-Q4"), "previous", published(), despite=tuple(DESPITE))
    assert (row("2019-Q4").previous, change.percent) == (11, 3)
    assert Reason.ANOTHER_AGGREGATE in change.caveats


def test_of_two_vintages_the_one_of_the_same_day_is_the_base() -> None:
    change = compared(row("2018"), "year", published())
    assert change.base is not None
    assert (change.base.value, str(change.base.vintage)) == (654600, "2019-03-14")
    kept = [one.figure.value for one in published() if one.figure.period.code == "2017"]
    assert kept == [649855, 654600]


def test_a_row_says_how_far_its_figure_is_rounded() -> None:
    gives = {one.figure.value: one.figure.give for one in published()}
    assert (gives[151000], gives[146900], gives[649855]) == (500, 50, 2.5)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b\n", r"Line 1: the columns should be period, geo"),
        (HEAD + "2018-Q9,EU28,m,1,,,2019,s\n", r"Line 2: '2018-Q9' is no period"),
        (HEAD + "2018-Q1,EU28,m,many,,,2019-01,s\n", r"Line 2: 'many' is no number"),
        (HEAD + "2018-Q1,EU28,m,1,3 %,,2019-01,s\n", r"Line 2: '3 %' is no change"),
        (HEAD + "2018-Q1,EU28,m,1,,,spring,s\n", r"Line 2: 'spring' is no day or month"),
        (HEAD + "2018-Q1,EU28\n", r"Line 2: "),
    ],
)
def test_a_row_that_is_wrong_is_named(text: str, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=sentence):
        parsed(text)
