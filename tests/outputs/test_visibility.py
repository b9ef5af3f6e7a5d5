"""Drafts, expired and closed items stay out of sight, whatever the way to look for them."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from factories import MadeSite, make_concept, make_output, make_theme
from wagtail.models import Page, PageViewRestriction

from contactpoint.outputs.querysets import entries, newest_first, readable

HIDDEN = ("draft", "expired", "private")


@pytest.fixture
def hidden(site: MadeSite) -> dict[str, str]:
    """Addresses of items that no reader may see, beside one that all may see."""
    common = {
        "themes": ["asylum"],
        "concepts": ["reception"],
        "institutions": ["myria"],
        "countries": ["BE"],
        "text": "Sesame",
    }
    past = timezone.now() - datetime.timedelta(minutes=1)
    open_item = make_output(site, title="Open sesame", **common)
    pages = {
        "draft": make_output(site, title="Veiled draft", live=False, **common),
        "expired": make_output(site, title="Veiled expired", expire_at=past, **common),
        "private": make_output(site, title="Veiled private", private=True, **common),
    }
    for page in pages.values():
        make_output(site, language="fr", translation_of=page, title="Veiled too", live=False)
    return {name: page.url for name, page in pages.items()} | {"open": open_item.url}


def test_only_what_any_reader_may_see_is_readable(hidden: dict[str, str]) -> None:
    assert [entry.title for entry in entries(readable("en"), "en")] == ["Open sesame"]


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/news/",
        "/en/news/?theme=asylum&concept=reception&institution=myria&country=BE",
        "/en/feed.atom",
        "/en/news/feed.atom",
        "/en/themes/asylum/",
        "/en/themes/asylum/feed.atom",
        "/en/glossary/reception/",
        "/en/glossary/reception/feed.atom",
        "/en/search/?q=sesame",
        "/en/search/feed.atom?q=sesame",
        "/en/search/search.csv?q=sesame",
        "/en/search/search.json?q=sesame",
        "/en/search/suggest?q=sesame",
        "/sitemap.xml",
    ],
)
def test_nothing_hidden_shows_in(
    path: str, hidden: dict[str, str], client: Client, fill: Callable[[], None]
) -> None:
    fill()
    answer = client.get(path)
    assert answer.status_code == 200
    text = answer.content.decode().lower()
    assert "open-sesame" in text
    assert "veiled" not in text


def test_counts_leave_hidden_items_out(hidden: dict[str, str], client: Client) -> None:
    context = client.get("/en/news/").context
    assert context["total"] == 1
    assert {option.count for one in context["filters"] for option in one.options} == {1}


def test_an_item_near_a_hidden_one_does_not_show_it(
    site: MadeSite, hidden: dict[str, str], client: Client
) -> None:
    context = client.get(hidden["open"]).context
    assert context["related"] == []
    assert [language["code"] for language in context["languages"]] == ["en"]


def test_a_draft_and_an_expired_item_are_not_found(hidden: dict[str, str], client: Client) -> None:
    assert client.get(hidden["draft"]).status_code == 404
    assert client.get(hidden["expired"]).status_code == 404


def test_a_closed_item_asks_who_is_there(hidden: dict[str, str], client: Client) -> None:
    answer = client.get(hidden["private"])
    assert answer.status_code == 302
    assert "login" in answer["Location"]


def test_what_stands_under_a_closed_list_is_closed(site: MadeSite, client: Client) -> None:
    make_output(site, title="Inside")
    PageViewRestriction.objects.create(page=site.lists["en"]["news"], restriction_type="login")
    assert not readable("en").exists()
    assert client.get("/en/news/").status_code == 302
    assert b"Inside" not in client.get("/en/").content


def test_an_item_that_expires_later_is_still_there(site: MadeSite) -> None:
    make_output(site, expire_at=timezone.now() + datetime.timedelta(hours=1))
    assert readable("en").count() == 1


def test_an_item_closed_again_leaves_the_list_at_once(site: MadeSite, client: Client) -> None:
    page = make_output(site, title="Now you see me", themes=[make_theme("asylum")])
    assert b"Now you see me" in client.get("/en/news/").content
    Page.objects.get(pk=page.pk).unpublish()
    assert b"Now you see me" not in client.get("/en/news/").content


def test_a_deprecated_concept_is_no_longer_named(site: MadeSite, client: Client) -> None:
    concept = make_concept("alien", en="alien")
    page = make_output(site, concepts=[concept])
    concept.status = concept.Status.DEPRECATED
    concept.save()
    assert entries(newest_first(readable("en")), "en")[0].concepts == []
    assert client.get(page.url).context["concepts"] == []
    assert client.get("/en/glossary/alien/").status_code == 410
