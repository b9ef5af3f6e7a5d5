"""A report says each figure with its changes, or in a sentence why it can't."""

import json
from datetime import date
from typing import Any

import pytest
from made_answers import answer, applicants
from storing import Keep

from contactpoint.figures import period
from contactpoint.glossary.models import Concept
from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.report import Told, report
from contactpoint.statistics.report_json import as_json

VALUES = [1500, 1520, 1525, 1700, 1720, 1765]


def told(name: str, when: str = "2018Q4", language: str = "en", **options: Any) -> list[Told]:
    rows = report(period(when), country="BE", language=language, **options)
    return list(next(row.places for row in rows if row.name == name))


def test_quarters_are_made_of_their_months(keep: Keep) -> None:
    keep(applicants(BE=VALUES, EU27_2020=[9000, 9000, 9000, 8000, 8000, 8000]))
    here, there = told("first-time-applicants")
    assert here.sentence == (
        "In the fourth quarter of 2018, 5,185 people applied for asylum for the first time in "
        "Belgium, up 14\u00a0% on the quarter before."
    )
    assert here.why == ("There is no figure for the fourth quarter of 2017 to compare with.",)
    assert here.source == "Source: Eurostat (migr_asyappctzm), extracted 17 June 2019"
    assert there.previous is not None
    assert (there.geo, there.previous.percent) == ("EU27_2020", -11)


def test_a_year_before_is_found_through_the_months_in_between(keep: Keep) -> None:
    months = [f"{year}-{month:02}" for year in (2017, 2018) for month in range(1, 13)]
    cells = {("BE", when): (1000.0 if "2017" in when else 1100.0, "") for when in months}
    keep(answer("migr_asyappctzm", cells, applicant="FRST"))
    (here, _) = told("first-time-applicants")
    assert here.year is not None
    assert here.year.percent == 10
    broken = dict(cells) | {("BE", "2018-02"): (1100.0, "b")}
    keep(answer("migr_asyappctzm", broken, applicant="FRST"), "2019-09-16")
    (here, _) = told("first-time-applicants")
    assert here.year is not None
    assert (here.year.percent, here.year.reason) == (None, "break")
    assert any("The series breaks between" in why for why in here.why)


def _by_group(**places: tuple[float, ...]) -> bytes:
    """Figures of the last quarters of 2017 and 2018, three equal months each."""
    months = {year: [f"{year}-{month}" for month in (10, 11, 12)] for year in (2017, 2018)}
    cells = {
        (place, month): (value, "")
        for place, values in places.items()
        for year, value in zip((2018, 2017), values, strict=False)
        for month in months[year]
    }
    return answer("migr_asyappctzm", cells, applicant="FRST")


def test_the_eu_is_the_group_that_can_be_compared(keep: Keep) -> None:
    keep(_by_group(EU27_2020=(1000.0,), EU28=(1100.0, 1000.0)))
    (_, there) = told("first-time-applicants")
    assert there.year is not None
    assert (there.geo, there.year.percent) == ("EU28", 10)
    (_, there) = told("first-time-applicants", eu="EU27_2020")
    assert there.year is not None
    assert (there.geo, there.year.reason) == ("EU27_2020", "no-base"), "never the base of another"
    keep(_by_group(EU27_2020=(1000.0, 800.0), EU28=(1100.0, 1000.0)), "2020-06-17")
    (_, there) = told("first-time-applicants")
    assert there.year is not None
    assert (there.geo, there.year.percent) == ("EU27_2020", 25)
    (_, there) = told("first-time-applicants", eu="EU28", until=date(2019, 7, 1))
    assert (there.geo, str(there.figure and there.figure.vintage)) == ("EU28", "2019-06-17")


def test_what_is_there_at_the_end_is_taken_at_the_end(keep: Keep) -> None:
    keep(answer("migr_asypenctzm", {("BE", "2018-11"): (500, "p"), ("BE", "2018-12"): (600, "p")}))
    here, there = told("pending")
    assert here.sentence.startswith("At the end of December 2018, 600 people")
    assert "(provisional" in here.sentence
    assert there.reason == "no-figure"


def test_a_table_that_is_stored_goes_before_what_was_printed(keep: Keep) -> None:
    load_shipped()
    (here, there) = told("first-time-applicants")
    assert here.reason == "no-data"
    assert there.figure is not None
    assert (there.geo, there.figure.value) == ("EU28", 151_000.0)
    assert there.previous is not None
    assert there.previous.percent == 3
    assert there.previous.caveats == ("another-vintage",)
    keep(applicants(EU27_2020=[9000] * 6))
    (_, there) = told("first-time-applicants")
    assert there.figure is not None
    assert (there.geo, there.figure.value) == ("EU27_2020", 27_000.0)


def test_what_was_not_known_yet_is_not_told(db: None) -> None:
    load_shipped()
    (_, there) = told("first-time-applicants", until=date(2019, 1, 1))
    assert there.figure is None
    (_, there) = told("first-time-applicants", "2018Q3", until=date(2019, 1, 1))
    assert there.figure is not None
    assert there.figure.value == 146_900.0


def test_what_is_counted_by_the_year_says_so(db: None) -> None:
    (here, _) = told("first-permits")
    assert (here.reason, here.sentence) == (
        "no-period", "It is counted by the year. Ask for a year, such as 2018.",
    )  # fmt: skip
    (here, _) = told("first-instance-decisions", "2018-12")
    assert here.sentence == "It isn't counted for such a period. Ask for one such as 2018-Q1."


@pytest.mark.parametrize(
    ("language", "label", "begins"),
    [
        ("nl", "Eerste asielaanvragers", "In het vierde kwartaal van 2018"),
        ("fr", "Primo-demandeurs d’asile", "Au quatrième trimestre 2018"),
        ("de", "Erstmalige Asylbewerber", "Im vierten Quartal 2018"),
    ],
)
def test_it_is_named_as_on_its_page_and_told_in_its_language(
    keep: Keep, language: str, label: str, begins: str
) -> None:
    Concept.objects.create(
        slug="first-time-applicant",
        labels={"en": "First-time", "nl": "eerste asielaanvrager", "fr": "primo-demandeur"},
    )
    keep(applicants(BE=VALUES))
    row = report(period("2018Q4"), country="BE", language=language)[0]
    assert row.label == label
    assert row.places[0].sentence.startswith(begins)


def test_a_report_costs_few_queries(keep: Keep, django_assert_num_queries: Any) -> None:
    load_shipped()
    keep(applicants(BE=VALUES, EU27_2020=[9000] * 6))
    with django_assert_num_queries(3):
        report(period("2018Q4"), country="BE", language="en")


def test_as_json_it_keeps_numbers_reasons_and_sentences(keep: Keep) -> None:
    keep(applicants(BE=VALUES))
    rows = report(period("2018Q4"), country="BE", language="en")
    said = json.loads(json.dumps(as_json(period("2018Q4"), rows, "en"), allow_nan=False))
    assert (said["period"], len(said["indicators"])) == ("2018-Q4", 11)
    here, there = said["indicators"][0]["figures"]
    assert (here["geo"], here["value"], here["vintage"]) == ("BE", 5185.0, "2019-06-17")
    assert here["change_on_previous"]["percent"] == 14
    assert here["change_on_previous"]["base"] == 4545.0
    assert here["change_on_year"]["reason"] == "no-base"
    assert (there["value"], there["reason"]) == (None, "no-figure")
