"""One indicator has one answer for a place and a period, whoever asks: a real table, else what was
printed at the time, else an example where nothing of the series was printed."""

import csv
import io
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from factories import make_site
from made_answers import applicants
from replayed import replayed
from storing import Keep

from contactpoint.figures import Figure, period
from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.answering import ANY_EU, Asked, answered
from contactpoint.statistics.choosing import Choice, chosen
from contactpoint.statistics.examples import load_examples
from contactpoint.statistics.factsheet import standings
from contactpoint.statistics.report import Told, report

NAME = "first-time-applicants"
CELLS = [
    ("IT", "2018-Q3"), ("BE", "2018-Q4"), ("EU28", "2019-Q1"), ("EU28", "2018-Q4"),
    ("DE", "2018-Q1"), ("BE", "2019-12"), ("EU27_2020", "2019"),
]  # fmt: skip


@pytest.fixture
def loaded(db: None) -> None:
    replayed("printed and examples", _load)


def _load() -> None:
    load_shipped()
    load_examples()


def in_text(geo: str, when: str) -> Figure | None:
    asked = Asked(NAME, geo, period(when))
    return answered([asked]).told(asked).figure


def on_page(geo: str, when: str, *, alone: bool = False) -> Figure | None:
    by = {"Q": "quarter", "A": "year", "M": "month"}[period(when).frequency]
    found = chosen(Choice.read(NAME, QueryDict(f"by={by}" + f"&place={geo}" * alone)))
    figure = found.lines[geo].at(period(when)) if geo in found.lines else None
    return figure if figure and figure.value is not None else None


def told(when: str, country: str = "BE", **options: Any) -> list[Told]:
    rows = report(period(when), country=country, language="en", **options)
    return list(next(row.places for row in rows if row.name == NAME))


@pytest.mark.parametrize(("geo", "when"), CELLS)
def test_texts_pages_data_and_reports_give_one_answer(loaded: None, geo: str, when: str) -> None:
    expected = in_text(geo, when)
    assert on_page(geo, when) == expected
    assert on_page(geo, when, alone=True) == expected
    assert told(when, geo)[0].figure == expected


def test_no_example_stands_beside_what_was_printed(loaded: None) -> None:
    assert in_text("BE", "2018-Q4") is None
    assert in_text("IT", "2018-Q3") is None
    figure = in_text("DE", "2018-Q3")
    assert figure is not None
    assert (figure.value, figure.is_example) == (42_000, False)
    monthly = in_text("BE", "2018-12")
    assert monthly is not None
    assert monthly.is_example, "nothing was printed by the month"


def test_a_real_table_goes_before_both(loaded: None, keep: Keep) -> None:
    keep(applicants(BE=[1500] * 6, EU28=[9000] * 6))
    for geo, value in (("BE", 4500), ("EU28", 27_000)):
        figure = in_text(geo, "2018-Q4")
        assert figure is not None
        assert figure.value == value
        assert on_page(geo, "2018-Q4") == figure == told("2018-Q4", geo)[0].figure


def test_the_sheet_of_a_country_tells_what_its_page_tells(loaded: None) -> None:
    one = standings("BE")[0]
    assert one.here.figure is None
    assert one.there.figure is not None
    assert not one.there.is_example


def test_what_was_printed_without_its_figure_is_told_as_a_change(loaded: None) -> None:
    there = told("2019-Q1")[1]
    assert there.figure is None
    assert there.why == (
        "As it was printed at the time: EU-28, up 4\u00a0% on the quarter before.",
    )
    assert there.source.startswith("Source: Eurostat asylum quarterly report")
    assert told("2019-Q1", eu="EU27_2020")[1].why == ()


def test_the_eu_that_has_a_figure_to_compare_with_is_told_unless_another_is_asked(
    loaded: None,
) -> None:
    there = told("2018")[1]
    assert there.year is not None
    assert (there.geo, there.year.percent) == ("EU28", -11)
    other = told("2018", eu="EU27_2020")[1]
    assert other.figure is not None
    assert (other.geo, other.figure.value) == ("EU27_2020", 549_000)
    asked = Asked(NAME, ANY_EU, period("2018"))
    change = answered([asked]).told(asked).year
    assert change is not None
    assert change.percent == -11
    there = told("2019-Q4")[1]
    assert there.previous is not None
    assert there.previous.reason == "another-aggregate"


def test_the_page_by_year_tells_each_change_of_its_group(client: Client, loaded: None) -> None:
    make_site(("en",), standard=False)
    said = " ".join(client.get(f"/en/statistics/{NAME}/?by=year").content.decode().split())
    assert "−11 % (EU-28)</td>" in said
    assert "+12 %</td>" in said


def test_of_one_day_the_source_names_one(client: Client, loaded: None) -> None:
    make_site(("en",), standard=False)
    said = client.get(f"/en/statistics/{NAME}/?by=year&known=2018-06-01").content.decode()
    assert "as printed at the time (March 2018)" in said


def test_an_empty_cell_has_no_remark(client: Client, loaded: None) -> None:
    make_site(("en",), standard=False)
    text = client.get(f"/en/statistics/{NAME}.csv?by=quarter").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {bool(row["remark"]) for row in rows if row["value"]} == {True}
    assert {row["remark"] for row in rows if not row["source"]} == {""}


@pytest.mark.parametrize(
    "path", ["periods/2018-Q4/", "periods/2019-Q4/", "", "countries/de/", "countries/be/"]
)
def test_the_notice_over_a_page_is_true_of_it(client: Client, loaded: None, path: str) -> None:
    make_site(("en",), standard=False)
    answer = client.get(f"/en/statistics/{path}")
    said = answer.content.decode()
    all_of_it = '<p class="figure-example">Example series, not official figures</p>'
    some = '<p class="figure-example">Some of these are example series'
    is_mixed = path != "countries/be/"
    assert (some in said, all_of_it in said) == (is_mixed, not is_mixed)
    assert '<p class="notice">' not in said
    assert said.count("xample series, not official figures") > 1
