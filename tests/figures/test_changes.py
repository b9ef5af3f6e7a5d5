"""Changes, and why there is none."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_cubes import cube_of

from contactpoint.figures.changes import Change, Reason, best, compare, on_previous, on_year
from contactpoint.figures.datasets import indicator
from contactpoint.figures.errors import NotAddableError
from contactpoint.figures.figure import Figure, Series, series
from contactpoint.figures.periods import period
from contactpoint.figures.ratios import per_million, rank, share
from contactpoint.figures.vintages import vintage

JUNE = vintage(date(2019, 6, 17))
COUNTS = st.integers(0, 1_000_000)


def figure(value: float | None, when: str = "2018-Q4", **more: object) -> Figure:
    return Figure(
        value, period(when), **{"geo": "BE", "measure": "m", "unit": "PER", "vintage": JUNE, **more}
    )


def change(current: float | None, base: float | None, **more: object) -> Change:
    return compare(figure(current, **more), figure(base, "2018-Q3", **more))


def test_a_change_is_told_in_whole_per_cent_with_halves_away_from_zero() -> None:
    assert [change(now, 200).percent for now in (206, 203, 197, 201, 200, 600)] == [
        3, 2, -2, 1, 0, 200,
    ]  # fmt: skip
    assert change(206, 200).direction == "up"
    assert change(197, 200).direction == "down"
    assert change(10001, 10000).direction == "same"


@pytest.mark.parametrize(
    ("current", "base", "reason"),
    [
        (figure(None, flags="c"), figure(5), Reason.NO_FIGURE),
        (None, figure(5), Reason.NO_FIGURE),
        (figure(5), None, Reason.NO_BASE),
        (figure(5), figure(None), Reason.NO_BASE),
        (figure(5), figure(0), Reason.ZERO_BASE),
        (figure(5), figure(-5), Reason.BELOW_ZERO),
        (figure(5, flags="bp"), figure(4), Reason.BREAK),
        (figure(5, vintage=vintage("2018-11")), figure(4), Reason.ANOTHER_VINTAGE),
        (figure(5, vintage=None), figure(4), Reason.ANOTHER_VINTAGE),
        (figure(5, geo="EU27_2020"), figure(4, geo="EU28"), Reason.ANOTHER_AGGREGATE),
        (figure(5, geo="EU28"), figure(4), Reason.ANOTHER_PLACE),
        (figure(5, unit="THS"), figure(4), Reason.ANOTHER_UNIT),
        (figure(5, measure="n"), figure(4), Reason.ANOTHER_MEASURE),
        (figure(5), figure(4, "2017"), Reason.ANOTHER_PERIOD),
    ],
)
def test_where_there_is_no_percentage_there_is_a_reason(
    current: Figure | None, base: Figure | None, reason: Reason
) -> None:
    found = compare(current, base)
    assert (found.value, found.reason) == (None, reason)


def test_a_base_that_carries_a_break_is_the_first_of_its_series() -> None:
    assert compare(figure(6), figure(5, flags="b")).percent == 20


def test_flags_of_both_travel_with_the_change() -> None:
    assert compare(figure(6, flags="p"), figure(5, flags="e")).flags == ("p", "e")
    assert compare(figure(6, flags="p"), None).flags == ("p", "")


def test_only_some_obstacles_can_be_passed_over_and_then_stand_beside_the_value() -> None:
    broken, zero = figure(6, flags="b"), figure(0)
    assert compare(broken, figure(5), despite=(Reason.BREAK,)).caveats == (Reason.BREAK,)
    assert compare(broken, figure(5), despite=(Reason.BREAK,)).percent == 20
    assert compare(broken, zero, despite=tuple(Reason)).reason == Reason.ZERO_BASE
    assert compare(broken, figure(5), despite=(Reason.ANOTHER_VINTAGE,)).reason == Reason.BREAK


def test_a_change_that_rounding_alone_could_make_is_none() -> None:
    assert change(1005, 1000, give=2.5).reason == Reason.ROUNDING
    assert change(1000, 1000, give=2.5).reason == Reason.ROUNDING
    assert compare(figure(1000), figure(1000)).direction == "same"
    rounded = {"give": 2.5}
    assert compare(figure(1010, **rounded), figure(1000, **rounded)).percent == 1
    assert compare(figure(10, **rounded), figure(5, **rounded)).reason == Reason.ROUNDING
    assert compare(figure(25, **rounded), figure(10, **rounded)).reason == Reason.TOO_SMALL
    about = compare(figure(200, **rounded), figure(100, **rounded))
    assert (about.percent, about.is_about) == (100, True)
    assert not compare(figure(2000, **rounded), figure(1000, **rounded)).is_about


def test_a_base_that_may_be_nothing_by_rounding_has_no_percentage() -> None:
    quarter = {"give": 7.5}
    found = compare(figure(100, **quarter), figure(5, **quarter))
    assert (found.reason, found.highest) == (Reason.TOO_SMALL, float("inf"))
    assert share(figure(5, **quarter), figure(5, **quarter)).highest == float("inf")


@given(COUNTS, COUNTS)
def test_a_rounded_change_never_goes_the_other_way_than_the_true_one(now: int, then: int) -> None:
    def rounded(count: int) -> float:
        return 5 * round(count / 5)

    found = compare(figure(rounded(now), give=2.5), figure(rounded(then), give=2.5))
    if found.value is not None and found.lowest is not None and found.highest is not None:
        assert (found.value > 0) == (now > then)
        assert found.lowest <= now / then - 1 <= found.highest


def test_a_series_is_compared_with_the_quarter_and_the_year_before() -> None:
    quarters = {("BE", f"{year}-Q{n}"): f"{100 * year + n}" for year in (2017, 2018)
                for n in (1, 2, 3, 4)}  # fmt: skip
    found = series(cube_of(quarters), geo="BE")
    before, year = (way(found, period("2018-Q1")) for way in (on_previous, on_year))
    assert before.base is not None
    assert year.base is not None
    assert (before.base.period.code, year.base.period.code) == ("2017-Q4", "2017-Q1")
    assert (before.comparison, year.comparison) == ("previous", "year")
    assert on_year(found, period("2017-Q1")).reason == Reason.NO_BASE
    assert on_year(found, period("2030-Q1")).reason == Reason.NO_FIGURE
    assert found.latest == found.at("2018-Q4")


def test_a_break_anywhere_on_the_way_counts() -> None:
    cells = {("BE", f"2018-Q{n}"): "100 b" if n == 2 else "100" for n in (1, 2, 3, 4)}
    cells["BE", "2019-Q1"] = "110"
    found = series(cube_of(cells), geo="BE")
    assert on_previous(found, period("2018-Q2")).reason == Reason.BREAK
    assert on_previous(found, period("2018-Q3")).reason is None
    assert on_year(found, period("2019-Q1")).reason == Reason.BREAK


def test_a_quarter_that_breaks_inside_itself_compares_with_nothing() -> None:
    """Its first month is counted as before, the others otherwise."""
    months = {("BE", f"2018-{n:02}"): "1000" if n == 1 else "2000" for n in range(1, 7)}
    months |= {("BE", f"2019-{n:02}"): "2000" for n in range(1, 4)}
    of_first, of_second = (
        series(cube_of(months | {("BE", when): f"{value} b"}), geo="BE").quarters()
        for when, value in (("2018-01", 1000), ("2018-02", 2000))
    )
    assert on_previous(of_first, period("2018-Q2")).percent == 20
    assert on_previous(of_second, period("2018-Q2")).reason == Reason.BREAK
    assert on_year(of_second, period("2019-Q1")).reason == Reason.BREAK
    assert compare(of_second.at("2018-Q2"), of_second.at("2018-Q1")).reason == Reason.BREAK


def test_cells_that_say_nothing_and_cells_that_are_not_there_are_no_base() -> None:
    found = series(cube_of({("BE", "2017"): ": c", ("BE", "2018"): "5", ("BE", "2020"): "7"}))
    assert on_year(found, period("2018")).reason == Reason.NO_BASE
    assert on_year(found, period("2020")).reason == Reason.NO_BASE
    assert found.at("2019") is None
    assert len(series(cube_of({("BE", "2017"): "5"}), geo="XX")) == 0


def test_the_figures_of_a_cube_know_where_they_come_from() -> None:
    cube = cube_of({("PER", "EU", "2018"): "5 p"}, ("unit", "geo", "time"), aggregate="EU28")
    (found,) = series(cube)
    assert (found.geo, found.unit, found.vintage) == ("EU28", "PER", JUNE)
    assert (found.flags, found.source) == ("p", "Eurostat (test)")
    assert found.measure == "test"


def applicants(months: dict[str, str]) -> Series:
    cells = {("FRST", "BE", month): text for month, text in months.items()}
    cube = cube_of(cells, ("applicant", "geo", "time"))
    return series(cube, indicator("first-time-applicants-quarter"), geo="BE")


def test_a_quarter_is_made_of_its_three_months_and_of_nothing_less() -> None:
    found = applicants({"2018-10": "10", "2018-11": "20 p", "2018-12": "30 e", "2019-01": "40"})
    quarter = found.at("2018-Q4")
    assert quarter is not None
    assert (quarter.value, quarter.flags, quarter.give) == (60, "ep", 7.5)
    assert [one.value for one in found] == [60, None]
    assert [one.value for one in applicants({"2018-10": "10", "2018-11": ":", "2018-12": "5"})] == [
        None
    ]


def test_quarters_are_never_added_up_to_a_year_and_stocks_to_nothing() -> None:
    quarters = applicants({"2018-10": "10", "2018-11": "20", "2018-12": "30"})
    with pytest.raises(NotAddableError, match=r"Figures of 2018-Q4 aren't added up"):
        quarters.quarters()
    stock = figure(5, "2018-12", kind="stock")
    with pytest.raises(NotAddableError, match=r"on one day aren't added up"):
        Series({stock.period: stock}).quarters()


def test_the_best_of_several_vintages_is_the_base() -> None:
    near, far = vintage("2019-03"), vintage("2017-01")
    old, close, same = (figure(100, "2018-Q3", vintage=when) for when in (far, near, JUNE))
    now = figure(110)
    assert best(now, [old, close, same]).base is same
    assert best(now, [old, close]).caveats == (Reason.ANOTHER_VINTAGE,)
    assert best(now, [replace(old, geo="FR"), old]).reason == Reason.ANOTHER_VINTAGE
    assert best(now, []).reason == Reason.NO_BASE


def test_a_share_is_told_of_a_whole_that_the_place_is_part_of() -> None:
    europe = figure(100, geo="EU28")
    assert share(figure(25), europe).value == 0.25
    assert share(figure(25, geo="DE"), figure(100, geo="FR")).reason == Reason.ANOTHER_PLACE
    assert share(figure(25, geo="UK"), europe).value == 0.25
    without = figure(100, geo="EU27_2020")
    assert share(figure(25, geo="UK"), without).reason == Reason.ANOTHER_PLACE
    assert share(figure(25, geo="CH"), europe).reason == Reason.ANOTHER_PLACE
    assert share(figure(25, measure="other"), europe).reason == Reason.ANOTHER_MEASURE


def test_a_base_below_zero_is_not_called_zero() -> None:
    assert change(5, -5).reason == Reason.BELOW_ZERO
    assert change(5, 0).reason == Reason.ZERO_BASE


def test_a_share_needs_two_figures_of_the_same_kind() -> None:
    assert share(figure(25), figure(100, measure="all")).value == 0.25
    assert share(figure(25), figure(0)).reason == Reason.ZERO_BASE
    assert share(figure(25), figure(-1)).reason == Reason.BELOW_ZERO
    assert share(figure(25), None).reason == Reason.NO_BASE
    assert share(None, figure(100)).reason == Reason.NO_FIGURE
    assert share(figure(25), figure(100, "2018-Q3")).reason == Reason.ANOTHER_PERIOD
    assert share(figure(25, unit="THS"), figure(100)).reason == Reason.ANOTHER_UNIT
    old = figure(100, vintage=vintage("2016-01"))
    assert share(figure(25), old).reason == Reason.ANOTHER_VINTAGE
    near = share(figure(25, flags="p"), figure(100, vintage=vintage("2019-03")))
    assert (near.caveats, near.flags) == ((Reason.ANOTHER_VINTAGE,), ("p", ""))
    rounded = share(figure(25, give=2.5), figure(100, give=2.5))
    assert rounded.lowest == pytest.approx(22.5 / 102.5)
    assert rounded.highest == pytest.approx(27.5 / 97.5)


def test_a_rate_per_million_takes_the_population_of_the_year_or_says_that_it_is_older() -> None:
    def people(year: str, **more: object) -> Figure:
        return figure(11_400_000, year, unit="NR", measure="population", **more)

    assert per_million(figure(5700), people("2018")).value == 500
    assert per_million(figure(5700), people("2017")).caveats == (Reason.ANOTHER_PERIOD,)
    assert per_million(figure(5700), people("2016")).reason == Reason.ANOTHER_PERIOD
    assert per_million(figure(5700), people("2018", geo="LU")).reason == Reason.ANOTHER_PLACE
    assert per_million(figure(5700), None).reason == Reason.NO_BASE
    assert per_million(figure(5700, geo="EL"), people("2018", geo="GR")).value == 500


def test_there_is_no_rank_where_more_than_a_tenth_of_the_members_have_no_figure() -> None:
    members = [f"{first}{second}" for first in "AB" for second in "CDFGH"]
    figures = [figure(100 + at, geo=geo) for at, geo in enumerate(members)]
    assert rank(figures, "AC", members).unknown == ()
    nine = rank([*figures[:9], figure(None, geo="NO")], "AC", members)
    assert (nine.position, nine.of, nine.unknown) == (9, 9, ("BH", "NO"))
    eight = rank([*figures[:8], figure(7, geo="NO")], "AC", members)
    assert (eight.position, eight.reason) == (None, Reason.TOO_FEW)
    assert eight.unknown == ("BG", "BH")


def test_a_rank_counts_countries_only_and_knows_what_rounding_leaves_open() -> None:
    counts = {"DE": 42000, "FR": 27200, "BE": 105, "LU": 100, "MT": 100, "CY": 55, "EU28": 99999}
    figures = [figure(count, geo=geo, give=2.5) for geo, count in counts.items()]
    found = rank([*figures, figure(None, geo="SK", flags="c")], "LU")
    assert (found.position, found.first, found.last, found.of) == (4, 3, 5, 6)
    assert (found.ties, found.unknown) == (("MT",), ("SK",))
    assert rank(figures, "FR").position == rank(figures, "FR").last == 2
    assert rank(figures, "EU28").reason == Reason.NO_FIGURE
    other = figure(7, "2018-Q3", geo="AT")
    assert rank([*figures, other], "FR").reason == Reason.ANOTHER_PERIOD
    revised = figure(7, geo="AT", vintage=vintage("2020-01"))
    assert rank([*figures, revised], "FR").reason == Reason.ANOTHER_VINTAGE
