"""What is chosen is what is stored, of the right vintage, or what was printed at the time."""

from typing import Any

import pytest
from django.http import QueryDict
from made_answers import MONTHS, answer, applicants
from storing import Keep

from contactpoint.figures import Figure, period
from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.choosing import Choice, Chosen, chosen, chosen_of
from contactpoint.statistics.examples import load_examples

VALUES = [1500, 1520, 1525, 1700, 1720, 1765]


def choice(said: str = "", name: str = "first-time-applicants") -> Choice:
    return Choice.read(name, QueryDict(said))


def told(said: str = "", name: str = "first-time-applicants") -> Chosen:
    return chosen(choice(said, name))


def rows(found: Chosen) -> list[tuple[str, str, float | None]]:
    return [(place, when.code, figure.value) for place, when, figure in found.rows()]


def test_quarters_are_added_up_and_come_in_order(keep: Keep) -> None:
    keep(applicants(DE=[9000] * 6, BE=VALUES, EU27_2020=[90000] * 6))
    found = told()
    assert rows(found) == [
        ("EU27_2020", "2018-Q3", 270_000), ("EU27_2020", "2018-Q4", 270_000),
        ("BE", "2018-Q3", 4_545), ("BE", "2018-Q4", 5_185),
        ("DE", "2018-Q3", 27_000), ("DE", "2018-Q4", 27_000),
    ]  # fmt: skip
    assert (found.eu, str(found.vintage), found.unit) == ("EU27_2020", "2019-06-17", "PER")
    assert (found.source, found.is_printed) == ("Eurostat (migr_asyappctzm)", False)
    assert (found.is_example, found.newest) == (False, period("2018-Q4"))
    assert [one.percent for one in found.changes("BE", period("2018-Q4"))] == [14, None]


def test_only_what_is_asked_for_is_told_in_that_order(keep: Keep) -> None:
    keep(
        applicants(DE=[9000] * 6, BE=VALUES, EU28=[1, 2, 3, 4, 5, 6], EU27_2020=[1] * 6),
        accept=True,
    )
    found = told("by=month&since=2018-11&until=2018-12&place=de&place=eu&eu=EU28")
    assert rows(found) == [
        ("DE", "2018-11", 9000), ("DE", "2018-12", 9000), ("EU28", "2018-11", 5),
        ("EU28", "2018-12", 6),
    ]  # fmt: skip
    assert [one.code for one in found.periods] == ["2018-11", "2018-12"]
    assert list(told("place=eu").lines) == ["EU27_2020", "EU28"]
    assert rows(told("since=2020")) == []


def test_what_was_before_is_there_for_changes(keep: Keep) -> None:
    keep(applicants(BE=VALUES))
    (previous, _year) = told("by=month&since=2018-12").changes("BE", period("2018-12"))
    assert previous.percent == 3


def test_none_and_nothing_stay_apart(keep: Keep) -> None:
    cells = {("BE", "2018-11"): (None, "c"), ("DE", "2018-12"): (0.0, "")}
    keep(answer("migr_asyappctzm", cells, applicant="FRST"))
    found = told("by=month")
    assert rows(found) == [("BE", "2018-11", None), ("DE", "2018-12", 0.0)]
    assert found.latest_of("BE") is None
    assert found.latest == found.lines["DE"].latest


def test_the_newest_period_is_one_that_most_have_reported(keep: Keep) -> None:
    most = dict.fromkeys(("AT", "BE", "BG", "CY", "CZ"), VALUES[:5])
    keep(applicants(**most, DE=VALUES, EU27_2020=VALUES))
    assert told("by=month").newest == period("2018-11")
    assert told("by=month&place=de").newest == period("2018-12")
    assert told("by=month&until=2018-09").newest == period("2018-09")
    assert told("since=2019").newest is None


def test_a_pinned_vintage_tells_what_was_known_then(keep: Keep) -> None:
    keep(applicants(BE=VALUES))
    keep(applicants(BE=[*VALUES[:5], 1790]), "2019-09-16")
    then, now = told("by=month&known=2019-07-01"), told("by=month")
    values = [one.latest.value for one in (then, now) if one.latest]
    assert values == [1765, 1790]
    assert not told("known=2019-01-01").lines


def test_without_a_table_it_is_what_was_printed(db: None) -> None:
    load_shipped()
    found = told()
    assert (found.is_printed, found.extraction, found.eu) == (True, None, "EU28")
    assert found.latest is not None
    assert (found.latest.period.code, found.latest.value) == ("2019-Q3", 166_400)
    line = found.lines["EU28"]
    assert (line.periods[0].code, line.values[:2]) == ("2016-Q4", [207_000, 165_000])
    assert line.values[2:5] == [None, None, None]
    previous, year = found.changes("EU28", period("2019-Q3"))
    assert (previous.percent, previous.caveats) == (12, ("another-vintage",))
    assert (year.percent, year.reason) == (None, "another-vintage")
    assert list(found.lines) == ["EU27_2020", "EU28", "DE", "EL", "ES", "FR", "IT"]


def test_of_what_was_printed_twice_the_newest_counts_unless_pinned(db: None) -> None:
    load_shipped()
    year = period("2017")
    then, now = told("by=year&known=2018-12-31"), told("by=year")
    figures: list[Figure | None] = [one.lines["EU28"].at(year) for one in (then, now)]
    assert [one.value for one in figures if one] == [649_855, 654_600]
    assert now.eu == "EU27_2020"
    assert [one.percent for one in now.changes("EU27_2020", period("2019"))] == [12]


def test_it_costs_two_queries_however_many_indicators(
    keep: Keep, django_assert_num_queries: Any
) -> None:
    load_shipped()
    keep(applicants(**dict.fromkeys(("AT", "BE", "BG", "EU27_2020"), VALUES)))
    pending = {("BE", when): (100.0, "") for when in MONTHS}
    keep(answer("migr_asypenctzm", pending))
    asked = [choice(), choice("by=month"), choice("", "pending")]
    with django_assert_num_queries(2):
        found = chosen_of(asked)
        assert [len(one.lines) for one in found] == [4, 4, 1]
    with django_assert_num_queries(2):
        chosen(choice("known=2018-12-31"))
    with pytest.raises(ValueError, match="vintages"):
        chosen_of([choice(), choice("known=2018-12-31")])


def test_a_year_before_and_quarters_are_those_of_the_library(keep: Keep) -> None:
    months = [f"{year}-{month:02}" for year in (2017, 2018) for month in range(2, 13)]
    cells: dict[tuple[str, str], tuple[float | None, str]] = {
        ("BE", when): (1000.0 + at, "p" if at % 4 else "be") for at, when in enumerate(months)
    }
    cells["BE", "2017-08"] = (None, "c")
    keep(answer("migr_asyappctzm", cells, applicant="FRST"))
    summed, monthly = told().lines["BE"].figures(), told("by=month").lines["BE"].figures()
    theirs = monthly.quarters()
    assert summed.figures.keys() == theirs.figures.keys()
    for one in summed:
        other = theirs.at(one.period)
        assert other is not None
        assert (one.value, one.flags) == (other.value, other.flags)
        assert one.is_mixed == other.is_mixed
        assert one.value is None or one.give == other.give == 7.5


def test_what_was_printed_goes_before_examples(db: None) -> None:
    load_shipped()
    load_examples("migr_asyappctzm")
    assert (told().is_printed, told().is_example) == (True, False)
    assert (told("by=month").is_printed, told("by=month").is_example) == (False, True)
