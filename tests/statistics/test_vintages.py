"""A figure as it was known on a day and as it is known now, and all vintages of one cell."""

from datetime import date
from typing import Any

from made_answers import answer, applicants
from storing import Keep

from contactpoint.figures import period
from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.configured import shown
from contactpoint.statistics.examples import load_examples
from contactpoint.statistics.reading import eu_for
from contactpoint.statistics.vintages import figure_then_and_now, vintages_of

FIRST_TIME = shown()["first-time-applicants"]
VALUES = [1500, 1520, 1525, 1700, 1720, 1765]


def test_what_was_printed_has_become_something_else(db: None) -> None:
    load_shipped()
    load_examples("migr_asyappctza")
    found = vintages_of(FIRST_TIME, "EU28", period("2017"))
    assert [(one.value, str(one.vintage)) for one in found] == [
        (649_855.0, "2018-03"), (654_600.0, "2019-03-14"),
    ]  # fmt: skip
    assert not any(one.is_example for one in found), (
        "what is invented is no vintage of what is real"
    )
    revision = figure_then_and_now(FIRST_TIME, "EU28", period("2017"), date(2018, 12, 31))
    assert (revision.became, revision.difference) == ("revised", 4745.0)
    early = figure_then_and_now(FIRST_TIME, "EU28", period("2017"), date(2018, 3, 30))
    assert early.became == "new", "a month isn't over before its last day"


def test_every_vintage_of_a_cell_costs_three_queries(
    keep: Keep, django_assert_num_queries: Any
) -> None:
    load_shipped()
    for month, last in enumerate((1765, 1790, 1790, 1800), 1):
        keep(applicants(BE=[*VALUES[:5], last], DE=[month] * 6), f"2019-0{month}-17")
    with django_assert_num_queries(3):
        found = vintages_of(FIRST_TIME, "BE", period("2018-12"))
    assert [one.value for one in found] == [1765, 1790, 1790, 1800]
    quarters = vintages_of(FIRST_TIME, "BE", period("2018-Q4"))
    assert [one.value for one in quarters] == [5185, 5210, 5210, 5220]
    assert quarters[0].give == 7.5
    with django_assert_num_queries(3):
        revision = figure_then_and_now(FIRST_TIME, "BE", period("2018-Q4"), date(2019, 2, 20))
    assert (revision.then and revision.then.value, revision.difference) == (5210, 10)


def test_a_table_that_was_cut_otherwise_is_the_same_cell(keep: Keep) -> None:
    keep(applicants(BE=VALUES))
    both = answer("migr_asyappctzm", {("BE", "2018-12"): (1800, "r")}, applicant="FRST", extra="X")
    keep(both, "2019-09-17", accept=True)
    found = vintages_of(FIRST_TIME, "BE", period("2018-12"))
    assert [(one.value, one.flags) for one in found] == [(1765, ""), (1800, "r")]
    assert vintages_of(FIRST_TIME, "FR", period("2018-12")) == []


def test_the_eu_is_the_newest_group_that_has_figures_to_compare(db: None) -> None:
    class Line:
        def __init__(self, *codes: str) -> None:
            self.codes = codes

        def at(self, when: Any) -> Any:
            return type("Figure", (), {"value": 1.0})() if when.code in self.codes else None

    lines = {
        "BE": Line("2019", "2020"), "EU28": Line("2018", "2019"), "EU27_2020": Line("2019", "2020"),
    }  # fmt: skip
    assert eu_for(lines, period("2020")) == "EU27_2020"
    assert eu_for(lines, period("2019")) == "EU28", "there is nothing to compare the other with"
    assert eu_for(lines, period("2019"), "EU27_2020") == "EU27_2020"
    assert eu_for(lines, period("2020"), "EU28") == ""
    assert eu_for(lines, period("2015")) == ""
