"""What every address does with a request, whatever it tells."""

import datetime
import json
from typing import Any

import pytest
from django.test import Client
from django.utils.http import http_date
from factories import MadeSite, make_concept, make_output, make_theme
from rdflib import XSD, Graph, Literal, Namespace, URIRef

from contactpoint.api import limiting
from contactpoint.outputs.models import Output

PATHS = ("", "openapi.json", "context.jsonld", "outputs", "themes", "concepts", "nowhere")


def test_who_has_it_already_is_told_so(client: Client, study: Output) -> None:
    path = f"/api/v1/outputs/{study.translation_key}"
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    study.title = "Another"
    study.save_revision().publish()
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_who_asks_by_date_is_told_that_a_language_was_taken_away(
    client: Client, study: Output
) -> None:
    path = f"/api/v1/outputs/{study.translation_key}"
    assert set(client.get(path).json()["title"]) == {"en", "fr"}
    other = Output.objects.get(translation_key=study.translation_key, locale__language_code="fr")
    other.unpublish()
    answer = client.get(path, headers={"If-Modified-Since": http_date()})
    assert (answer.status_code, set(answer.json()["title"])) == (200, {"en"})
    assert "Last-Modified" not in answer


def test_a_list_has_a_name_that_changes_with_it(client: Client, site: MadeSite) -> None:
    first = client.get("/api/v1/themes")
    assert client.get("/api/v1/themes", headers={"If-None-Match": first["ETag"]}).status_code == 304
    make_theme("new")
    assert client.get("/api/v1/themes")["ETag"] != first["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_head_tells_the_headers_of_get(client: Client, db: None, path: str) -> None:
    got, head = client.get(f"/api/v1/{path}"), client.head(f"/api/v1/{path}")
    assert head.status_code == got.status_code
    assert head.content == b""
    assert head.headers.get("ETag") == got.headers.get("ETag")


@pytest.mark.parametrize("path", PATHS)
def test_any_site_may_read(client: Client, db: None, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    asked = client.options(f"/api/v1/{path}")
    assert asked.status_code == 204
    assert "GET" in asked["Access-Control-Allow-Methods"]
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_is_written(client: Client, db: None, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)("/api/v1/outputs")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"


def test_no_cookie_is_set_and_nobody_is_asked_who_they_are(client: Client, db: None) -> None:
    answer = client.get("/api/v1/outputs")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_it_is_packed_for_who_takes_it_so(client: Client, db: None) -> None:
    answer = client.get("/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    plain = client.get("/api/v1/openapi.json")
    assert len(answer.content) < len(plain.content) / 4
    again = client.get(
        "/api/v1/openapi.json",
        headers={"Accept-Encoding": "gzip", "If-None-Match": answer["ETag"]},
    )
    assert again.status_code == 304


def test_who_asks_too_much_is_told_when_to_ask_again(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "A_MINUTE", 3)
    monkeypatch.setattr(limiting.time, "time", lambda: 1_800_000_010.0)
    left: list[Any] = [client.get("/api/v1/themes")["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    refused = client.get("/api/v1/concepts")
    assert refused.status_code == 429
    assert refused["Retry-After"] == refused["RateLimit-Reset"]
    assert refused.json()["type"].endswith("#problem-too-many-requests")
    other = client.get("/api/v1/themes", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200
    monkeypatch.setattr(limiting.time, "time", lambda: 1_800_000_070.0)
    assert client.get("/api/v1/themes").status_code == 200


def test_answers_are_linked_data(client: Client, study: Output) -> None:
    said = client.get("/api/v1/outputs").json()
    context = client.get(said["@context"]).json()["@context"]
    graph = Graph().parse(data=json.dumps({**said, "@context": context}), format="json-ld")
    me = URIRef(said["data"][0]["self"])
    found = {
        str(title): title.language
        for title in graph.objects(me, URIRef("http://purl.org/dc/terms/title"))
    }
    assert found == {"Housing of families": "en", "Le logement des familles": "fr"}
    (theme,) = graph.objects(me, URIRef("http://www.w3.org/ns/dcat#theme"))
    assert str(theme).endswith("/api/v1/themes/reception-centres")


def test_linked_data_is_told_under_its_own_name_to_who_asks(client: Client, study: Output) -> None:
    path = "/api/v1/outputs"
    plain = client.get(path)
    linked = client.get(path, headers={"Accept": "application/ld+json"})
    assert plain["Content-Type"] == "application/json"
    assert linked["Content-Type"] == "application/ld+json"
    assert linked.json() == plain.json()
    assert linked["ETag"] != plain["ETag"]
    assert "Accept" in linked["Vary"].split(", ")
    both = client.get(path, headers={"Accept": "application/json, application/ld+json;q=0.5"})
    assert both["Content-Type"] == "application/json"


def test_the_language_of_who_asks_changes_nothing(client: Client, study: Output) -> None:
    for path in ("outputs", "themes", "concepts", "nowhere"):
        said = client.get(f"/api/v1/{path}")
        french = client.get(f"/api/v1/{path}", headers={"Accept-Language": "fr"})
        assert french.content == said.content
        assert "Accept-Language" not in said["Vary"]


def test_every_answer_says_what_is_left(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/api/v1/themes")
    again = client.get("/api/v1/themes", headers={"If-None-Match": first["ETag"]})
    head = client.head("/api/v1/themes")
    missing = client.get("/api/v1/nowhere")
    keyless = client.post("/api/v1/proposals", {}, content_type="application/json")
    monkeypatch.setattr(limiting, "A_MINUTE", 0)
    over = client.get("/api/v1/themes")
    answers = [first, again, head, missing, keyless, over]
    assert [one.status_code for one in answers] == [200, 304, 200, 404, 401, 429]
    for one in answers:
        assert one["RateLimit"].startswith('"place";r=')
        assert one["RateLimit-Policy"].startswith('"place";q=')
        assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"} <= set(one.headers)
        assert one["Access-Control-Allow-Origin"] == "*"


def test_concepts_and_events_say_what_they_are_among_linked_data(
    client: Client, site: MadeSite
) -> None:
    make_concept("housing", en="housing")
    make_concept(
        "reception", broader=["housing"], definitions={"en": {"text": "Care."}},
        en="reception", fr="accueil",
    )  # fmt: skip
    starts = datetime.datetime(2026, 5, 1, 9, tzinfo=datetime.UTC)
    make_output(site, "event", title="Day", place="Brussels", starts_at=starts)
    graph = Graph()
    for path in ("concepts/reception", "events", "context.jsonld"):
        answer = client.get(f"/api/v1/{path}", headers={"Accept": "application/ld+json"})
        if path != "context.jsonld":
            context = client.get(answer.json()["@context"]).json()["@context"]
            said = {**answer.json(), "@context": context}
            graph.parse(data=json.dumps(said), format="json-ld")
    me = URIRef(client.get("/api/v1/concepts/reception").json()["self"])
    skos = Namespace("http://www.w3.org/2004/02/skos/core#")
    assert set(graph.objects(me, skos.prefLabel)) == {
        Literal("reception", lang="en"), Literal("accueil", lang="fr"),
    }  # fmt: skip
    assert set(graph.objects(me, skos.definition)) == {Literal("Care.", lang="en")}
    (broader,) = graph.objects(me, skos.broader)
    assert str(broader).endswith("/api/v1/concepts/housing")
    assert (broader, skos.prefLabel, Literal("housing", lang="en")) in graph
    (event,) = client.get("/api/v1/events").json()["data"]
    (begins,) = graph.objects(URIRef(event["self"]), URIRef("https://schema.org/startDate"))
    assert begins == Literal("2026-05-01T09:00:00Z", datatype=XSD.dateTime)
