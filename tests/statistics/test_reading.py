"""What pages ask is answered by few queries, of the right vintage."""

from datetime import date
from typing import Any

from made_answers import MONTHS, answer, applicants
from storing import Keep

from contactpoint.figures import Reason, indicator, on_previous, period
from contactpoint.figures.places import REPORTING
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.reading import lines, lines_of, newest_extractions
from contactpoint.statistics.report import report

MONTHLY = indicator("first-time-applicants-month")
QUARTERLY = indicator("first-time-applicants-quarter")
VALUES = [1500, 1520, 1525, 1700, 1720, 1765]


def newest(**options: Any) -> dict[str, Extraction]:
    return newest_extractions(["migr_asyappctzm", "migr_asypenctzm", "migr_eiord"], **options)


def test_an_indicator_is_found_by_its_codes(keep: Keep) -> None:
    keep(applicants(BE=VALUES, DE=[9000] * 6))
    found = lines(MONTHLY, newest()["migr_asyappctzm"])
    assert set(found) == {"BE", "DE"}
    figure = found["BE"].at(period("2018-12"))
    assert figure is not None
    assert (figure.value, figure.geo, figure.give, figure.unit) == (1765.0, "BE", 2.5, "PER")
    assert figure.source == "Eurostat (migr_asyappctzm)"
    change = on_previous(found["BE"].figures().quarters(), period("2018Q4"))
    assert change.percent == 14
    assert not lines(indicator("applicants-month"), newest()["migr_asyappctzm"])


def test_stored_quarters_know_that_they_break_inside_themselves(keep: Keep) -> None:
    cells = {("NL", when): (5000.0, "") for when in MONTHS}
    cells |= {("NL", "2018-07"): (50.0, ""), ("NL", "2018-08"): (5000.0, "b")}
    keep(answer("migr_asyappctzm", cells, applicant="FRST"))
    line = lines(MONTHLY, newest()["migr_asyappctzm"])["NL"]
    for quarters in (line.quarters().figures(), line.figures().quarters()):
        assert on_previous(quarters, period("2018Q4")).reason == Reason.BREAK
    assert report(period("2018Q4"), country="NL", language="en")[0].places[0].sentence == (
        "In the fourth quarter of 2018, 15,000 people applied for asylum for the first time in "
        "the Netherlands."
    )


def test_a_vintage_of_before_can_still_be_asked_for(keep: Keep) -> None:
    keep(applicants(BE=VALUES))
    keep(applicants(BE=[*VALUES[:5], 1790]), "2019-09-16")
    then, now = (
        lines(MONTHLY, newest(until=until)["migr_asyappctzm"])["BE"].at(period("2018-12"))
        for until in (date(2019, 7, 1), None)
    )
    assert then is not None
    assert now is not None
    assert (then.value, now.value) == (1765.0, 1790.0)
    assert (str(then.vintage), str(now.vintage)) == ("2019-06-17", "2019-09-16")
    assert newest(until=date(2019, 1, 1)) == {}


def test_what_is_set_aside_is_not_read(keep: Keep) -> None:
    first = keep(applicants(BE=VALUES)).extraction
    Extraction.objects.create(
        dataset=first.dataset, first=date(2020, 1, 1), last=date(2020, 1, 1), state="aside",
        checksum="x",
    )  # fmt: skip
    assert newest() == {"migr_asyappctzm": first}


def test_a_page_costs_two_queries_however_many_places_and_vintages(
    keep: Keep, django_assert_num_queries: Any
) -> None:
    places = sorted(REPORTING)[:30]
    for day, last in (("2019-06-17", 500), ("2019-07-17", 600), ("2019-08-17", 700)):
        keep(applicants(**{place: [*VALUES[:5], last] for place in places}), day)
        pending = {(place, "2018-12"): (100.0, "") for place in places}
        keep(answer("migr_asypenctzm", pending), day)
    with django_assert_num_queries(2):
        found = lines_of([MONTHLY, QUARTERLY, indicator("pending")], newest())
    assert set(found) == {MONTHLY.name, QUARTERLY.name, "pending"}
    assert all(len(by_place) == 30 for by_place in found.values())
    assert {line.values[-1] for line in found[MONTHLY.name].values()} == {700.0}
    with django_assert_num_queries(0):
        assert lines_of([MONTHLY], {}) == {}
