"""Lists of results as a feed, a table and JSON: what the page shows, and nothing more."""

import csv
import io
import json
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client
from factories import MadeSite, make_concept, make_output

from contactpoint.glossary.models import SchemeVersion
from contactpoint.search.models import Pin, PinnedThing

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def results(site: MadeSite, fill) -> None:
    make_concept("visa", en="visa")
    old = make_output(site, title="Visa and “more”", themes=["borders"], published_on="2019-05-05")
    make_output(site, language="fr", translation_of=old, title="Le visa")
    make_output(
        site, "publication", title="Visa, new", concepts=["visa"], published_on="2020-05-05"
    )
    make_output(site, title='=HYPERLINK("visa")', published_on="2018-01-01", teaser="@visa")
    make_output(site, title="Visa behind a door", private=True)
    fill()


def rows(client: Client, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/en/search/search.csv?{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def feed(client: Client, query: str) -> ElementTree.Element:
    answer = client.get(f"/en/search/feed.atom?{query}")
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


# --- the feed ---


def test_the_feed_has_the_newest_first_whatever_the_order_of_the_page(
    client: Client, results: None
) -> None:
    found = feed(client, "q=visa&kind.not=concept&sort=oldest")
    titles = [entry.findtext(f"{ATOM}title") for entry in found.findall(f"{ATOM}entry")]
    assert titles == ["Visa, new", "Visa and “more”", '=HYPERLINK("visa")']
    assert "visa" in found.findtext(f"{ATOM}title", "")
    links = {link.get("rel"): link.get("href") for link in reversed(found.findall(f"{ATOM}link"))}
    assert links["self"].endswith("/en/search/feed.atom?q=visa&kind.not=concept")
    assert links["alternate"].endswith("/en/search/?q=visa&kind.not=concept")


def test_every_entry_has_what_atom_asks_for_and_the_id_of_other_feeds(
    client: Client, results: None
) -> None:
    found = feed(client, "q=visa")
    entries = found.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id", "") for entry in entries]
    assert len(set(ids)) == len(ids) == 4
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert all(entry.findtext(f"{ATOM}updated") for entry in entries)
    news = ElementTree.fromstring(client.get("/en/news/feed.atom").content)
    others = {entry.findtext(f"{ATOM}id") for entry in news.findall(f"{ATOM}entry")}
    assert others < set(ids)


def test_what_is_no_output_is_dated_by_its_page_or_by_the_glossary(
    client: Client, results: None
) -> None:
    SchemeVersion.objects.create(number="9.0", published_on="2024-02-03")
    entries = feed(client, "q=visa&kind=concept").findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == ["2024-02-03T00:00:00+00:00"]
    assert "1970" not in client.get("/en/search/feed.atom?q=visa").content.decode()


def test_what_editors_put_first_is_in_every_list(
    client: Client, site: MadeSite, results: None, fill
) -> None:
    other = make_output(site, title="Something else", published_on="2019-09-09")
    fill()
    pin = Pin.objects.create(question="visa", language="en")
    PinnedThing.objects.create(pin=pin, page=other, sort_order=0)
    first = client.get("/en/search/search.json?q=visa&kind=news-item").json()["results"][0]
    assert first["title"] == "Something else"
    assert rows(client, "q=visa")[0]["Title"] == "Something else"
    found = [
        entry.findtext(f"{ATOM}title")
        for entry in feed(client, "q=visa&kind.not=concept").findall(f"{ATOM}entry")
    ]
    assert found[:3] == ["Visa, new", "Something else", "Visa and “more”"]


def test_a_feed_that_is_known_is_not_sent_again(client: Client, results: None) -> None:
    answer = client.get("/en/search/feed.atom?q=visa")
    assert answer["Cache-Control"].startswith("private")
    again = client.get("/en/search/feed.atom?q=visa", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_a_feed_is_narrowed_as_the_page_is(client: Client, results: None) -> None:
    found = feed(client, "q=visa&theme=borders&year=1066")
    assert found.findall(f"{ATOM}entry") == []
    found = feed(client, "q=visa&theme=borders")
    assert len(found.findall(f"{ATOM}entry")) == 1
    assert "Borders" in found.findtext(f"{ATOM}title", "")


# --- the table ---


def test_the_table_has_a_row_a_result(client: Client, results: None) -> None:
    found = rows(client, "q=visa&kind.not=concept&sort=newest")
    assert [row["Title"] for row in found][:2] == ["Visa, new", "Visa and “more”"]
    assert found[1]["Address"].startswith("http")
    assert (found[1]["Languages"], found[1]["Date"], found[1]["Themes"]) == (
        "en fr",
        "2019-05-05",
        "Borders",
    )
    assert found[0]["Concepts"] == "visa"


def test_no_cell_is_a_formula(client: Client, results: None) -> None:
    raw = client.get("/en/search/search.csv?q=visa").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(raw)) for cell in row]
    assert '\'=HYPERLINK("visa")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_spreadsheet_is_told_how_the_table_is_written(client: Client, results: None) -> None:
    answer = client.get("/fr/search/search.csv?q=visa")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"] == 'attachment; filename="search.csv"'


# --- JSON ---


def test_json_has_the_shape_of_the_command_line(client: Client, results: None) -> None:
    found = json.loads(client.get("/en/search/search.json?q=visa&kind.not=concept").content)
    assert found["total"] == 3
    assert {"total", "results", "facets", "concepts"} <= set(found)
    assert set(found["results"][0]) >= {
        *("title", "url", "language", "languages", "kind", "date", "highlights", "reasons"),
    }
    assert {"value": "borders", "label": "Borders", "count": 1} in found["facets"]["theme"]
    assert "next" not in found


def test_json_leads_on_to_what_comes_after(client: Client, site: MadeSite, fill) -> None:
    for number in range(101):
        make_output(site, title=f"Visa {number}", teaser="")
    fill()
    first = client.get("/en/search/search.json?q=visa&kind=news-item").json()
    assert len(first["results"]) == 100
    second = client.get(first["next"].partition("/en/")[2].join(["/en/", ""])).json()
    assert len(second["results"]) == 1
    assert "next" not in second
    assert client.get("/en/search/search.json?q=visa&page=0").status_code == 404


# --- without a question ---


def test_without_a_question_each_list_has_what_the_filters_leave(
    client: Client, results: None
) -> None:
    asked = "theme=borders&kind=news-item"
    assert [row["Title"] for row in rows(client, asked)] == ["Visa and “more”"]
    found = client.get(f"/en/search/search.json?{asked}").json()
    assert (found["query"], found["total"]) == ("", 1)
    assert [one["title"] for one in found["results"]] == ["Visa and “more”"]
    assert found["results"][0]["reasons"] == []
    assert {"value": "borders", "label": "Borders", "count": 1} in found["facets"]["theme"]
    made = feed(client, asked)
    assert made.findtext(f"{ATOM}title", "").startswith("What is new, News, Borders – ")
    assert len(made.findall(f"{ATOM}entry")) == 1


def test_without_a_question_and_filters_each_list_has_all_that_is_public(
    client: Client, results: None
) -> None:
    newest = ["Visa, new", "Visa and “more”", '=HYPERLINK("visa")']
    assert [row["Title"] for row in rows(client, "")][:3] == [
        "Visa, new",
        "Visa and “more”",
        "'" + newest[2],
    ]
    found = client.get("/en/search/search.json").json()
    assert [one["title"] for one in found["results"]][:3] == newest
    assert found["total"] == len(found["results"]) > 3
    made = feed(client, "")
    titles = [entry.findtext(f"{ATOM}title") for entry in made.findall(f"{ATOM}entry")]
    assert titles[:3] == newest
    links = {
        link.get("rel"): link.get("href", "") for link in reversed(made.findall(f"{ATOM}link"))
    }
    assert links["self"].endswith("/en/search/feed.atom")
    assert links["alternate"].endswith("/en/search/")


def test_all_that_is_public_can_be_paged_through(client: Client, site: MadeSite, fill) -> None:
    for number in range(101):
        make_output(site, title=f"Item {number}", teaser="")
    fill()
    first = client.get("/en/search/search.json").json()
    assert first["next"].endswith("/en/search/search.json?page=2")
    second = client.get("/en/search/search.json?page=2").json()
    titles = {one["title"] for one in (*first["results"], *second["results"])}
    assert {f"Item {number}" for number in range(101)} <= titles
    assert "next" not in second


# --- all of them ---


@pytest.mark.parametrize("name", ["feed.atom", "search.csv", "search.json"])
def test_nothing_private_is_taken_along_and_no_crawler_keeps_it(
    client: Client, results: None, name: str
) -> None:
    answer = client.get(f"/en/search/{name}?q=visa")
    assert answer.status_code == 200
    assert b"behind a door" not in answer.content
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    answer = client.get(f"/en/search/{name}")
    assert answer.status_code == 200
    assert b"behind a door" not in answer.content
    assert b"Visa, new" in answer.content


@pytest.mark.parametrize("name", ["feed.atom", "search.csv", "search.json"])
def test_an_outage_is_no_empty_list(
    client: Client, site: MadeSite, settings, tmp_path, name: str
) -> None:
    settings.DATA = tmp_path
    answer = client.get(f"/en/search/{name}?q=visa")
    assert answer.status_code == 503
    assert "Retry-After" in answer


@pytest.mark.parametrize("name", ["feed.atom", "search.csv", "search.json"])
@pytest.mark.parametrize(
    ("query", "told"),
    [("theme=nosuch", "nosuch"), ("q=visa&kind.not=nws", "nws"), ("from=2019-02-30", "2019-02-30")],
)
def test_a_program_is_not_given_more_than_it_asked_for(
    site: MadeSite, fill: Callable[[], None], client: Client, name: str, query: str, told: str
) -> None:
    make_output(site, title="Visa")
    fill()
    answer = client.get(f"/en/search/{name}?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert told in answer.content.decode()
    assert "so nothing is listed" in answer.content.decode()
    assert "left out" not in answer.content.decode()
    assert client.get(f"/en/search/{name}?q=visa&sort=nosuch&utm=1").status_code == 200


@pytest.mark.parametrize("name", ["feed.atom", "search.csv", "search.json"])
def test_control_characters_are_no_part_of_a_question(
    site: MadeSite, fill: Callable[[], None], client: Client, name: str
) -> None:
    make_output(site, title="Visa")
    fill()
    answer = client.get(f"/en/search/{name}?q=%01visa%1b%EF%BF%BE")
    assert answer.status_code == 200
    assert "Visa" in answer.content.decode()


@pytest.mark.parametrize("name", ["feed.atom", "search.csv", "search.json"])
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("&".join(f"year={year}" for year in range(1983, 2023)), "20 choices at most, here are 40"),
        ("&".join(f"year.not={year}" for year in range(2000, 2025)), "here are 25"),
        ("&".join(f"off=off-{number}" for number in range(21)), "here are 21"),
        (f"q={'asylum+' * 30}-statelessness+-trafficking", "200 letters at most, this one 237"),
    ],
)
def test_a_program_that_asks_for_more_than_is_read_is_refused_rather_than_given_what_is_left(
    site: MadeSite, fill: Callable[[], None], client: Client, name: str, query: str, told: str
) -> None:
    make_output(site, title="Asylum", published_on="2022-01-01")
    fill()
    answer = client.get(f"/en/search/{name}?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert told in answer.content.decode()
    assert client.get(f"/en/search/?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/en/search/feed.atom", "/en/search/search.csv"])
def test_a_list_takes_any_text_along(
    site: MadeSite, fill: Callable[[], None], client: Client, path: str
) -> None:
    make_output(site, title="Visa\x0bwords\x07", teaser="A\x0bteaser", concepts=["visa"])
    fill()
    answer = client.get(f"{path}?q=visa&kind=news-item")
    assert answer.status_code == 200
    if path.endswith("atom"):
        assert ElementTree.fromstring(answer.content).findtext(f"{ATOM}entry/{ATOM}title") == (
            "Visa words "
        )
