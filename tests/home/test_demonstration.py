"""The demo content is whole: every reference exists and every language says all of it."""

from collections import Counter

import pytest
from django.conf import settings
from wagtail.models import Page

from contactpoint.glossary import actions as glossary
from contactpoint.home import demo_items, demonstration
from contactpoint.home.actions import plant
from contactpoint.home.models import HomePage
from contactpoint.network import actions as network

ITEMS = list(demo_items.items())


@pytest.fixture
def planted(db: None) -> None:
    network.load_shipped()
    glossary.load_shipped()
    plant()


def test_there_are_about_sixty_items_of_every_kind() -> None:
    kinds = Counter(item.facts["kind"] for item in ITEMS)
    assert sum(kinds.values()) >= 60
    assert set(kinds) == {*demonstration.MODELS, "page"}
    types = {
        item.facts["publication_type"] for item in ITEMS if item.facts["kind"] == "publication"
    }
    assert len(types) == 9


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.slug)
def test_an_item_says_all_in_each_of_its_languages(item: demo_items.Item) -> None:
    assert len(item.words) >= 2
    for language, words in item.words.items():
        assert 10 <= len(words["title"]) <= 120 or item.facts["kind"] == "page", language
        assert 40 <= len(words["teaser"]) <= 300, language
        assert len(words["body"].split()) >= 40, language


def test_most_items_speak_all_four_languages() -> None:
    whole = sum(len(item.words) == len(settings.LANGUAGES) for item in ITEMS)
    assert whole / len(ITEMS) > 0.6


def test_no_two_news_items_claim_the_same_source() -> None:
    found = Counter(
        item.facts["source_url"]
        for item in ITEMS
        if item.facts["kind"] == "news-item" and "source_url" in item.facts
    )
    assert set(found.values()) <= {1}


def test_planting_again_changes_nothing(planted: None) -> None:
    before = list(Page.objects.order_by("path").values_list("path", "url_path", "title"))
    plant()
    assert list(Page.objects.order_by("path").values_list("path", "url_path", "title")) == before
    assert HomePage.objects.count() == len(settings.LANGUAGES)
