"""The pages of statistics say what is stored, where it comes from, and what is missing and why."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from factories import LANGUAGES, make_concept, make_output, make_site
from made_answers import answer, applicants
from storing import Keep

from contactpoint.figures.places import MEMBERS
from contactpoint.network.models import Country, Institution
from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.configured import shown
from contactpoint.statistics.examples import load_examples

PAGE = "/en/statistics/first-time-applicants/"
VALUES = [1500, 1520, 1525, 1700, 1720, 1765]


@pytest.fixture
def loaded(keep: Keep) -> None:
    """Two years of months of four countries and the EU, and what makes rates of them."""
    months = [f"{year}-{month:02}" for year in (2017, 2018) for month in range(1, 13)]
    cells: dict[tuple[str, str], tuple[float | None, str]] = {}
    for at, (place, base) in enumerate((("EU27_2020", 50_000), ("DE", 9000), ("BE", 1500),
                                        ("EL", 5000))):  # fmt: skip
        for number, when in enumerate(months):
            cells[place, when] = (base + 5.0 * number + at, "p" if number == 23 else "")
    cells |= {("LU", when): (None, "c") for when in months}
    keep(answer("migr_asyappctzm", cells, applicant="FRST"))
    people = {("BE", "2018"): (11_400_000.0, ""), ("DE", "2018"): (82_800_000.0, "")}
    keep(answer("demo_pjan", people, codes={"freq": "A", "unit": "NR", "age": "TOTAL",
                                            "sex": "T"}))  # fmt: skip


def text(client: Client, path: str, status: int = 200) -> str:
    answered = client.get(path)
    assert answered.status_code == status, path
    return answered.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["", "first-time-applicants/", "countries/", "countries/be/", "compare/?place=be"]
)
def test_each_page_is_shown_in_each_language(
    client: Client, loaded: None, language: str, path: str
) -> None:
    answered = client.get(f"/{language}/statistics/{path}")
    page = answered.content.decode()
    assert answered.status_code == 200
    assert f'<html lang="{language}"' in page
    urls = {one["code"]: one["url"] for one in answered.context["translations"]}
    assert set(urls) == set(LANGUAGES)
    assert urls[language].startswith(f"/{language}/statistics/{path[:7]}")
    assert "<svg" in page or path == "countries/"
    assert 'style="' not in page


def test_the_overview_has_every_indicator_with_its_vintage(client: Client, loaded: None) -> None:
    context = client.get("/en/statistics/").context
    (one,) = context["summaries"]
    assert (one.name, one.head.value) == ("First-time asylum applicants", "150,330")
    assert one.head.label == "EU-27 (from 2020), in the fourth quarter of 2018"
    assert one.head.changes == (
        "almost unchanged on the quarter before", "almost unchanged on a year before",
    )  # fmt: skip
    assert one.head.source == "Source: Eurostat (migr_asyappctzm), extracted 17 June 2019"
    assert len(context["empty"]) == len(shown()) - 1
    assert context["printings"] == []


def test_a_new_site_tells_what_was_printed(client: Client, db: None) -> None:
    load_shipped()
    page = text(client, "/en/statistics/")
    assert "166,400" in page
    assert "up 12\u00a0% on the quarter before" in page
    assert "Eurostat news release EDN-20170620-1" in page
    page = text(client, PAGE)
    assert "These are figures as they were printed at the time" in page
    assert "were extracted at different times" in page
    assert "Source: Eurostat, as printed between June 2017" not in page
    assert "Source: Eurostat, as printed between 20 June 2017 and 9 March 2020" in page
    assert "Germany" in page
    page = text(client, "/en/statistics/countries/de/")
    assert "42,000" in page
    assert "migr_asypenctzm has not been loaded on this site yet" in page


def test_an_empty_site_says_so(client: Client, db: None) -> None:
    assert "No figures have been loaded yet." in text(client, "/en/statistics/")
    page = text(client, PAGE)
    assert "Eurostat’s table migr_asyappctzm has not been loaded on this site yet." in page
    assert "There are no figures for this country." in text(client, "/en/statistics/countries/be/")
    assert "has not been loaded" in text(client, "/en/statistics/compare/")


def test_an_indicator_tells_its_countries_with_share_rate_and_rank(
    client: Client, loaded: None
) -> None:
    beside = client.get(PAGE).context["beside"]
    rows = {row.code: row for row in beside.rows}
    assert [row.code for row in beside.rows] == ["DE", "EL", "BE", "LU"]
    assert (rows["BE"].position, rows["BE"].cell.text, rows["BE"].cell.flags) == (
        "", "4,836", "p",
    ), "no rank among three of 28"  # fmt: skip
    assert (rows["BE"].share, rows["BE"].rate, rows["EL"].rate) == ("3.2\u00a0%", "424", "–")
    assert (rows["LU"].cell.text, rows["LU"].cell.missing) == ("–", "confidential")
    page = text(client, PAGE)
    assert "1 country has no figure: Luxembourg." in page
    assert "<sup>p</sup> provisional" in page
    assert "Quarters are the sums of three months." in page
    assert "Eurostat rounds each figure to 5" in page


def test_a_rank_is_told_of_almost_all_members_only(client: Client, keep: Keep) -> None:
    members = sorted(MEMBERS - {"UK", "DE"})
    places = {code: [100.0 * at] * 6 for at, code in enumerate(members, 1)}
    keep(applicants(**places, EU27_2020=[90_000.0] * 6))
    rows = {row.code: row for row in client.get(PAGE).context["beside"].rows}
    assert (rows["SK"].position, rows["AT"].position) == ("1", "26")
    (row,) = client.get("/en/statistics/countries/at/").context["rows"]
    assert row.rank == "number 26 of the 26 countries with a figure"


def test_what_was_printed_names_all_members_without_a_figure(client: Client, db: None) -> None:
    load_shipped()
    beside = client.get(PAGE).context["beside"]
    assert {row.position for row in beside.rows} == {""}
    assert len(beside.missing) + len(beside.figures) >= 27
    assert "Austria" in beside.missing


def test_the_reader_chooses_periods_and_country_and_finds_them_in_the_form(
    client: Client, loaded: None
) -> None:
    answered = client.get(f"{PAGE}?by=month&place=be&since=2018&until=2018-06")
    context = answered.context
    assert context["columns"] == ["Belgium"]
    assert (context["recent"][0].period, context["recent"][-1].period) == ("Jun 2018", "Jan 2018")
    assert context["head"].value == "1,587"
    chosen = {
        one.name: option.value
        for one in context["controls"]
        for option in one.options
        if option.is_chosen
    }
    assert chosen == {"by": "month", "place": "be", "since": "2018", "known": ""}
    assert 'name="until" value="2018-06"' in answered.content.decode()
    assert 'content="noindex, follow"' in answered.content.decode()


def test_a_pinned_vintage_says_what_it_was_and_what_it_is_now(client: Client, keep: Keep) -> None:
    keep(applicants(BE=VALUES, EU27_2020=[9000.0] * 6))
    keep(applicants(BE=VALUES, EU27_2020=[9000.0] * 5 + [9100.0]), "2019-09-16")
    page = text(client, f"{PAGE}?by=month&known=2019-07-01")
    assert "Then 9,000, now 9,100." in page
    assert "extracted 17 June 2019" in page
    assert "Then" not in text(client, f"{PAGE}?by=month")
    assert '<option value="2019-06-17" selected>on 17 June 2019</option>' in page
    nothing = text(client, f"{PAGE}?known=2018-01-01")
    assert "Nothing of it was known here on that day." in nothing


def test_what_was_printed_can_be_pinned_too(client: Client, db: None) -> None:
    load_shipped()
    context = client.get(f"{PAGE}?by=year&known=2018-12-31").context
    assert context["head"].value == "649,855"
    assert context["head"].revision == "Then 649,855, now 654,600."


def test_what_cannot_be_is_left_out_and_said(client: Client, loaded: None) -> None:
    page = text(client, f"{PAGE}?by=week&place=xx&place=be")
    assert "It isn&#x27;t counted by “week”. There is: month, quarter, year." in page
    assert "No country has the code “xx”." in page
    assert "4,836" in page
    page = text(client, f"{PAGE}?by=%3Cscript%3E")
    assert "<script>" not in page.replace('<script type="module"', "")
    assert "There is no picture" in text(client, "/en/statistics/compare/?place=be&as=pie")


@pytest.mark.parametrize("path", ["unknown-things", "countries/xx", "countries/eu28", "names"])
def test_what_there_is_not_is_not_found(client: Client, loaded: None, path: str) -> None:
    text(client, f"/en/statistics/{path}/", 404)


def test_another_code_of_a_country_leads_to_its_page(client: Client, loaded: None) -> None:
    answered = client.get("/nl/statistics/countries/GR/")
    assert (answered.status_code, answered["Location"]) == (301, "/nl/statistics/countries/el/")


def test_the_glossary_defines_it_and_outputs_are_named(client: Client, loaded: None) -> None:
    site = make_site()
    make_concept(
        "first-time-applicant", en="first-time asylum applicant",
        definitions={"en": {"text": "Somebody who applies for the first time.", "source": "S"}},
    )  # fmt: skip
    make_output(site, title="A study of applicants", concepts=["first-time-applicant"])
    page = text(client, PAGE)
    assert "Somebody who applies for the first time." in page
    assert 'href="/en/glossary/first-time-applicant/"' in page
    assert "A study of applicants" in page


def test_a_country_stands_beside_the_eu_with_its_contact_point(
    client: Client, loaded: None
) -> None:
    belgium = Country.objects.create(code="BE", labels={"en": "Belgium"})
    Institution.objects.create(
        slug="emn-be",
        labels={"en": "EMN Belgium"},
        country=belgium,
        kind=Institution.Kind.CONTACT_POINT,
    )
    answered = client.get("/en/statistics/countries/be/")
    page = answered.content.decode()
    (row,) = answered.context["rows"]
    assert (row.head.value, row.eu.value, row.share) == ("4,836", "150,330", "3.2\u00a0%")
    assert (row.rank, row.rate) == ("", "424"), "no rank among three of 28"
    assert '<a href="/en/network/emn-be/">EMN Belgium</a>' in page
    assert 'href="/en/statistics/countries/be.pdf"' in page
    assert "11,400,000 people lived in Belgium" in page
    assert "emn-be" not in text(client, "/en/statistics/countries/de/")


def test_countries_that_have_figures_are_listed_by_name(client: Client, loaded: None) -> None:
    found = client.get("/de/statistics/countries/").context["countries"]
    assert [one.label for one in found] == ["Belgien", "Deutschland", "Griechenland", "Luxemburg"]
    assert found[2].url == "/de/statistics/countries/el/"


def test_two_periods_of_a_row_tell_a_break_between_them(client: Client, keep: Keep) -> None:
    months = [f"{year}-{month:02}" for year in (2017, 2018) for month in range(1, 13)]
    cells = {(place, when): (500.0, "") for place in ("NL", "AT") for when in months}
    keep(answer("migr_asyappctzm", cells | {("NL", "2018-05"): (900.0, "b")}, applicant="FRST"))
    path = "/en/statistics/compare/?indicator=first-time-applicants&place=nl&place=at&as=dumbbell"
    page = text(client, path)
    picture = page.partition("picture-dumbbell")[2].partition("</svg>")[0]
    assert picture.count("break in series") == 1
    marks = re.findall(r'class="p-break" d="([^"]*)"', picture)
    assert marks
    assert marks[0].count("M") == 1, "in the row of the Netherlands alone"


def test_countries_are_compared_as_the_address_says(client: Client, loaded: None) -> None:
    path = "/en/statistics/compare/?indicator=first-time-applicants&place=be&place=eu&place=lu"
    context = client.get(f"{path}&as=dumbbell").context
    assert [row.name for row in context["rows"]] == ["Belgium", "EU-27 (from 2020)"]
    assert [(row.then.text, row.now.text, row.change) for row in context["rows"]] == [
        ("4,656", "4,836", "+4\u00a0%"), ("150,150", "150,330", "±0\u00a0%"),
    ]  # fmt: skip
    assert context["without"] == ["Luxembourg"]
    assert {one.value for one in context["options"] if one.is_chosen} == {"be", "eu", "lu"}
    page = text(client, path)
    assert page.count('<input type="checkbox" name="place"') == 5
    assert "compare.csv?indicator=first-time-applicants&amp;place=be&amp;place=eu" in page
    assert "There is no indicator" in text(client, "/en/statistics/compare/?indicator=x")


def test_search_engines_read_what_the_dataset_is(client: Client, loaded: None) -> None:
    page = text(client, PAGE)
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    (said,) = [one for one in map(json.loads, blocks) if one["@type"] == "Dataset"]
    assert (said["@type"], said["temporalCoverage"]) == ("Dataset", "2017-01/2018-12")
    assert said["name"] == "First-time asylum applicants"
    assert said["dateModified"] == "2019-06-17"
    urls = [one["contentUrl"] for one in said["distribution"]]
    assert "http://localhost:8000/en/statistics/first-time-applicants.csv" in urls


def test_examples_are_marked_wherever_they_are_shown(client: Client, db: None) -> None:
    load_examples("migr_asyappctzm", "migr_asypenctzm")
    for path in ("", "pending/", "countries/be/", "compare/?indicator=pending&place=be"):
        page = text(client, f"/en/statistics/{path}")
        assert '<p class="figure-example">Example series, not official figures</p>' in page, path
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>',
                        text(client, "/en/statistics/pending/"))  # fmt: skip
    (said,) = [one for one in map(json.loads, blocks) if one["@type"] == "Dataset"]
    assert said["creativeWorkStatus"] == "Example series, not official figures"
    assert "license" not in said


def test_pages_cost_few_queries_however_much_is_stored(
    client: Client, loaded: None, keep: Keep, django_assert_max_num_queries: Any
) -> None:
    """Where all indicators are shown, one more is for what was printed of those without a table."""
    months = [f"{year}-{month:02}" for year in range(2008, 2019) for month in range(1, 13)]
    places = ["EU27_2020", "BE", "DE", *(f"{a}{b}" for a in "ABCDEF" for b in "GHIJK")]
    many = {(place, when): (100.0, "") for place in places for when in months}
    keep(answer("migr_asyappctzm", many, applicant="FRST"), "2019-10-01", accept=True)
    most = {
        "": 3, PAGE[15:]: 5, f"{PAGE[15:]}?known=2019-07-01&place=be": 7, "countries/": 1,
        "countries/be/": 5, "compare/?place=be&place=de": 3,
    }  # fmt: skip
    for path, budget in most.items():
        client.get(f"/en/statistics/{path}")
        with django_assert_max_num_queries(budget):
            client.get(f"/en/statistics/{path}")


def test_what_a_figure_is_made_of_is_drawn_and_told(client: Client, db: None) -> None:
    load_examples("migr_resfirst")
    page = text(client, "/en/statistics/first-permits/?place=be")
    assert "What it is made of, Belgium" in page
    assert "First residence permits for family reasons" in page
    assert page.count('aria-labelledby="of-parts') == 2, "wide and narrow"
    assert "What it is made of" not in text(client, PAGE)


def test_all_countries_are_shown_as_bars_and_as_a_map(client: Client, loaded: None) -> None:
    page = text(client, PAGE)
    for shape in ("bars", "map"):
        for form in ("svg", "png"):
            assert f"first-time-applicants.{form}?as={shape}" in page
    assert 'id="frame-map"' in page
