"""The page for developers: every list, every example and every problem, without a script."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver
from factories import MadeSite, make_concept

from contactpoint.api.problems import KINDS
from contactpoint.api.resources import RESOURCES
from contactpoint.kit.stylesheets import bundle
from contactpoint.outputs.models import Output


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_every_example_of_the_page_answers(
    client: Client, study: Output, fill: Callable[[], None], language: str
) -> None:
    make_concept("asylum")
    fill()
    page = client.get(f"/{language}/developers/").content.decode()
    addresses = {one.replace("&amp;", "&") for one in re.findall(r'href="(/api/[^"]*)"', page)}
    assert len(addresses) > len(RESOURCES) + sum(len(one.examples) for one in RESOURCES)
    for address in addresses:
        expected = 404 if "/figures/first-time-applicants" in address else 200
        assert client.get(address).status_code == expected, address  # no figures are loaded


def test_every_problem_leads_to_its_explanation(client: Client, site: MadeSite) -> None:
    page = client.get("/en/developers/").content.decode()
    for kind in KINDS:
        assert f'id="problem-{kind}"' in page
    type_ = client.get("/api/v1/nowhere").json()["type"]
    path, _, anchor = type_.partition("#")
    assert path.endswith("/en/developers/")
    assert f'id="{anchor}"' in page


def test_every_list_is_on_the_page_and_in_the_document(client: Client, site: MadeSite) -> None:
    page = client.get("/en/developers/").content.decode()
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    routes = {
        f"/{one.pattern}"
        for top in get_resolver().url_patterns
        for one in getattr(top, "url_patterns", [])
        if str(one.pattern).startswith("api/v1/")
    }
    told = {re.sub(r"\{id\}", "<str:key>", path) for path in paths}
    assert told == routes - {"/api/v1/<path:path>"}
    for one in RESOURCES:
        assert f'id="list-{one.name}"' in page


def test_what_is_to_be_opened_keeps_away_from_what_stands_above(
    client: Client, site: MadeSite
) -> None:
    page = client.get("/en/developers/").content.decode()
    opened = re.findall(r"<details[^>]*>", page)
    assert set(opened) == {'<details class="prose">'}
    sheet = bundle().content.decode()
    for pair in (".prose + details.prose", "details.prose + details.prose"):
        (rule,) = re.findall(rf"^{re.escape(pair)} *{{([^}}]*)}}", sheet, re.MULTILINE)
        assert re.search(r"margin-block-start: var\(--s[1-9]\)", rule)
