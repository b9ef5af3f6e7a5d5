"""The page of a period says each figure for a country and the EU, or why there is none."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from factories import make_site
from made_answers import applicants
from openpyxl import load_workbook
from storing import Keep

from contactpoint.statistics.actions import load_shipped

VALUES = [1500, 1520, 1525, 1700, 1720, 1765]
ADDRESS = "/en/statistics/periods/2018-Q4/"


@pytest.fixture
def figures(keep: Keep) -> None:
    make_site(("en", "nl"), standard=False)
    keep(applicants(BE=VALUES, EU27_2020=[9000] * 6, DE=[4000] * 6))


def text(client: Client, address: str = ADDRESS) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_it_tells_country_and_eu_with_sources(client: Client, figures: None) -> None:
    said = text(client)
    assert "<h1>The fourth quarter of 2018</h1>" in said
    assert ">First-time asylum applicants</a>" in said
    assert "5,185 people applied for asylum for the first time in Belgium, up 14 %" in said
    assert "There is no figure for the fourth quarter of 2017 to compare with." in said
    assert "Source: Eurostat (migr_asyappctzm), extracted 17 June 2019" in said
    assert (
        'href="/en/statistics/first-time-applicants/?by=quarter&amp;place=be#2018-q4">5,185<'
        in said
    )


def test_readers_are_not_told_how_figures_are_loaded(client: Client, figures: None) -> None:
    said = text(client)
    assert "No figures of this are here yet." in said
    assert "contactpoint statistics load" not in said


def test_it_leads_to_the_periods_around_it(client: Client, figures: None) -> None:
    answer = client.get(ADDRESS)
    assert answer.context["earlier"]["url"] == "/en/statistics/periods/2018-Q3/"
    assert answer.context["later"]["url"] == "/en/statistics/periods/2019-Q1/"
    urls = [one["url"] for one in answer.context["translations"]]
    assert "/nl/statistics/periods/2018-Q4/" in urls


def test_another_country_and_an_earlier_day_stay_chosen(client: Client, figures: None) -> None:
    answer = client.get(f"{ADDRESS}?place=de&known=2019-07-01")
    said = answer.content.decode()
    assert "in Germany" in said
    assert "As known on 1 July 2019." in said
    assert "place=de&amp;known=2019-07-01" in said
    assert answer.context["earlier"]["url"].endswith("2018-Q3/?place=de&known=2019-07-01")
    assert "5,185" not in said
    before = text(client, f"{ADDRESS}?known=2019-01-01")
    assert "5,185" not in before


def test_what_is_not_understood_is_said_to_readers_and_refused_to_programs(
    client: Client, figures: None
) -> None:
    said = text(client, f"{ADDRESS}?known=soon&place=xx")
    assert "“soon” is no day. Write one as 2019-07-01." in said
    assert "No country is known as “XX”." in said
    answer = client.get("/en/statistics/periods/2018-Q4.json?known=soon")
    assert answer.status_code == 400
    assert answer.json()["problems"] == ["“soon” is no day. Write one as 2019-07-01."]


@pytest.mark.parametrize("code", ["never", "2199-Q4", "1989-Q4", "2018-S1", "2018-Q5"])
def test_other_periods_have_no_page(client: Client, figures: None, code: str) -> None:
    assert client.get(f"/en/statistics/periods/{code}/").status_code == 404


def test_an_older_way_of_writing_leads_to_the_page(client: Client, figures: None) -> None:
    answer = client.get("/en/statistics/periods/2018Q4/?place=de")
    assert answer.headers["Location"] == "/en/statistics/periods/2018-Q4/?place=de"


def test_one_without_figures_is_not_for_search_engines(client: Client, figures: None) -> None:
    said = text(client, "/en/statistics/periods/1995-Q1/")
    assert '<meta name="robots" content="noindex, follow">' in said
    assert 'rel="prev"' not in said


def test_its_data_are_what_the_page_says(client: Client, figures: None) -> None:
    answer = client.get("/nl/statistics/periods/2018-Q4.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    here = answer.json()["indicators"][0]["figures"][0]
    assert (here["value"], here["change_on_previous"]["percent"]) == (5185.0, 14)
    assert here["sentence"].startswith("In het vierde kwartaal van 2018")
    answer = client.get("/en/statistics/periods/2018-Q4.csv")
    first = next(csv.DictReader(io.StringIO(answer.content.decode())))
    assert (first["indicator"], first["place"], first["value"]) == (
        "first-time-applicants", "BE", "5185",
    )  # fmt: skip
    assert first["change_on_previous_percent"] == "14"
    answer = client.get("/en/statistics/periods/2018-Q4.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][4] == 5185
    assert client.get("/en/statistics/periods/2018-Q4.ods").status_code == 404


def test_it_costs_few_queries(
    client: Client, figures: None, django_assert_num_queries: Any
) -> None:
    load_shipped()
    client.get(ADDRESS)
    with django_assert_num_queries(3):
        client.get(ADDRESS)
