"""Data have addresses that any program may ask, and keep as long as nothing has changed."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from factories import make_concept
from made_answers import MONTHS, answer, applicants
from storing import Keep

from contactpoint.figures import series
from contactpoint.figures.formats import read
from contactpoint.kit.picturing.png import NotEngravedError
from contactpoint.statistics.actions import load_shipped
from contactpoint.statistics.models import Extraction
from contactpoint.statistics.offering import picturing

VALUES = [1500, 1520, 1525, 1700, 1720, 1765]
PLACES = {"BE": VALUES, "DE": [9000] * 6, "EU27_2020": [90_000] * 6}
PATH = "/en/statistics/first-time-applicants"


@pytest.fixture
def stored(keep: Keep) -> Extraction:
    make_concept(
        "first-time-applicant",
        en="first-time applicant",
        nl="eerste verzoeker",
        definitions={"en": {"text": "Somebody who asks for the first time."}},
    )
    return keep(applicants(**PLACES)).extraction


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("format", "media_type", "file"),
    [
        ("csv", "text/csv; charset=utf-8; header=present", 'attachment; filename="{}.csv"'),
        ("json", "application/json", 'inline; filename="{}.json"'),
        ("jsonstat", "application/json", 'inline; filename="{}.json"'),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            'attachment; filename="{}.xlsx"',
        ),
    ],
)
def test_each_format_says_what_it_is_and_is_open_to_other_sites(
    client: Client, stored: Extraction, format: str, media_type: str, file: str
) -> None:
    found = client.get(f"{PATH}.{format}?place=be")
    assert found.status_code == 200
    assert found["Content-Type"] == media_type
    assert found["Content-Disposition"] == file.format("first-time-applicants")
    assert found["Access-Control-Allow-Origin"] == "*"
    assert found["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert found["X-Frame-Options"] == "DENY"
    assert found["Cache-Control"] == "public, max-age=300"
    assert f'{PATH}/?place=be>; rel="about"' in found["Link"]
    assert 'rel="license"' in found["Link"]
    assert not found.cookies


def test_figures_come_as_they_were_asked_for(client: Client, stored: Extraction) -> None:
    found = rows(client.get(f"{PATH}.csv?by=month&since=2018-11&place=be").content)
    assert [(one["time"], one["value"]) for one in found] == [
        ("2018-11", "1720"), ("2018-12", "1765"),
    ]  # fmt: skip
    assert {one["remark"] for one in found} == {""}
    quarters = rows(client.get(f"{PATH.replace('/en/', '/nl/')}.csv?place=be").content)
    assert [one["value"] for one in quarters] == ["4545", "5185"]
    assert {one["indicator_name"] for one in quarters} == {"Eerste asielaanvragers"}
    assert all("Eurostat" in one["remark"] for one in quarters), "they were added up here"


def test_the_library_reads_back_what_the_portal_gives(client: Client, stored: Extraction) -> None:
    cube = read(client.get(f"{PATH}.jsonstat?by=month").content)
    found = series(cube, geo="BE")
    assert [one.value for one in found] == VALUES
    assert {str(one.vintage) for one in found} == {"2019-06-17"}


def test_the_metadata_lead_to_page_definition_and_source(
    client: Client, stored: Extraction
) -> None:
    found = client.get(f"{PATH}.json?place=be").json()["metadata"]
    (variable,) = found["variableMeasured"]
    assert found["name"] == variable["name"] == "First-time asylum applicants"
    assert variable["description"] == "Somebody who asks for the first time."
    assert variable["url"].endswith("/en/glossary/first-time-applicant/")
    assert found["isBasedOn"] == [
        "https://ec.europa.eu/eurostat/databrowser/view/migr_asyappctzm/default/table"
    ]
    addresses = [found["url"], *(one["contentUrl"] for one in found["distribution"])]
    assert all(one.endswith("?place=be") and "//" in one for one in addresses)
    for one in found["distribution"]:
        assert client.get("/" + one["contentUrl"].split("/", 3)[3]).status_code == 200


def test_who_has_it_is_told_so_until_something_is_new(
    client: Client, stored: Extraction, keep: Keep
) -> None:
    first = client.get(f"{PATH}.csv")
    for condition in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = client.get(f"{PATH}.csv", headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"
        assert again["ETag"] == first["ETag"]
    tags = {client.get(f"{PATH}.{one}")["ETag"] for one in ("json", "jsonstat", "xlsx")}
    tags |= {client.get(f"{PATH}.csv?place=be")["ETag"], client.get(f"/fr{PATH[3:]}.csv")["ETag"]}
    assert len(tags | {first["ETag"]}) == 6
    keep(applicants(**PLACES | {"BE": [*VALUES[:5], 1790]}), "2019-09-16")
    changed = client.get(f"{PATH}.csv", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_pinned_vintage_stays_as_it_was(client: Client, stored: Extraction, keep: Keep) -> None:
    address = f"{PATH}.csv?by=month&place=be&known=2019-07-01"
    before = client.get(address)
    keep(applicants(**PLACES | {"BE": [*VALUES[:5], 1790]}), "2019-09-16")
    after = client.get(address)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])


def test_what_was_set_aside_is_in_no_file(client: Client, stored: Extraction) -> None:
    before = client.get(f"{PATH}.json").content
    Extraction.objects.create(
        dataset=stored.dataset, first="2020-01-01", last="2020-01-01", state="aside",
        checksum="x", source="secret", findings=["secret"],
    )  # fmt: skip
    assert client.get(f"{PATH}.json").content == before


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("first-time-applicants.exe", 404, "csv"),
        ("nothing.csv", 404, "first-time-applicants"),
        ("first-time-applicants.csv?place=atlantis", 400, "atlantis"),
        ("first-time-applicants.csv?since=soon", 400, "soon"),
        ("first-time-applicants.csv?by=week", 400, "week"),
        ("countries/xx.csv", 404, "xx"),
        ("countries/be.csv?by=week", 400, "week"),
        ("countries/be.csv?known=2999-01-01", 400, "2999"),
        ("countries/be.svg", 404, "csv"),
        ("compare.svg?as=pie", 400, "pie"),
        ("first-time-applicants.svg?as=pie", 400, "pie"),
        ("first-time-applicants.csv?country=nl", 400, "“country”"),
        ("first-time-applicants.csv?as=map", 400, "“as”"),
        ("first-time-applicants/citation.bib?places=be", 400, "“places”"),
        ("countries/be.csv?place=nl", 400, "“place”"),
        ("compare.csv?geo=nl", 400, "“geo”"),
        ("pending.svg", 404, "drawn"),
        ("pending/citation.exe", 404, "bib"),
        ("nothing/citation.bib", 404, "pending"),
        ("compare.csv?indicator=nothing&place=be", 400, "nothing"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    client: Client, db: None, path: str, status: int, word: str
) -> None:
    found = client.get(f"/en/statistics/{path}")
    assert found.status_code == status
    assert found["Content-Type"] == "text/plain; charset=utf-8"
    assert word in found.content.decode()
    assert found["Cache-Control"] == "no-store"
    assert found["Access-Control-Allow-Origin"] == "*"


def test_a_country_has_all_its_indicators_beside_the_eu(client: Client, keep: Keep) -> None:
    keep(applicants(BE=VALUES, DE=VALUES, EU27_2020=[90_000] * 6))
    keep(answer("migr_asypenctzm", {("BE", when): (100.0, "p") for when in MONTHS}))
    found = rows(client.get("/en/statistics/countries/be.csv").content)
    assert {(one["indicator"], one["geo"], one["time"]) for one in found} >= {
        ("first-time-applicants", "BE", "2018-Q4"),
        ("first-time-applicants", "EU27_2020", "2018-Q4"),
        ("pending", "BE", "2018-12"),
    }
    assert {one["geo"] for one in found} == {"BE", "EU27_2020"}
    response = client.get("/fr/statistics/countries/be.json")
    assert response.json()["metadata"]["name"].endswith("Belgique")
    assert response.json()["flags"] == {"p": "provisoire"}
    monthly = rows(client.get("/en/statistics/countries/be.csv?by=month&since=2018-12").content)
    assert {one["time"] for one in monthly} == {"2018-12"}
    assert len(read(client.get("/en/statistics/countries/be.jsonstat").content)) == 10


def test_countries_are_compared_in_the_order_asked_for(client: Client, keep: Keep) -> None:
    keep(applicants(BE=VALUES, DE=VALUES, FR=VALUES))
    address = "/en/statistics/compare.{}?indicator=first-time-applicants&place=fr&place=be"
    found = rows(client.get(address.format("csv")).content)
    assert list(dict.fromkeys(one["geo"] for one in found)) == ["FR", "BE"]
    described = client.get(address.format("json")).json()["metadata"]
    assert described["name"] == "Statistics: France, Belgium"


def test_what_was_printed_says_so_for_each_figure(client: Client, db: None) -> None:
    load_shipped()
    found = client.get(f"{PATH}.csv?place=eu")
    told = {one["time"]: one for one in rows(found.content)}
    assert told["2019-Q3"]["value"] == "166400"
    assert told["2019-Q3"]["source"].startswith("Statistics Explained")
    assert len({one["extracted"] for one in told.values()}) > 2
    assert "printed" in told["2019-Q3"]["remark"]
    (gap,) = [one for one in rows(found.content) if not one["value"]][:1]
    assert (gap["extracted"], gap["source"]) == ("", ""), "nobody printed anything"
    assert "license" not in found["Link"]
    (cell, *_rest) = client.get(f"{PATH}.json?place=eu").json()["figures"]
    assert cell["extracted"]
    assert cell["source"]


def test_a_picture_is_a_file_with_its_source_in_it(client: Client, stored: Extraction) -> None:
    found = client.get(f"{PATH}.svg?place=be&place=de")
    svg = found.content.decode()
    assert found["Content-Type"] == "image/svg+xml"
    assert found["Access-Control-Allow-Origin"] == "*"
    assert "script" not in found["Content-Security-Policy"]
    assert "sandbox" in found["Content-Security-Policy"]
    for word in ("<title", "First-time asylum applicants", "migr_asyappctzm", "Belgium", "Comput"):
        assert word in svg
    again = client.get(f"{PATH}.svg?place=be&place=de", headers={"If-None-Match": found["ETag"]})
    assert again.status_code == 304
    compared = "/en/statistics/compare.svg?indicator=first-time-applicants&place=be&place=de"
    rows_ = client.get(f"{compared}&as=dumbbell")
    assert rows_.status_code == client.get(compared).status_code == 200
    assert rows_.content != client.get(compared).content


def test_a_picture_for_posts_is_drawn_once(
    client: Client, stored: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def engraved(svg: str, width: int) -> bytes:
        drawn.append(svg)
        return b"\x89PNG"

    monkeypatch.setattr(picturing, "png", engraved)
    for _time in range(2):
        found = client.get(f"{PATH}.png?place=be&by=month&since=2018-09")
        assert (found["Content-Type"], found.content) == ("image/png", b"\x89PNG")
    assert len(drawn) == 1

    def failing(svg: str, width: int) -> bytes:
        raise NotEngravedError

    monkeypatch.setattr(picturing, "png", failing)
    away = client.get(f"{PATH}.png?place=de")
    assert (away.status_code, away["Retry-After"]) == (503, "60")


@pytest.mark.parametrize(
    ("form", "media_type", "word"),
    [
        ("bib", "application/x-bibtex; charset=utf-8", "@misc{first-time-applicants-2019-06-17,"),
        ("ris", "application/x-research-info-systems; charset=utf-8", "TY  - DATA"),
        ("json", "application/vnd.citationstyles.csl+json", '"type": "dataset"'),
    ],
)
def test_an_indicator_is_cited_as_it_was_asked_for(
    client: Client, stored: Extraction, form: str, media_type: str, word: str
) -> None:
    found = client.get(f"{PATH}/citation.{form}?place=be")
    text = found.content.decode()
    assert found["Content-Type"] == media_type
    assert word in text
    assert "/en/statistics/first-time-applicants/?place=be" in text
    assert "migr" in text


def test_data_cost_few_queries(
    client: Client, stored: Extraction, django_assert_max_num_queries: Any
) -> None:
    client.get(f"{PATH}.csv")
    with django_assert_max_num_queries(4):
        client.get(f"{PATH}.csv")
    with django_assert_max_num_queries(9):
        client.get("/en/statistics/countries/be.json")


def test_nothing_is_written_by_asking(client: Client, stored: Extraction) -> None:
    assert client.head(f"{PATH}.csv").content == b""
    asked = client.options(f"{PATH}.csv")
    assert asked.status_code == 204
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    refused = client.post(f"{PATH}.csv")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert json.loads(client.get(f"{PATH}.json").content)["figures"]
