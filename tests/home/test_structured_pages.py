"""Each kind of page tells search engines what it is, as data that no browser runs, and truly."""

import datetime
import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_concept, make_institution, make_output

BASE = settings.BASE_URL


def blocks(client: Client, path: str) -> dict[str, dict[str, Any]]:
    """What stands in the page, by type."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    html = answer.content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    told = [json.loads(one) for one in found]
    assert all(one["@context"].rstrip("/") == "https://schema.org" for one in told)
    return {one["@type"]: one for one in told}


@pytest.mark.parametrize(
    ("kind", "type_", "needed"),
    [
        ("news-item", "NewsArticle", {"headline", "datePublished", "author", "publisher"}),
        ("publication", "Report", {"name", "publisher", "datePublished", "genre"}),
        ("event", "Event", {"name", "startDate", "location", "eventStatus"}),
        ("video", "VideoObject", {"name", "description", "uploadDate"}),
        (
            "vacancy",
            "JobPosting",
            {"title", "description", "datePosted", "validThrough", "hiringOrganization"},
        ),
        ("development", "Article", {"headline", "datePublished"}),
    ],
)
def test_each_kind_of_output_has_its_type_with_what_it_needs(
    client: Client, site: MadeSite, kind: str, type_: str, needed: set[str]
) -> None:
    more: dict[str, Any] = {
        "publication": {"publication_type": "study"},
        "event": {"starts_at": timezone.now(), "place": "Brussels"},
        "vacancy": {
            "closes_on": timezone.localdate() + datetime.timedelta(days=9),
            "institutions": ["myria"],
        },
    }.get(kind, {})
    page = make_output(site, kind, title="A “title” </script>", **more)
    found = blocks(client, page.url)
    assert needed <= {name for name, value in found[type_].items() if value}
    assert found[type_]["name"] == page.title
    assert found[type_]["url"] == f"{BASE}{page.url}"


def test_the_front_page_is_a_site_that_can_be_searched(client: Client, site: MadeSite) -> None:
    for language in ("en", "fr"):
        one = blocks(client, f"/{language}/")["WebSite"]
        assert one["url"] == f"{BASE}/{language}/"
        assert one["inLanguage"] == language
        assert one["publisher"]["@type"] == "Organization"
        action = one["potentialAction"]
        assert action["@type"] == "SearchAction"
        assert action["query-input"] == "required name=search_term_string"
        address = action["target"]["urlTemplate"].removeprefix(BASE)
        searched = client.get(address.replace("{search_term_string}", "asylum"))
        assert searched.status_code in (200, 503)  # there is no index here
        assert "asylum" in searched.content.decode()


def test_an_item_says_where_it_stands(client: Client, site: MadeSite) -> None:
    page = make_output(site)
    steps = blocks(client, page.url)["BreadcrumbList"]["itemListElement"]
    assert [(one["position"], one["name"], one["item"]) for one in steps] == [
        (1, "Front page", f"{BASE}/en/"),
        (2, "News", f"{BASE}/en/news/"),
    ]
    for one in steps:
        assert client.get(one["item"].removeprefix(BASE)).status_code == 200


def test_an_institution_is_an_organisation_with_its_names(client: Client, site: MadeSite) -> None:
    one = make_institution("fedasil", acronym="FED", en="Fedasil", fr="Agence fédérale")
    one.homepage = "https://www.fedasil.example/"
    one.save()
    told = blocks(client, "/fr/network/fedasil/")["Organization"]
    assert told["name"] == "Agence fédérale"
    assert set(told["alternateName"]) >= {"Fedasil"}
    assert told["url"] == f"{BASE}/fr/network/fedasil/"
    assert told["sameAs"] == "https://www.fedasil.example/"


def test_a_concept_is_a_defined_term(client: Client, site: MadeSite) -> None:
    make_concept("reception", en="reception", definitions={"en": {"text": "Housing and care."}})
    html = client.get("/en/glossary/reception/").content.decode()
    assert 'itemtype="https://schema.org/DefinedTerm"' in html
    assert f'itemid="{BASE}/id/concept/reception"' in html
    for name in ("name", "description", "inDefinedTermSet", "termCode"):
        assert f'itemprop="{name}"' in html


def test_what_is_hidden_is_nobodys_data(client: Client, site: MadeSite) -> None:
    page = make_output(site, private=True)
    assert "ld+json" not in client.get(page.url).content.decode()
