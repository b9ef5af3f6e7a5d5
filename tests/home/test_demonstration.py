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
from contactpoint.outputs.models import Output, Publication, RelatedOutput

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


def test_loading_publishes_every_language_once(planted: None) -> None:
    pages = sum(len(item.words) for item in ITEMS)
    assert demonstration.load() == pages
    assert demonstration.load() == 0
    assert Output.objects.live().count() == pages - sum(
        len(item.words) for item in ITEMS if item.facts["kind"] == "page"
    )
    assert Page.find_problems() == ([], [], [], [], [])
    assert RelatedOutput.objects.exists()
    newer = Publication.objects.exclude(supersedes=None)
    assert {page.supersedes.slug for page in newer} == {"demo-reading-guide-2026"}
    assert newer.count() == len(settings.LANGUAGES)
    for output in Output.objects.filter(locale__language_code="fr")[:5]:
        assert output.get_translations().exists()


def test_planting_again_changes_nothing(planted: None) -> None:
    before = list(Page.objects.order_by("path").values_list("path", "url_path", "title"))
    plant()
    assert list(Page.objects.order_by("path").values_list("path", "url_path", "title")) == before
    assert HomePage.objects.count() == len(settings.LANGUAGES)
