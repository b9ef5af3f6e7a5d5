"""How browsers search here: the description is true, and suggestions are told in their form."""

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from factories import MadeSite, make_concept, make_output

OPEN = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture
def things(site: MadeSite, fill) -> None:
    make_concept("asylum", en="asylum", nl="asiel")
    make_output(site, title="Asielbeleid in figures")
    make_output(site, title="Asiel behind a door", private=True)
    fill()


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_each_language_has_a_description_that_keeps_the_rules(
    client: Client, things: None, language: str
) -> None:
    page = client.get(f"/{language}/news/").content.decode()
    path = f"/{language}/search/description.xml"
    assert '<link rel="search" type="application/opensearchdescription+xml" title="' in page
    assert f'href="{path}"' in page
    answer = client.get(path)
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{{{OPEN['o']}}}OpenSearchDescription"
    for name, longest in (("ShortName", 16), ("LongName", 48), ("Description", 1024)):
        assert 0 < len(root.findtext(f"o:{name}", "", OPEN)) <= longest
    assert root.findtext("o:Language", "", OPEN) == language
    urls = [one.attrib for one in root.findall("o:Url", OPEN)]
    assert {(one["type"], one.get("rel")) for one in urls} == {
        ("text/html", "results"),
        ("application/atom+xml", "results"),
        ("application/x-suggestions+json", "suggestions"),
        ("application/opensearchdescription+xml", "self"),
    }
    for one in urls:
        address = one["template"].replace("{searchTerms}", "asiel")
        assert address.startswith(f"{settings.BASE_URL}/{language}/search/")
        found = client.get(address.removeprefix(settings.BASE_URL))
        assert found.status_code == 200
        assert found["Content-Type"].partition(";")[0] == one["type"]


def test_a_long_name_of_a_site_is_cut(client: Client, site: MadeSite, settings) -> None:
    settings.SITE_NAME = "A portal & network with a very long name that goes on and on and on"
    root = ElementTree.fromstring(client.get("/en/search/description.xml").content)
    assert root.findtext("o:ShortName", "", OPEN) == "A portal & netwo"
    assert len(root.findtext("o:LongName", "", OPEN)) == 48


def test_suggestions_are_told_as_browsers_read_them(client: Client, things: None) -> None:
    answer = client.get("/en/search/complete?q=asiel")
    typed, texts, kinds, urls = answer.json()
    assert typed == "asiel"
    assert len(texts) == len(kinds) == len(urls) == len(set(texts)) == 3
    told = dict(zip(texts, zip(kinds, urls, strict=True), strict=True))
    assert told["asylum"] == ("Glossary term", f"{settings.BASE_URL}/en/glossary/asylum/")
    assert told["Asielbeleid in figures"][0] == "News"
    assert "Asiel behind a door" not in told
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize("query", ["", "?q=", "?q=a", "?q=%00%00", "?q=%3Cscript%3E"])
def test_what_means_nothing_suggests_nothing(client: Client, things: None, query: str) -> None:
    answer = client.get(f"/en/search/complete{query}")
    assert answer.json()[1:] == [[], [], []]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_outage_suggests_nothing(client: Client, site: MadeSite, settings, tmp_path) -> None:
    settings.DATA = tmp_path
    assert client.get("/en/search/complete?q=asiel").json() == ["asiel", [], [], []]
