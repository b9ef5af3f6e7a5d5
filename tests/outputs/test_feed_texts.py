"""Feeds hold whole texts, safe to show anywhere, and lead on to what is older."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories import MadeSite, make_output

from contactpoint.kit.feeds import MOST_ITEMS, MOST_PAGES
from contactpoint.outputs import feed_texts

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
HOSTILE = (
    '<b>Bold</b> <a href="/en/news/">on</a> <a href="javascript:alert(1)">bad</a>'
    '<script>alert(1)</script><img src=x onerror="alert(1)"> 1 &lt; 2 &amp; 3'
)


def contents(client: Client, path: str = "/en/news/") -> list[str]:
    """The text of the newest item in each format."""
    atom = ElementTree.fromstring(client.get(f"{path}feed.atom").content)
    rss = ElementTree.fromstring(client.get(f"{path}feed.rss").content)
    found = client.get(f"{path}feed.json").json()["items"][0]
    entry = atom.find(f"{ATOM}entry/{ATOM}content")
    assert entry is not None
    assert entry.attrib["type"] == "html"
    return [
        entry.text or "",
        rss.findtext(f"channel/item/{CONTENT}encoded", ""),
        found["content_html"],
    ]


def test_the_whole_text_stands_in_each_format(client: Client, site: MadeSite) -> None:
    page = make_output(site, text="x")
    page.body = [
        ("heading", "Why"),
        ("paragraph", "<p>Words with a <b>bold</b> one.</p><ul><li>One</li></ul>"),
        ("quote", {"text": "Said so.", "source": "Somebody"}),
    ]
    page.save()
    atom, rss, json = contents(client)
    assert atom == rss == json
    for words in (
        "<h3>Why</h3>",
        "<p>Words with a <strong>bold</strong> one.</p>",
        "<ul><li><p>One</p></li></ul>",
        "Said so.",
    ):
        assert words in atom
    assert "class=" not in atom
    assert "style=" not in atom


def test_nothing_that_runs_and_no_address_without_a_host_leaves(
    client: Client, site: MadeSite
) -> None:
    make_output(site, text=HOSTILE)
    for text in contents(client):
        assert "<strong>Bold</strong>" in text
        assert f'<a href="{settings.BASE_URL}/en/news/">on</a>' in text
        assert "1 &lt; 2 &amp; 3" in text
        for bad in ("<script", "<img", "onerror", "javascript:"):
            assert bad not in text
        assert set(re.findall(r"<(\w+)", text)) <= {"p", "strong", "a"}


def test_a_long_text_is_cut_between_blocks_and_leads_to_the_page(
    client: Client, site: MadeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_texts, "LONGEST", 60)
    page = make_output(site, text="First part of it.</p><p>" + "word " * 30)
    text = contents(client)[0]
    assert text == (
        f'<p>First part of it.</p><p><a href="{settings.BASE_URL}{page.url}">Read on</a></p>'
    )


def test_what_is_hidden_has_no_text_in_feeds(client: Client, site: MadeSite) -> None:
    make_output(site, text="Open words.")
    make_output(site, text="Closed words.", private=True)
    make_output(site, text="Drafted words.", live=False)
    told = "".join(
        client.get(f"/en/{path}feed.{form}").content.decode()
        for path in ("", "news/")
        for form in ("atom", "rss", "json")
    )
    assert told.count("Open words.") == 6
    assert "Closed words." not in told
    assert "Drafted words." not in told


def test_many_texts_cost_as_many_queries_as_one(client: Client, site: MadeSite) -> None:
    counts = []
    for _ in range(2):
        for _ in range(5):
            make_output(site, text='With a <a linktype="page" id="2">link</a>.')
        client.get("/en/news/feed.atom")
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/news/feed.atom")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_search_has_them_too(client: Client, site: MadeSite, fill: Callable[[], None]) -> None:
    make_output(site, title="Okapi", text="Words of the okapi.")
    fill()
    assert (
        "Words of the okapi."
        in client.get("/en/search/feed.json?q=okapi").json()["items"][0]["content_html"]
    )


# --- pages (RFC 5005) ---


def relations(client: Client, path: str) -> dict[str, str]:
    root = ElementTree.fromstring(client.get(path).content)
    links = root.findall(f"{ATOM}link") or root.findall(f"channel/{ATOM}link")
    wanted = ("self", "first", "previous", "next", "last")
    return {
        one.attrib["rel"]: one.attrib["href"].removeprefix(settings.BASE_URL)
        for one in links
        if one.attrib["rel"] in wanted
    }


@pytest.fixture
def many(site: MadeSite) -> int:
    number = MOST_ITEMS + 5
    for count in range(number):
        make_output(site, title=f"Item {count}", themes=["asylum"])
    return number


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_whoever_goes_on_meets_each_item_once(client: Client, many: int, form: str) -> None:
    path, met, seen = f"/en/news/feed.{form}?theme=asylum", [], []
    while path:
        seen.append(path)
        text = client.get(path).content.decode()
        met += re.findall(r"<title>(Item \d+)</title>", text)
        links = relations(client, path)
        assert links["self"] == path
        assert links["first"] == seen[0]
        if len(seen) > 1:
            assert links["previous"] == seen[-2]
        path = links.get("next", "")
    assert len(met) == len(set(met)) == many
    assert len(seen) == 2


def test_a_json_feed_says_where_it_goes_on(client: Client, many: int) -> None:
    first = client.get("/en/feed.json").json()
    assert first["next_url"] == f"{settings.BASE_URL}/en/feed.json?page=2"
    second = client.get("/en/feed.json?page=2").json()
    assert "next_url" not in second
    assert second["feed_url"] == first["next_url"]
    assert len(first["items"]) + len(second["items"]) == many


def test_all_pages_are_one_feed(client: Client, many: int) -> None:
    ids = {
        ElementTree.fromstring(client.get(path).content).findtext(f"{ATOM}id")
        for path in ("/en/news/feed.atom", "/en/news/feed.atom?page=2")
    }
    assert len(ids) == 1


def test_a_short_feed_has_no_pages(client: Client, site: MadeSite) -> None:
    make_output(site)
    assert set(relations(client, "/en/news/feed.atom")) == {"self"}
    assert "next_url" not in client.get("/en/news/feed.json").json()


@pytest.mark.parametrize("page", ["0", "-1", "x", "3", str(MOST_PAGES + 1), "٢", "1e1", "99999999"])
def test_a_page_that_is_not_there_is_not_found(client: Client, many: int, page: str) -> None:
    assert client.get("/en/news/feed.atom", {"page": page}).status_code == 404


def test_pages_end_somewhere(client: Client, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contactpoint.outputs.views.MOST_PAGES", 1)
    found: Any = relations(client, "/en/news/feed.atom")
    assert "next" not in found
