"""A concept and the glossary at their own addresses: a page for people, data for programs."""

import csv
import datetime
import gzip
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.http import http_date
from openpyxl import load_workbook
from published_glossary import publish_glossary
from rdflib import RDF, SKOS, Graph, URIRef

from contactpoint.glossary import data_files
from contactpoint.glossary.models import Concept, FormerSlug
from contactpoint.glossary.scheme import concept_address
from contactpoint.vocabulary import Label, Scheme
from contactpoint.vocabulary.formats import FORMATS, read, write

GOLDEN = Path(__file__).parents[1] / "data" / "glossary"
SUFFIXES = {"ttl": "turtle", "rdf": "rdfxml", "jsonld": "jsonld", "nt": "ntriples"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(autouse=True)
def glossary(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands in the portal; its titles don't depend on whether catalogues are compiled."""
    titles = (Label("Glossary", "en"), Label("Glossaire", "fr"))
    monkeypatch.setattr("contactpoint.glossary.scheme.titles", lambda: titles)
    monkeypatch.setattr(data_files, "_kept", None)
    publish_glossary()


def kept(name: str, content: bytes) -> tuple[str, str]:
    """What was answered and what is kept, each with the site's address taken out."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace(settings.BASE_URL, "SITE")
    return text, (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_concept_is_answered_in_each_format(client: Client, suffix: str) -> None:
    by_suffix = client.get(f"/id/concept/asylum.{suffix}")
    answered, golden = kept(f"concept.{suffix}", by_suffix.content)
    assert answered == golden
    media_type = FORMATS[SUFFIXES[suffix]].media_type
    by_header = client.get("/id/concept/asylum", headers={"Accept": media_type})
    assert by_header.status_code == by_suffix.status_code == 200
    assert by_header.content == by_suffix.content
    assert by_header["Content-Type"].split(";")[0] == media_type
    assert by_header["Content-Location"] == f"/id/concept/asylum.{suffix}"
    assert {"Accept", "Accept-Language"} <= {*by_header["Vary"].split(", ")}


@pytest.mark.parametrize("suffix", [*SUFFIXES, "csv"])
def test_the_whole_glossary_is_answered_in_each_format(client: Client, suffix: str) -> None:
    answer = client.get(f"/id/scheme/glossary.{suffix}")
    answered, golden = kept(f"scheme.{suffix}", answer.content)
    assert answered == golden


def test_the_workbook_holds_what_the_csv_file_holds(client: Client) -> None:
    answer = client.get("/id/scheme/glossary.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="glossary-1.2.xlsx"'
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    text = client.get("/id/scheme/glossary.csv").content.decode("utf-8-sig")
    assert cells == list(csv.reader(StringIO(text, newline="")))


def test_what_is_downloaded_is_the_glossary_as_the_portal_has_it(client: Client) -> None:
    scheme = read(client.get("/id/scheme/glossary.ttl").content)
    assert scheme.version == "1.2"
    assert scheme.concepts["asylum"].uri == concept_address("asylum")
    hidden = [one.text for one in scheme.concepts["asylum"].labels if one.kind == "hidden"]
    assert hidden == ["assylum"], "what editors taught is theirs"
    assert scheme.concepts["exile"].status == "deprecated"
    assert scheme.concepts["refuge"].replaced_by == "asylum"
    said = {(predicate, value) for _, predicate, value in scheme.other}
    assert "http://purl.org/dc/terms/license" not in str(said), "none holds for all of the file"
    (rights,) = (value for predicate, value in said if predicate.endswith("rights>"))
    assert "CC BY 4.0" in rights
    assert "EuroVoc: © European Union" in rights


def test_a_person_gets_the_page_in_a_language_that_they_read(client: Client) -> None:
    headers = {"Accept": BROWSER, "Accept-Language": "nl-BE, fr;q=0.5"}
    answer = client.get("/id/concept/asylum", headers=headers)
    assert (answer.status_code, answer["Location"]) == (303, "/nl/glossary/asylum/")
    assert {"Accept", "Accept-Language"} <= {*answer["Vary"].split(", ")}
    answer = client.get("/id/scheme/glossary", headers=headers)
    assert (answer.status_code, answer["Location"]) == (303, "/nl/glossary/")
    assert client.get("/id/concept/asylum")["Location"] == "/en/glossary/asylum/"


def test_a_merged_concept_leads_to_its_successor_and_a_renamed_one_for_good(
    client: Client,
) -> None:
    FormerSlug.objects.create(slug="asile", concept=Concept.objects.get(slug="asylum"))
    merged = client.get("/id/concept/refuge", headers={"Accept": "text/turtle"})
    assert (merged.status_code, merged["Location"]) == (303, "/id/concept/asylum")
    renamed = client.get("/id/concept/asile.ttl")
    assert (renamed.status_code, renamed["Location"]) == (301, "/id/concept/asylum.ttl")


def test_the_data_of_a_withdrawn_concept_say_so(client: Client) -> None:
    turtle = client.get("/id/concept/exile.ttl").content.decode()
    assert "owl:deprecated" in turtle


@pytest.mark.parametrize(
    "path",
    [
        "/id/concept/nothing",
        "/id/concept/nothing.ttl",
        "/id/concept/asylum.pdf",
        "/id/concept/asylum.csv",
        "/id/scheme/glossary.pdf",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_who_wants_something_else_is_told_what_there_is(client: Client) -> None:
    answer = client.get("/id/concept/asylum", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    text = answer.content.decode()
    assert f"text/turtle  {settings.BASE_URL}/id/concept/asylum.ttl" in text
    assert "text/html" in text
    assert 'rel="alternate"; type="text/turtle"' in answer["Link"]


def test_nothing_is_sent_again_that_has_not_changed(client: Client) -> None:
    first = client.get("/id/concept/asylum.ttl")
    again = client.get("/id/concept/asylum.ttl", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    Concept.objects.filter(slug="asylum").update(
        labels={"en": "asylum, renamed"},
        updated_at=datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC),
    )
    again = client.get("/id/concept/asylum.ttl", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert "asylum, renamed" in again.content.decode()


def test_who_asks_by_date_is_told_what_was_taken_away(client: Client) -> None:
    Concept.objects.filter(slug="refuge").delete()
    headers = {"If-Modified-Since": http_date()}
    answer = client.get("/id/scheme/glossary.csv", headers=headers)
    assert (answer.status_code, "Last-Modified" in answer) == (200, False)


def test_every_process_gives_a_file_the_same_tag(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = {client.get("/id/scheme/glossary.xlsx")["ETag"]}
    monkeypatch.setattr(data_files, "_kept", None)
    monkeypatch.setattr("contactpoint.glossary.data_files.write", _written_later)
    tags.add(client.get("/id/scheme/glossary.xlsx")["ETag"])
    assert len(tags) == 1


def _written_later(scheme: Scheme, format_name: str) -> bytes:
    return write(scheme, format_name) + (b"later" if format_name == "xlsx" else b"")


def test_a_file_is_made_once_and_costs_few_queries(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    client.get("/id/scheme/glossary.ttl")
    client.get("/id/concept/asylum.ttl")
    monkeypatch.setattr(data_files, "write", lambda *_: pytest.fail("made again"))
    with django_assert_max_num_queries(3):
        assert client.get("/id/scheme/glossary.ttl").status_code == 200
    with django_assert_max_num_queries(4):
        assert client.get("/id/concept/asylum.ttl").status_code == 200


@pytest.mark.parametrize("path", ["/id/concept/asylum.nt", "/id/scheme/glossary.jsonld"])
def test_any_site_may_read_the_data_and_nobody_is_given_a_cookie(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies
    assert "Cookie" not in answer["Vary"]
    asked = client.options(path)
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_head_says_what_get_would(client: Client) -> None:
    for path in ("/id/concept/asylum.ttl", "/id/concept/asylum", "/id/scheme/glossary.xlsx"):
        head, get = client.head(path), client.get(path)
        assert head.status_code == get.status_code
        assert head.get("Content-Type") == get.get("Content-Type")
        assert head.get("Location") == get.get("Location")
        assert head.content == b""
    assert client.post("/id/concept/asylum").status_code == 405


def test_a_concept_of_another_house_keeps_its_own_address(client: Client) -> None:
    Concept.objects.filter(slug="asylum").update(uri="http://eurovoc.europa.eu/1")
    graph = Graph().parse(data=client.get("/id/concept/asylum.ttl").content, format="turtle")
    assert list(graph.subjects(RDF.type, SKOS.Concept)) == [URIRef("http://eurovoc.europa.eu/1")]


def test_what_is_not_found_is_led_to_no_page(client: Client) -> None:
    for path in ("/id/", "/id/concept", "/id/concept/", "/id/concept/asylum/", "/id/scheme/x"):
        assert client.get(path).status_code == 404, path


def test_a_file_by_suffix_names_no_empty_header_to_vary_by(client: Client) -> None:
    for path in ("/id/concept/asylum.ttl", "/id/scheme/glossary.xlsx"):
        assert all(one.strip() for one in client.get(path).get("Vary", "x").split(","))


def test_the_whole_glossary_is_compressed_for_who_takes_it(client: Client) -> None:
    plain = client.get("/id/scheme/glossary.ttl")
    answer = client.get("/id/scheme/glossary.ttl", headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(answer.content) == plain.content
    assert (answer["Content-Encoding"], plain.get("Content-Encoding")) == ("gzip", None)
    assert answer["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in answer["Vary"]
    assert "Accept-Encoding" in plain["Vary"]
    headers = {"Accept-Encoding": "gzip", "If-None-Match": answer["ETag"]}
    assert client.get("/id/scheme/glossary.ttl", headers=headers).status_code == 304
    refused = client.get("/id/scheme/glossary.ttl", headers={"Accept-Encoding": "gzip;q=0"})
    assert refused.content == plain.content


def test_the_answer_that_leads_to_the_page_names_the_files(client: Client) -> None:
    answer = client.get("/id/concept/asylum", headers={"Accept": BROWSER})
    assert answer.status_code == 303
    assert 'rel="alternate"' in answer["Link"]
