"""The reconciliation service answers as version 0.2 of the community's specification asks.

The queries have the structure of the specification's published examples; what is answered is
compared whole with kept files, and with the rules of its JSON schemas.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from published_glossary import publish_glossary

from contactpoint.glossary.reconciliation.answers import MOST_IDS, MOST_QUERIES
from contactpoint.glossary.reconciliation.properties import CONCEPT_TYPE

GOLDEN = Path(__file__).parents[1] / "data" / "glossary"
URL = "/id/reconcile"


@pytest.fixture(autouse=True)
def glossary(db: None) -> None:
    publish_glossary()


def kept(name: str, answer: Any) -> tuple[Any, Any]:
    """What was answered and what is kept."""
    text = json.dumps(answer).replace(settings.BASE_URL, "SITE")
    text = text.replace(settings.SITE_NAME, "NAME")
    return json.loads(text), json.loads((GOLDEN / name).read_text(encoding="utf-8"))


def ask(client: Client, queries: Any, **headers: str) -> Any:
    answer = client.post(URL, {"queries": json.dumps(queries)}, headers=headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def fetch(client: Client, ids: list[str], *properties: dict[str, Any]) -> Any:
    query = {"ids": ids, "properties": list(properties)}
    answer = client.post(URL, {"extend": json.dumps(query)})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_the_manifest_says_where_everything_is(client: Client) -> None:
    answer = client.get(URL)
    answered, golden = kept("manifest.json", answer.json())
    assert answered == golden
    manifest = answer.json()
    assert "0.2" in manifest["versions"]
    assert {"name", "identifierSpace", "schemaSpace"} <= manifest.keys()
    for part in ("view", "preview"):
        assert "{{id}}" in manifest[part]["url"]
    for one in manifest["suggest"].values():
        assert "${id}" in one["flyout_service_path"]


def test_each_address_of_the_manifest_answers(client: Client) -> None:
    manifest = client.get(URL).json()
    base = settings.BASE_URL
    for place, wanted in (("entity", "asylum"), ("property", "broader"), ("type", CONCEPT_TYPE)):
        part = manifest["suggest"][place]
        found = client.get((part["service_url"] + part["service_path"]).removeprefix(base))
        assert isinstance(found.json()["result"], list)
        path = part["flyout_service_url"] + part["flyout_service_path"].split("?")[0]
        shown = client.get(path.removeprefix(base), {"id": wanted}).json()
        assert shown["id"] == wanted
        assert shown["html"].strip().startswith("<")
    preview = manifest["preview"]["url"].replace("{{id}}", "asylum").removeprefix(base)
    assert "asylum" in client.get(preview).content.decode()
    proposed = manifest["extend"]["propose_properties"]
    found = client.get((proposed["service_url"] + proposed["service_path"]).removeprefix(base))
    assert len(found.json()["properties"]) > 10
    view = manifest["view"]["url"].replace("{{id}}", "asylum").removeprefix(base)
    assert client.get(view).status_code == 303


def test_a_full_batch_is_answered_whole(client: Client) -> None:
    queries = {
        "q0": {
            "query": "Asyl",
            "type": CONCEPT_TYPE,
            "limit": 3,
            "properties": [
                {"pid": "broader", "v": {"id": "migration", "name": "migration"}},
                {"pid": "language", "v": "de"},
            ],
            "type_strict": "should",
        },
        "q1": {"query": "retour volontaire"},
        "q2": {"query": "football"},
        "q3": {"properties": [{"pid": "exactMatch", "v": "http://eurovoc.europa.eu/5265"}]},
    }
    answer = ask(client, queries)
    answered, golden = kept("results.json", answer)
    assert answered == golden
    assert answer == client.get(URL, {"queries": json.dumps(queries)}).json()
    assert answer.keys() == queries.keys()
    for one in answer.values():
        scores = [candidate["score"] for candidate in one["result"]]
        assert scores == sorted(scores, reverse=True)
        for candidate in one["result"]:
            assert {"id", "name", "score"} <= candidate.keys()
            assert isinstance(candidate["match"], bool)
            assert all({"id", "value"} == feature.keys() for feature in candidate["features"])


def test_it_says_match_only_where_it_is_sure(client: Client) -> None:
    queries = {
        "exact": {"query": "asylum"},
        "other language": {"query": "لجوء"},
        "hidden": {"query": "assylum"},
        "identifier": {"query": "asylum"},
        "address": {"query": f"{settings.BASE_URL}/id/concept/asylum"},
        "near": {"query": "assisted voluntary return"},
        "unknown": {"query": "football"},
    }
    answer = ask(client, queries)
    for key in ("exact", "other language", "hidden", "identifier", "address"):
        best = answer[key]["result"][0]
        assert (best["id"], best["match"]) == ("asylum", True), key
    near = answer["near"]["result"]
    assert [one["id"] for one in near][:1] == ["voluntary-return"]
    assert not any(one["match"] for one in near)
    assert answer["unknown"]["result"] == []


def test_a_property_that_does_not_fit_costs_the_match(client: Client) -> None:
    wrong = [{"pid": "broader", "v": "asylum"}]
    queries = {"q": {"query": "voluntary return", "properties": wrong}}
    best = ask(client, queries)["q"]["result"][0]
    assert (best["id"], best["match"]) == ("voluntary-return", False)
    assert {"id": "broader", "value": False} in best["features"]


def test_by_a_property_alone_all_that_stand_below_are_found(client: Client) -> None:
    queries = {"q": {"properties": [{"pid": "broader", "v": ["migratie", 5, True]}]}}
    found = ask(client, queries)["q"]["result"]
    assert {one["id"] for one in found} == {"asylum", "voluntary-return"}
    assert not any(one["match"] for one in found)


def test_withdrawn_concepts_and_other_types_are_not_offered(client: Client) -> None:
    answer = ask(client, {"q": {"query": "exile"}, "t": {"query": "asylum", "type": ["Q5"]}})
    assert "exile" not in {one["id"] for one in answer["q"]["result"]}
    assert answer["t"]["result"] == []


def test_names_are_in_the_language_of_whoever_asks(client: Client) -> None:
    answer = ask(client, {"q": {"query": "asylum"}}, **{"Accept-Language": "fr"})
    assert answer["q"]["result"][0]["name"] == "asile"
    assert answer["q"]["result"][0]["description"] == "Protection par un État."


def test_data_is_added_to_what_was_matched(client: Client) -> None:
    answer = fetch(
        client,
        ["asylum", "voluntary-return", "nothing"],
        {"id": "prefLabel", "settings": {"language": "fr"}},
        {"id": "altLabel", "settings": {"language": "*"}},
        {"id": "definition"},
        {"id": "broader"},
        {"id": "exactMatch"},
        {"id": "status"},
    )
    answered, golden = kept("extension.json", answer)
    assert answered == golden
    for row in answer["rows"].values():
        assert row.keys() == {one["id"] for one in answer["meta"]}
        for values in row.values():
            for value in values:
                assert value.keys() in ({"str"}, {"id", "name"})


def test_suggestions_come_while_one_types_in_any_language(client: Client) -> None:
    url = f"{URL}/suggest/entity"
    found = client.get(url, {"prefix": "retour"}).json()["result"]
    assert [one["id"] for one in found] == ["voluntary-return"]
    assert found[0]["notable"] == [{"id": CONCEPT_TYPE, "name": "Concept"}]
    assert client.get(url, {"prefix": "voluntary-return"}).json()["result"]
    assert client.get(url, {"prefix": "retour", "cursor": "1"}).json()["result"] == []
    assert client.get(url, {"prefix": "retour", "cursor": "-9²"}).status_code == 200
    properties = client.get(f"{URL}/suggest/property", {"prefix": "broad"}).json()["result"]
    assert properties[0]["id"] == "broader"
    assert client.get(f"{URL}/suggest/colour").status_code == 404


@pytest.mark.parametrize(
    "queries",
    [
        "no JSON",
        "[" * 5_000,
        "[]",
        '{"q": "asylum"}',
        '{"q": {}}',
        '{"q": {"query": ""}}',
        '{"q": {"query": 5}}',
        '{"q": {"query": "a", "limit": 0}}',
        '{"q": {"query": "a", "limit": "x"}}',
        '{"q": {"query": "a", "limit": NaN}}',
        '{"q": {"query": "a", "properties": [{"pid": ["broader"], "v": 1}]}}',
        '{"q": {"query": "a", "type": {"id": 5}}}',
        '{"q": {"query": "a", "properties": [{"pid": "broader"}]}}',
        '{"q": {"query": "a", "properties": "broader"}}',
    ],
)
def test_a_query_that_is_none_is_refused_with_a_reason(client: Client, queries: str) -> None:
    answer = client.post(URL, {"queries": queries})
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_too_much_at_once_is_refused(client: Client) -> None:
    many = {str(number): {"query": "asylum"} for number in range(MOST_QUERIES + 1)}
    assert client.post(URL, {"queries": json.dumps(many)}).status_code == 413
    ids = {"ids": ["asylum"] * (MOST_IDS + 1), "properties": []}
    assert client.post(URL, {"extend": json.dumps(ids)}).status_code == 400
    huge = {"q": {"query": "x" * 600_000}}
    assert client.post(URL, {"queries": json.dumps(huge)}).status_code == 413
    unknown = {"ids": ["asylum"], "properties": [{"id": "colour"}]}
    answer = client.post(URL, {"extend": json.dumps(unknown)})
    assert (answer.status_code, "prefLabel" in answer.json()["error"]) == (400, True)


def test_other_sites_may_ask_without_cookie_or_token_but_not_by_jsonp() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(URL, {"queries": '{"q": {"query": "asylum"}}'})
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    asked = strict.options(URL, headers={"Origin": "https://example.org"})
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
    assert strict.get(URL, {"callback": "run"}).status_code == 400
    assert strict.put(URL).status_code == 405


def test_a_preview_stands_in_a_frame_and_shows_only_text(client: Client) -> None:
    answer = client.get(f"{URL}/preview", {"id": "asylum"})
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "script" not in answer["Content-Security-Policy"]
    assert "<script" not in answer.content.decode()
    assert client.get(f"{URL}/preview", {"id": "<b>"}).status_code == 404
    assert client.get(f"{URL}/preview", {"id": "exile"}).status_code == 404


def test_a_batch_costs_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    queries = {str(number): {"query": "asylum"} for number in range(20)}
    ask(client, queries)
    with django_assert_max_num_queries(4):
        ask(client, queries)
