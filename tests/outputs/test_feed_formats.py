"""The three formats of a feed: each by its own rules, all with the same items."""

import re
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from factories import (
    MadeSite,
    make_concept,
    make_country,
    make_institution,
    make_output,
    make_theme,
)
from json_feeds import faults

from contactpoint.kit.feeds import FORMS
from contactpoint.media.models import CustomDocument
from contactpoint.outputs.models import Output, OutputCountry, OutputFile, OutputInstitution

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
UNDER = (
    *("", "news/", "publications/", "events/", "videos/", "vacancies/", "chronicle/"),
    *("themes/asylum/", "glossary/reception/", "network/myria/", "countries/be/"),
    *("glossary/", "work-programme/", "consultations/"),
)


@pytest.fixture
def study(site: MadeSite) -> Output:
    """A publication with everything that a feed tells, in English and in French."""
    make_theme("asylum", en="Asylum", fr="Asile")
    make_concept("reception", en="reception", fr="accueil")
    page = make_output(
        site,
        "publication",
        title="Figures & <facts>",
        slug="figures",
        teaser="“5 < 6” & more",
        themes=["asylum"],
        concepts=["reception"],
        published_on="2021-03-17",
    )
    make_output(site, "publication", language="fr", translation_of=page, title="Chiffres", slug="c")
    OutputInstitution.objects.create(page=page, institution=make_institution("myria", en="Myria"))
    OutputCountry.objects.create(page=page, country=make_country("BE", en="Belgium"))
    for title in ("English", "Second"):
        file = ContentFile(b"%PDF-1.4 words", name="study.pdf")
        document = CustomDocument.objects.create(title=title, file=file, language="en")
        OutputFile.objects.create(page=page, document=document)
    return page


def get(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer


@pytest.mark.parametrize("ending", ["atom", "rss"])
def test_a_feed_reader_has_nothing_to_mend(client: Client, study: Output, ending: str) -> None:
    for path in UNDER:
        answer = get(client, f"/en/{path}feed.{ending}")
        read = feedparser.parse(
            answer.content, response_headers={"content-type": answer["Content-Type"]}
        )
        assert not read.bozo, (path, read.bozo_exception)
        assert read.feed.title
        assert read.feed.language == "en"


def test_json_feeds_keep_the_rules_of_their_version(client: Client, study: Output) -> None:
    for path in UNDER:
        made = get(client, f"/en/{path}feed.json").json()
        assert not faults(made), path
        assert made["feed_url"].endswith(f"/en/{path}feed.json")


def test_atom_keeps_the_rules_of_rfc_4287(client: Client, study: Output) -> None:
    for path in UNDER:
        root = ElementTree.fromstring(get(client, f"/en/{path}feed.atom").content)
        nodes = [root, *root.findall(f"{ATOM}entry")]
        for node in nodes:
            assert len(node.findall(f"{ATOM}id")) == 1
            assert len(node.findall(f"{ATOM}title")) == 1
            assert RFC3339.fullmatch(node.findtext(f"{ATOM}updated", ""))
            links = node.findall(f"{ATOM}link")
            alternates = [one for one in links if one.get("rel") == "alternate"]
            kinds = [(one.get("type"), one.get("hreflang")) for one in alternates]
            assert len(set(kinds)) == len(kinds) > 0
            assert all(one.get("href", "").startswith("http") for one in links)
        assert [one.get("rel") for one in root.findall(f"{ATOM}link")].count("self") == 1
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        ids = [node.findtext(f"{ATOM}id") for node in nodes]
        assert len(set(ids)) == len(ids)


def test_rss_keeps_its_rules(client: Client, study: Output) -> None:
    for path in UNDER:
        root = ElementTree.fromstring(get(client, f"/en/{path}feed.rss").content)
        assert root.get("version") == "2.0"
        channel = root.find("channel")
        assert channel is not None
        for name in ("title", "link", "description", "language"):
            assert channel.findtext(name)
        own = [one for one in channel.findall(f"{ATOM}link") if one.get("rel") == "self"]
        assert [one.get("href", "").endswith(f"/en/{path}feed.rss") for one in own] == [True]
        for item in channel.findall("item"):
            guid = item.find("guid")
            assert guid is not None
            assert (guid.get("isPermaLink"), str(guid.text)[:9]) == ("false", "urn:uuid:")
            assert len(item.findall("enclosure")) <= 1
        for date in (*channel.iter("pubDate"), *channel.iter("lastBuildDate")):
            assert parsedate_to_datetime(str(date.text)).tzinfo is not None


def test_all_formats_tell_the_same(client: Client, study: Output) -> None:
    atom, rss = (
        feedparser.parse(get(client, f"/en/themes/asylum/feed.{ending}").content).entries[0]
        for ending in ("atom", "rss")
    )
    item = get(client, "/en/themes/asylum/feed.json").json()["items"][0]
    assert atom.id == rss.id == item["id"] == study.translation_key.urn
    assert atom.link == rss.link == item["url"]
    assert item["title"] == "Figures & <facts>"
    assert rss.title == atom.title
    assert item["summary"] == item["content_text"] == "“5 < 6” & more"
    assert "reception" in item["tags"]
    categories = {one["url"] for one in item["_contactpoint"]["categories"]}
    assert "http://localhost:8000/id/concept/reception" in categories
    assert "http://localhost:8000/id/concept/reception" in [one.scheme for one in rss.tags]
    assert (
        "http://localhost:8000/fr/publications/c/" in item["_contactpoint"]["alternates"].values()
    )
    assert "http://localhost:8000/fr/publications/c/" in [one.href for one in atom.links]
    assert "http://localhost:8000/fr/publications/c/" in [one.href for one in rss.links]


def test_files_are_enclosed_with_their_length_and_kind(client: Client, study: Output) -> None:
    item = get(client, "/en/publications/feed.json").json()["items"][0]
    files = [(one["mime_type"], one["size_in_bytes"], one["title"]) for one in item["attachments"]]
    assert files == [("application/pdf", 14, "English"), ("application/pdf", 14, "Second")]
    atom = feedparser.parse(get(client, "/en/publications/feed.atom").content).entries[0]
    assert [(one.type, one.length) for one in atom.enclosures] == [("application/pdf", "14")] * 2
    rss = ElementTree.fromstring(get(client, "/en/publications/feed.rss").content)
    enclosure = rss.find("channel/item/enclosure")
    assert enclosure is not None
    assert (enclosure.get("type"), enclosure.get("length")) == ("application/pdf", "14")
    url = enclosure.get("url", "").removeprefix("http://localhost:8000")
    assert client.get(url).status_code == 200


def test_an_item_has_one_id_in_every_language(client: Client, study: Output) -> None:
    ids = {
        code: get(client, f"/{code}/publications/feed.json").json()["items"][0]["id"]
        for code in ("en", "fr")
    }
    assert ids["en"] == ids["fr"]


@pytest.mark.parametrize("ending", FORMS)
def test_every_format_is_asked_with_conditions_and_for_its_head(
    client: Client, study: Output, ending: str
) -> None:
    path = f"/en/publications/feed.{ending}"
    answer = get(client, path)
    assert answer["Content-Type"] == FORMS[ending].content_type
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert "Last-Modified" not in answer
    head = client.head(path)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", answer["ETag"])
    assert client.post(path).status_code == 405


def test_a_country_has_a_feed_of_what_is_about_it(client: Client, study: Output) -> None:
    made = get(client, "/en/countries/be/feed.json").json()
    assert [one["title"] for one in made["items"]] == ["Figures & <facts>"]
    assert made["home_page_url"].endswith("/en/search/?country=BE")
    assert client.get("/en/countries/xx/feed.json").status_code == 404


def test_pages_tell_programs_of_their_feeds_and_one_lists_them_all(
    client: Client, study: Output
) -> None:
    for path in ("/en/publications/", "/en/themes/asylum/", "/en/glossary/reception/"):
        text = get(client, path).content.decode()
        for ending, kind in (("atom", "atom+xml"), ("json", "feed+json")):
            link = f'<link rel="alternate" type="application/{kind}" title='
            assert link in text
            assert f'href="{path}feed.{ending}"' in text
        assert f'href="{path}feed.rss"' in text or path.startswith("/en/glossary/")
    text = get(client, reverse("feed-page")).content.decode()
    listed = set(re.findall(r'href="(/en/[^"]*feed\.(?:atom|rss|json))"', text))
    assert len(listed) >= 3 * 12
    for url in listed:
        assert client.get(url).status_code == 200, url
